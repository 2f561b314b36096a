// Why a record doesn't sync, waits, or is not paired any more.
import { texts } from './text.ts';

export const RECORD_REASONS = texts({
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
    sentence:
      'The HubSpot list {list}, which decides who syncs, cannot be read, so nothing is sent for anybody.',
    fix: 'Restore the list in HubSpot or let Tandem read it again, or choose another one in the settings.',
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
  NOT_A_SENDER: {
    category: 'policy',
    sentence:
      'This contact is not in the inclusion list “{list}”, whose members send to Salesforce; updates from Salesforce still arrive.',
    fix: 'Change the contact so that it enters the list, or choose another list in the settings.',
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
  PINNED_TO_ANOTHER: {
    category: 'policy',
    sentence:
      'Somebody decided that this contact belongs to Salesforce {object} {id}, so it is paired with no other record.',
    fix: 'Release that pair on the contact’s card first.',
  },
});
