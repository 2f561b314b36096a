// Why one field was not written, or what is worth knowing about how it was.
import { texts } from './text.ts';

export const FIELD_REASONS = texts({
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
  MASKED_IN_SALESFORCE: {
    category: 'permissions',
    sentence:
      'Salesforce shows {field} masked to the integration user, so its value is not copied to HubSpot.',
    fix: 'Let the integration user view encrypted data, or remove the mapping.',
  },
  ENCRYPTED_NOT_WRITTEN: {
    category: 'propertyMapping',
    sentence:
      '{field} is encrypted in Salesforce: its values come from there, and HubSpot’s are not sent to it.',
    fix: 'Enter the value in Salesforce.',
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
  STATE_NEEDS_COUNTRY: {
    category: 'propertyValue',
    sentence:
      'Salesforce takes a state only together with its country, and the country is blank; “{value}” was left out of {field}.',
    fix: 'Fill in the country.',
  },
  STATE_OF_SEVERAL_COUNTRIES: {
    category: 'propertyValue',
    sentence:
      '“{value}” is a state of more than one country, so it is not clear which one {field} should take; it was left out.',
    fix: 'Enter the code of the state instead of its name.',
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
  OWNER_BY_ASSIGNMENT_RULES: {
    category: 'policy',
    sentence:
      'No active Salesforce user stands for the HubSpot owner, so the assignment rules of Salesforce chose the owner.',
    fix: 'Choose a user for the owner in the owner map, or turn assignment rules off in the settings.',
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
  CHANGED_BACK_BY_SALESFORCE: {
    category: 'customSalesforceCode',
    sentence:
      'Salesforce turns {value} back into {kept} whenever it is written to {field}, so it is not sent again.',
    fix: 'Change the trigger or flow that sets {field}, or choose a rule under which Salesforce wins.',
  },
  CHANGED_BACK_BY_HUBSPOT: {
    category: 'propertyMapping',
    sentence:
      'HubSpot turns {value} back into {kept} whenever it is written to {field}, so it is not sent again.',
    fix: 'Change the workflow that sets {field}, or choose a rule under which HubSpot wins.',
  },
  FILLS_ONLY_BLANKS: {
    category: 'policy',
    sentence: 'The two sides differ and stay so, because the rule is “{rule}”.',
    fix: null,
  },
});
