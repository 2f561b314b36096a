// What decided a write, in words: history keeps the name of a rule or the code of a reason, without its details.
import { RULE_TEXTS, type Rule } from '../engine/rules.ts';

const WORDS: Readonly<Record<string, string>> = {
  CREATED: 'The record was created',
  REVERTED_BY_RULE: 'The rule sets an edit in HubSpot back',
  REVERTED_IN_SALESFORCE_BY_RULE: 'The rule sets an edit in Salesforce back',
  CONFLICT_NEWEST_WON: 'Both sides had changed; the newer change wins',
  CHOSEN_BY_PERSON: 'Somebody chose this side',
  UNDONE: 'Taken back',
  FILLED_IN: 'Salesforce requires a value and HubSpot had none',
  OWNER_BY_ASSIGNMENT_RULES: 'Salesforce’s assignment rules chose the owner',
  OWNER_NOT_IN_SALESFORCE: 'The HubSpot owner has no Salesforce user',
  PAIRED: 'Paired',
  PAIRED_BY_STORED_ID: 'Paired by the id that was stored in HubSpot',
  PAIRED_BY_EXTERNAL_ID: 'Paired by the id that was stored in Salesforce',
  PAIRED_BY_EMAIL: 'Paired by e-mail address',
  LEAD_CONVERTED: 'The lead was converted',
  SALESFORCE_RECORD_MERGED: 'The Salesforce record was merged into another',
  HUBSPOT_CONTACT_MERGED: 'The contact was merged into another',
  SALESFORCE_RECORD_DELETED: 'The Salesforce record was deleted',
  HUBSPOT_CONTACT_DELETED: 'The contact was deleted',
  UNLINKED_AFTER_DELETE: 'Unlinked, because one of the two was deleted',
  DELETED_THERE_TOO: 'Deleted, because the other was deleted',
  PINNED: 'Paired by hand',
  BROKEN: 'Unlinked by hand',
};

const isRule = (why: string): why is Rule => Object.hasOwn(RULE_TEXTS, why);

export function because(why: string): string {
  if (isRule(why)) return `Rule “${RULE_TEXTS[why].label}”`;
  return WORDS[why] ?? why.replaceAll('_', ' ').toLowerCase();
}
