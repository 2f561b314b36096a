// What a person decided about a field by hand, and why something that was written cannot be taken back.
import { texts } from './text.ts';

export const PEOPLE_REASONS = texts({
  CHOSEN_BY_PERSON: {
    category: 'policy',
    sentence: 'Somebody chose {crm}’s value for both sides.',
    fix: null,
  },
  NOT_BEGUN: {
    category: 'policy',
    sentence: 'An admin has not started the first sync yet, so nothing was written.',
    fix: 'An admin starts it on the settings page of the app; a dry run there tells beforehand what it would do.',
  },
  PAUSED_TO_SALESFORCE: {
    category: 'policy',
    sentence:
      'An admin has paused writing to Salesforce; what is new goes there when that is over.',
    fix: 'Resume it on the Connection tab of the settings.',
  },
  PAUSED_TO_HUBSPOT: {
    category: 'policy',
    sentence: 'An admin has paused writing to HubSpot; what is new goes there when that is over.',
    fix: 'Resume it on the Connection tab of the settings.',
  },
  PAUSED_BOTH_WAYS: {
    category: 'policy',
    sentence:
      'An admin has paused sync in both directions; what is new goes its way when that is over.',
    fix: 'Resume it on the Connection tab of the settings.',
  },
  UNDONE: {
    category: 'policy',
    sentence: 'What a sync had written to {field} was taken back.',
    fix: null,
  },
  KEPT_AFTER_UNDO: {
    category: 'policy',
    sentence:
      'A sync was undone here: {field} keeps its value in {crm} although the rule is “{rule}”, until it changes in {other}.',
    fix: 'Choose a side on the card to have both agree again.',
  },
  UNDO_ON_ITS_WAY: {
    category: 'waiting',
    sentence: 'A sync was undone just now; both sides are about to be compared again.',
    fix: null,
  },
  UNDO_CHANGED_SINCE: {
    category: 'policy',
    sentence: '{field} has been changed in {crm} since, to {value}, so it was left as it is.',
    fix: 'Undo the newer change first, or enter the value by hand.',
  },
  UNDO_RECORD_GONE: {
    category: 'policy',
    sentence: 'The {crm} record that was written is gone: deleted, converted or merged.',
    fix: null,
  },
  UNDO_NOT_MAPPED: {
    category: 'propertyMapping',
    sentence: '{field} is not mapped any more, so Tandem does not write it.',
    fix: 'Enter the value by hand, or map the field again.',
  },
  UNDO_OPT_OUT: {
    category: 'policy',
    sentence: 'Tandem never opts a person back in.',
    fix: 'Ask the person, and opt them in by hand on both sides.',
  },
  UNDO_COPIED: {
    category: 'policy',
    sentence: '{field} always holds what Salesforce holds, so there is nothing to take back.',
    fix: 'Change it in Salesforce.',
  },
  UNDO_REQUIRED: {
    category: 'propertyValue',
    sentence: '{field} was blank before, and Salesforce requires it now; it was left as it is.',
    fix: 'Enter another value by hand.',
  },
  UNDO_CREATED: {
    category: 'policy',
    sentence: 'This sync created the record in {crm}; undoing it would mean to delete the record.',
    fix: 'Delete the record in {crm} if it should not exist.',
  },
  UNDO_PAIRING: {
    category: 'policy',
    sentence: 'Who belongs to whom is not undone with the values.',
    fix: 'Unlink the two on the card, or pair the contact with another record.',
  },
});
