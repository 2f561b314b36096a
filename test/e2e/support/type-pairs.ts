// A mapping for every pair of field types that may be mapped (native-connector §3.2) and that the sample
// portal's custom fields don't cover already: a HubSpot property made for it, a Salesforce field that is
// there, and values to type on either side.
import type { SalesforceObject } from '../../../src/engine/fields.ts';
import type { ReasonCode } from '../../../src/engine/reasons.ts';
import type { SalesforceValue } from '../../../src/engine/records.ts';
import type { NewProperty } from './crm-users.ts';
import type { FieldValues, Spelling } from './field-values.ts';

export interface TypePair {
  readonly label: string;
  readonly property: NewProperty;
  readonly object: SalesforceObject;
  readonly salesforceField: string;
  readonly values: FieldValues;
  /** Why nothing goes to Salesforce, where it doesn't. */
  readonly onlyFromSalesforce: ReasonCode | null;
}

type Kind = Pick<NewProperty, 'type' | 'fieldType' | 'options'>;

const TEXT: Kind = { type: 'string', fieldType: 'text' };
const NUMBER: Kind = { type: 'number', fieldType: 'number' };
const DATE: Kind = { type: 'date', fieldType: 'date' };
const DATE_AND_TIME: Kind = { type: 'datetime', fieldType: 'date' };
const chosenFrom = (
  fieldType: 'select' | 'checkbox',
  options: Readonly<Record<string, string>>,
): Kind => ({
  type: 'enumeration',
  fieldType,
  options: Object.entries(options).map(([value, label]) => ({ value, label })),
});
const GUESTS = chosenFrom('select', { regular: 'Regular', vip: 'VIP guest', new: 'Newcomer' });
const LANGUAGES = chosenFrom('checkbox', { en: 'English', de: 'German', fr: 'French' });
const LEVELS = chosenFrom('select', { primary: 'Primary', secondary: 'Secondary', third: 'Third' });
const SIZES = chosenFrom('select', { '10': 'Ten', '20': 'Twenty', '50': 'Fifty' });
const FACTORS = chosenFrom('select', { '0.5': 'Half', '1.0': 'One', '1.5': 'One and a half' });

const both = (hubspot: string, salesforce: SalesforceValue): Spelling => ({ hubspot, salesforce });

interface Typed {
  readonly before: Spelling;
  /** Typed in HubSpot, beside what Salesforce gets. */
  readonly hubspot: Spelling;
  /** Typed in Salesforce, beside what HubSpot gets. */
  readonly salesforce: Spelling;
}

function typePair(
  label: string,
  kind: Kind,
  [object, salesforceField]: readonly [SalesforceObject, string],
  { before, hubspot, salesforce }: Typed,
  onlyFromSalesforce: ReasonCode | null = null,
): TypePair {
  const name = `pair_${kind.type}_${kind.fieldType}_${salesforceField.toLowerCase()}`;
  return {
    label,
    property: { ...kind, name, label },
    object,
    salesforceField,
    values: {
      before,
      typedInHubSpot: hubspot.hubspot ?? '',
      fromHubSpot: hubspot,
      typedInSalesforce: salesforce.salesforce,
      fromSalesforce: salesforce,
    },
    onlyFromSalesforce,
  };
}

