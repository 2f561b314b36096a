// Why something was not written, or a record not synced: one catalogue for rep and admin. A reason is a
// code with details; the sentences are made from both, here and nowhere else. The categories are those of
// the native Sync Health page (native-connector §10.2), with `policy` and `waiting` beside them.

export type ReasonCategory =
  | 'associations'
  | 'customSalesforceCode'
  | 'deduplication'
  | 'permissions'
  | 'propertyMapping'
  | 'propertyValue'
  /** A setting or rule decided it; nothing is wrong. */
  | 'policy'
  /** Tandem tries again by itself. */
  | 'waiting';

interface ReasonText {
  readonly category: ReasonCategory;
  /** One sentence for the rep; `{name}` takes the detail of that name. */
  readonly sentence: string;
  /** What the admin can do, one sentence; null when nothing needs doing. */
  readonly fix: string | null;
}

/** Checks that the table below is complete without widening its keys. */
const catalogue = <Code extends string>(
  texts: Record<Code, ReasonText>,
): Readonly<Record<Code, ReasonText>> => texts;

export const REASONS = catalogue({
  // Records that don't sync, or wait.
  NO_EMAIL: {
    category: 'propertyValue',
    sentence:
      'This record has no e-mail address, which is what HubSpot and Salesforce records are matched by.',
    fix: 'Add an e-mail address; the next sync picks it up.',
  },
  NOT_IN_INCLUSION_LIST: {
    category: 'policy',
    sentence:
      'This contact is not in the inclusion list “{list}”, so nothing moves in either direction.',
    fix: 'Change the contact so that it enters the list, or choose another list in the settings.',
  },
  INCLUSION_LIST_UNREADABLE: {
    category: 'policy',
    sentence: 'The inclusion list {list} cannot be read, so nothing is sent for anybody.',
    fix: 'Restore the list in HubSpot, or choose another one in the settings.',
  },
  CREATION_OFF_IN_SALESFORCE: {
    category: 'policy',
    sentence: 'Salesforce has no record with this e-mail address, and creating one is turned off.',
    fix: 'Turn on creating leads or contacts in the settings, or create the record in Salesforce.',
  },
  CREATION_OFF_IN_HUBSPOT: {
    category: 'policy',
    sentence:
      'HubSpot has no contact with this e-mail address, and creating contacts from a Salesforce {object} is turned off.',
    fix: 'Turn on creating HubSpot contacts in the settings.',
  },
  DUPLICATE_IN_SALESFORCE: {
    category: 'deduplication',
    sentence:
      'The HubSpot contact with the e-mail address {email} is paired with another Salesforce record, {object} {id}.',
    fix: 'Merge the duplicate records in Salesforce.',
  },
  PAIRED_WITH_ANOTHER_CONTACT: {
    category: 'deduplication',
    sentence:
      'Salesforce {object} {id} has this e-mail address and is already paired with another HubSpot contact, {contact}.',
    fix: 'Merge the two HubSpot contacts, or change the e-mail address of one of them.',
  },
  LEAD_CONVERTED: {
    category: 'policy',
    sentence: 'This lead was converted and is read-only; the contact it became syncs instead.',
    fix: null,
  },
  SALESFORCE_RECORD_DELETED: {
    category: 'policy',
    sentence: 'The paired Salesforce {object} {id} was deleted, or Tandem may not see it any more.',
    fix: 'Restore it from the recycle bin, or give the integration user access to it.',
  },
  HUBSPOT_CONTACT_DELETED: {
    category: 'policy',
    sentence:
      'The paired HubSpot contact {id} was deleted or merged away; the Salesforce record is left as it is.',
    fix: 'Restore the contact in HubSpot to sync it again.',
  },
  // Fields.
  REVERTED_BY_RULE: {
    category: 'policy',
    sentence:
      'The change in HubSpot was set back to Salesforce’s value, because the rule is “{rule}”.',
    fix: 'Choose “Two-way” for this mapping if changes in HubSpot should go to Salesforce.',
  },
  SALESFORCE_WINS_BY_RULE: {
    category: 'policy',
    sentence: 'HubSpot’s value stays in HubSpot, because the rule is “{rule}”.',
    fix: null,
  },
  CONFLICT_NEWEST_WON: {
    category: 'policy',
    sentence: 'Both sides had changed; the newer change, made in {winner}, won.',
    fix: null,
  },
  REQUIRED_NOT_CLEARED: {
    category: 'propertyValue',
    sentence:
      '{field} was cleared in HubSpot, but Salesforce requires it; it was left as it is there.',
    fix: 'Fill it in HubSpot.',
  },
  FILLED_IN: {
    category: 'propertyValue',
    sentence: 'Salesforce requires {field} and HubSpot has none, so “{value}” was filled in.',
    fix: 'Enter the real value on either side.',
  },
  VALUE_TOO_LONG: {
    category: 'propertyValue',
    sentence: 'The value has {length} characters and {field} takes {limit}; it was left out.',
    fix: 'Shorten the value, or lengthen the field.',
  },
  NOT_A_SALESFORCE_OPTION: {
    category: 'propertyValue',
    sentence: '“{value}” is not one of the options of {field} in Salesforce; it was left out.',
    fix: 'Add the option in Salesforce, or choose another value.',
  },
  NOT_A_HUBSPOT_OPTION: {
    category: 'propertyValue',
    sentence: '“{value}” is not one of the options of {field} in HubSpot; it was left out.',
    fix: 'Add the option in HubSpot, or choose another value.',
  },
  NOT_A_NUMBER: {
    category: 'propertyValue',
    sentence: '“{value}” is not a number that {field} takes; it was left out.',
    fix: 'Write it as plain digits.',
  },
  NUMBER_OUT_OF_RANGE: {
    category: 'propertyValue',
    sentence: '{value} has more digits than {field} takes; it was left out.',
    fix: 'Use a smaller number, or widen the field.',
  },
  NOT_A_DATE: {
    category: 'propertyValue',
    sentence: '“{value}” is not a date that {field} takes; it was left out.',
    fix: 'Enter a date.',
  },
  INVALID_EMAIL: {
    category: 'propertyValue',
    sentence: '{crm} does not accept the e-mail address “{value}”; it was left out.',
    fix: 'Correct the e-mail address.',
  },
  EMAIL_TAKEN: {
    category: 'deduplication',
    sentence: 'The e-mail address “{value}” belongs to another {crm} record, {id}.',
    fix: 'Merge the two records, or remove the address from one of them.',
  },
  RANGE_NOT_WRITTEN_BACK: {
    category: 'propertyMapping',
    sentence:
      'HubSpot keeps a range ({value}) where Salesforce keeps a number, so it is not sent to {field}.',
    fix: 'Enter the number in Salesforce.',
  },
  LOOKUP_NOT_WRITTEN: {
    category: 'propertyMapping',
    sentence: '{field} points to another Salesforce record: its id is copied to HubSpot only.',
    fix: 'Choose the other record in Salesforce.',
  },
  OWNER_NOT_IN_SALESFORCE: {
    category: 'propertyValue',
    sentence: 'The HubSpot owner has no active Salesforce user with the same e-mail address.',
    fix: 'Give the owner a Salesforce user with the same e-mail address, or choose another owner.',
  },
  OWNER_NOT_IN_HUBSPOT: {
    category: 'propertyValue',
    sentence: 'The Salesforce owner {value} has no HubSpot owner with the same e-mail address.',
    fix: 'Invite the user to HubSpot with the same e-mail address.',
  },
  READ_ONLY_IN_SALESFORCE: {
    category: 'permissions',
    sentence:
      '{field} cannot be written in Salesforce: it is read-only, or the integration user may not edit it.',
    fix: 'Give the integration user edit access to the field, or choose “Always use Salesforce”.',
  },
  READ_ONLY_IN_HUBSPOT: {
    category: 'propertyMapping',
    sentence: '{field} cannot be written in HubSpot: it is calculated or read-only.',
    fix: 'Map the Salesforce field to a property that can be edited.',
  },
  // Beyond the native connector’s settings.
  IN_EXCLUSION_LIST: {
    category: 'policy',
    sentence:
      'This contact is in the exclusion list “{list}”, so nothing moves in either direction.',
    fix: 'Change the contact so that it leaves the list, or choose another exclusion list in the settings.',
  },
  NOT_A_RECEIVER: {
    category: 'policy',
    sentence:
      'This contact is not in the list “{list}”, whose members receive updates from Salesforce.',
    fix: 'Change the contact so that it enters the list, or change who receives updates in the settings.',
  },
  SALESFORCE_CONDITION_NOT_MET: {
    category: 'policy',
    sentence: 'The Salesforce {object} does not meet the condition for what may enter HubSpot.',
    fix: 'Change the record, or the condition in the settings.',
  },
  CREATION_CONDITION_NOT_MET: {
    category: 'policy',
    sentence:
      'HubSpot has no contact with this e-mail address, and the Salesforce {object} does not meet the condition for creating one.',
    fix: 'Change the record, or the condition in the settings.',
  },
  CREATION_RULE_SAYS_NOTHING: {
    category: 'policy',
    sentence:
      'Salesforce has no record with this e-mail address, and a creation rule says that none is made for this contact.',
    fix: 'Change the creation rules in the settings, or create the record in Salesforce.',
  },
  WAITING_FOR_ACCOUNT: {
    category: 'associations',
    sentence:
      'The new Salesforce contact waits for the account of its company ({company}), which HubSpot does not know yet.',
    fix: 'Sync the company with a Salesforce account, or let contacts be created without an account in the settings.',
  },
  UNLINKED_AFTER_DELETE: {
    category: 'policy',
    sentence: 'The paired record {id} was deleted in {side}; the two are not paired any more.',
    fix: null,
  },
  DELETED_THERE_TOO: {
    category: 'policy',
    sentence:
      'The paired record {id} was deleted in {side}, so this one was deleted in {crm} too, as the settings say.',
    fix: 'Restore it from the recycle bin if that was a mistake.',
  },
  HUBSPOT_CONTACT_MERGED: {
    category: 'policy',
    sentence: 'The HubSpot contact {id} was merged into contact {into}, which syncs instead.',
    fix: null,
  },
  SALESFORCE_RECORD_MERGED: {
    category: 'policy',
    sentence: 'The Salesforce {object} {id} was merged into {into}, which syncs instead.',
    fix: null,
  },
  KEPT_APART: {
    category: 'policy',
    sentence:
      'Somebody decided that Salesforce {object} {id} and this contact are different people.',
    fix: 'Pair them again on the contact’s card if they are the same person.',
  },
  STATE_NEEDS_COUNTRY: {
    category: 'propertyValue',
    sentence:
      'Salesforce takes a state only together with its country, and the country is blank; “{value}” was left out of {field}.',
    fix: 'Fill in the country.',
  },
  PERSON_ACCOUNT_NAME: {
    category: 'permissions',
    sentence: '{field} of a person account can be changed on its account only; it was left out.',
    fix: 'Change the name on the account in Salesforce.',
  },
  OWNER_IS_QUEUE: {
    category: 'propertyValue',
    sentence: 'The Salesforce owner is the queue {value}, which stands for no HubSpot owner.',
    fix: 'Choose an owner for the queue in the owner map, or assign the record to a user.',
  },
  OWNER_INACTIVE: {
    category: 'propertyValue',
    sentence: 'The Salesforce user {value} is not active, and cannot own records any more.',
    fix: 'Choose another owner, or another user in the owner map.',
  },
  REVERTED_IN_SALESFORCE_BY_RULE: {
    category: 'policy',
    sentence:
      'The change in Salesforce was set back to HubSpot’s value, because the rule is “{rule}”.',
    fix: 'Choose “Two-way” for this mapping if changes in Salesforce should go to HubSpot.',
  },
  HUBSPOT_WINS_BY_RULE: {
    category: 'policy',
    sentence: 'Salesforce’s value stays in Salesforce, because the rule is “{rule}”.',
    fix: null,
  },
  FILLS_ONLY_BLANKS: {
    category: 'policy',
    sentence: 'The two sides differ and stay so, because the rule is “{rule}”.',
    fix: null,
  },
  // What a CRM said.
  REQUIRED_FIELD_MISSING: {
    category: 'propertyValue',
    sentence: '{crm} requires a value that is missing: {message}',
    fix: 'Fill in the field, or map it.',
  },
  SALESFORCE_VALIDATION_RULE: {
    category: 'customSalesforceCode',
    sentence: 'A rule or automation in Salesforce refused the change: {message}',
    fix: 'Correct the value, or ask the Salesforce admin about the rule.',
  },
  SALESFORCE_DUPLICATE_RULE: {
    category: 'deduplication',
    sentence: 'A duplicate rule in Salesforce refused the record: {message}',
    fix: 'Merge the records in Salesforce, or let the integration user pass the duplicate rule.',
  },
  DUPLICATE_VALUE: {
    category: 'deduplication',
    sentence: 'Another {crm} record already has this value: {message}',
    fix: 'Merge the two records, or change the value on one of them.',
  },
  NO_PERMISSION: {
    category: 'permissions',
    sentence: '{crm} does not let Tandem write this: {message}',
    fix: 'Give the integration user access to the record and its fields.',
  },
  BAD_REFERENCE: {
    category: 'associations',
    sentence: 'The record it points to cannot be used: {message}',
    fix: 'Check that the record exists and that the integration user may see it.',
  },
  FIELD_MISSING: {
    category: 'propertyMapping',
    sentence: '{crm} does not know this field any more: {message}',
    fix: 'Check the field mappings: a field was renamed or deleted, or access to it was taken away.',
  },
  VALUE_REFUSED: {
    category: 'propertyValue',
    sentence: '{crm} refused the value: {message}',
    fix: 'Correct the value.',
  },
  REFUSED: {
    category: 'propertyValue',
    sentence: '{crm} refused the record ({code}): {message}',
    fix: 'Correct what the message names and sync again.',
  },
  // Tandem goes on by itself.
  WILL_RETRY: {
    category: 'waiting',
    sentence: '{crm} could not take it just now ({message}); Tandem tries again by itself.',
    fix: null,
  },
  ANSWER_LOST: {
    category: 'waiting',
    sentence:
      'The answer to creating the Salesforce record was lost; Tandem looks for it before trying again.',
    fix: null,
  },
  PAIRING_CHANGED: {
    category: 'waiting',
    sentence: 'Somebody changed which records belong together; Tandem looks at this one again.',
    fix: null,
  },
  CHANGED_MEANWHILE: {
    category: 'waiting',
    sentence: 'The record changed while it was being synced; Tandem looks at it again.',
    fix: null,
  },
});

export type ReasonCode = keyof typeof REASONS;

export interface Reason {
  readonly code: ReasonCode;
  /** Names and values the sentences mention. */
  readonly details: Readonly<Record<string, string>>;
}

export function reason(code: ReasonCode, details: Readonly<Record<string, string>> = {}): Reason {
  return { code, details };
}

function filledIn(text: string, details: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => details[name] ?? '?');
}

/** The reason in words: a sentence for the rep, and what the admin can do. */
export function explain(why: Reason): {
  sentence: string;
  fix: string | null;
  category: ReasonCategory;
} {
  const { category, sentence, fix } = REASONS[why.code];
  return {
    category,
    sentence: filledIn(sentence, why.details),
    fix: fix === null ? null : filledIn(fix, why.details),
  };
}