/** `people` are ids of Salesforce contacts to point to. */
export const typePairsOnContacts = (people: readonly [string, string]): readonly TypePair[] => [
  typePair('text ↔ text', TEXT, ['Contact', 'Department'], {
    before: both('Sales', 'Sales'),
    hubspot: both('R & D', 'R & D'),
    salesforce: both('Operations', 'Operations'),
  }),
  typePair('dropdown ↔ text', GUESTS, ['Contact', 'AssistantName'], {
    before: both('regular', 'regular'),
    hubspot: both('vip', 'vip'),
    salesforce: both('vip', 'VIP guest'),
  }),
  typePair('checkboxes ↔ text', LANGUAGES, ['Contact', 'Languages__c'], {
    before: both('en', 'en'),
    hubspot: both('fr;de', 'de;fr'),
    salesforce: both('de;en', 'German; English'),
  }),
  typePair('number ↔ text', NUMBER, ['Contact', 'OtherPhone'], {
    before: both('10', '10'),
    hubspot: both('1250.50', '1250.5'),
    salesforce: both('1300', '1,300'),
  }),
  typePair('text ↔ text area', TEXT, ['Contact', 'Notes__c'], {
    before: both('Renews in March', 'Renews in March'),
    hubspot: both('Calls on Friday', 'Calls on Friday'),
    salesforce: both('Line one\nLine two', 'Line one\nLine two'),
  }),
  typePair('dropdown ↔ text area', GUESTS, ['Contact', 'OtherStreet'], {
    before: both('regular', 'regular'),
    hubspot: both('new', 'new'),
    salesforce: both('vip', 'vip guest'),
  }),
  typePair('checkboxes ↔ text area', LANGUAGES, ['Contact', 'Description'], {
    before: both('en', 'en'),
    hubspot: both('en;fr', 'en;fr'),
    salesforce: both('de;fr', 'fr;German'),
  }),
  typePair('text ↔ picklist', TEXT, ['Contact', 'Favorite_Color__c'], {
    before: both('Red', 'Red'),
    hubspot: both('green', 'Green'),
    salesforce: both('Blue', 'Blue'),
  }),
  // HubSpot has an option the picklist doesn't define; it isn't restricted.
  typePair('dropdown ↔ picklist', LEVELS, ['Contact', 'Level__c'], {
    before: both('primary', 'Primary'),
    hubspot: both('third', 'third'),
    salesforce: both('secondary', 'Secondary'),
  }),
  typePair('text ↔ multi-select picklist', TEXT, ['Contact', 'Interests__c'], {
    before: both('Music', 'Music'),
    hubspot: both('Music; chess', 'Chess;Music'),
    salesforce: both('Cooking;Sailing', 'Sailing;Cooking'),
  }),
  typePair('text ↔ number', TEXT, ['Contact', 'Score__c'], {
    before: both('10', 10),
    hubspot: both('12,000.456', 12_000.46),
    salesforce: both('-7.5', -7.5),
  }),
  typePair('dropdown ↔ number', FACTORS, ['Contact', 'OtherLatitude'], {
    before: both('0.5', 0.5),
    hubspot: both('1.5', 1.5),
    salesforce: both('1.0', 1),
  }),
  typePair('date and time ↔ date', DATE_AND_TIME, ['Contact', 'Birthdate'], {
    before: both('2026-10-01T00:00:00.000Z', '2026-10-01'),
    hubspot: both('2026-11-05T21:30:00.000Z', '2026-11-05'),
    salesforce: both('2027-01-02T00:00:00.000Z', '2027-01-02'),
  }),
  typePair('date ↔ date/time', DATE, ['Contact', 'EmailBouncedDate'], {
    before: both('2026-10-01', '2026-10-01T00:00:00.000+0000'),
    hubspot: both('2026-11-05', '2026-11-05T00:00:00.000+0000'),
    salesforce: both('2026-11-09', '2026-11-09T22:15:30.000+0000'),
  }),
  typePair(
    'text ↔ lookup',
    TEXT,
    ['Contact', 'ReportsToId'],
    {
      before: both(people[0], people[0]),
      hubspot: both(people[1], null),
      salesforce: both(people[1], people[1]),
    },
    'LOOKUP_NOT_WRITTEN',
  ),
];

/** Leads have one whole number, so each of these needs a world of its own. */
export const TYPE_PAIRS_ON_LEADS: readonly TypePair[] = [
  typePair('text ↔ whole number', TEXT, ['Lead', 'NumberOfEmployees'], {
    before: both('30', 30),
    hubspot: both('1,200', 1_200),
    salesforce: both('15', 15),
  }),
  typePair('dropdown ↔ whole number', SIZES, ['Lead', 'NumberOfEmployees'], {
    before: both('10', 10),
    hubspot: both('50', 50),
    salesforce: both('20', 20),
  }),
  typePair('number ↔ whole number', NUMBER, ['Lead', 'NumberOfEmployees'], {
    before: both('30', 30),
    hubspot: both('1200.0', 1_200),
    salesforce: both('15', 15),
  }),
];
