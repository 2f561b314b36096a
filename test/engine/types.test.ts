// Which HubSpot property goes with which Salesforce field: the matrix of native-connector §3.2, one row for
// every kind of property and every type of field that describe knows. The mapping editor asks `checkSide`, the
// engine makes its pairs in `mappingTable`: both have to give the verdict and the sentence of these tables.
import { describe, expect, it } from 'vitest';
import type { HubSpotProperty, SalesforceFieldType } from '../../src/engine/fields.ts';
import { checkSide } from '../../src/engine/mapping.ts';
import { compatibility } from '../../src/engine/types.ts';
import { field, options, property, tableFor } from './fixtures.ts';
import { customMapping, withFields } from './support/schemas.ts';
import { rowsOf } from './support/table.ts';

/** As HubSpot's editor calls them, and what its API says they are (hubspot-api §2.4). */
const IN_HUBSPOT: Readonly<Record<string, Partial<HubSpotProperty>>> = {
  'Single-line text': { type: 'string', fieldType: 'text' },
  'Multi-line text': { type: 'string', fieldType: 'textarea' },
  'Rich text': { type: 'string', fieldType: 'html' },
  'Phone number as text': { type: 'string', fieldType: 'phonenumber' },
  'Phone number': { type: 'phone_number', fieldType: 'phonenumber' },
  'Dropdown select': { type: 'enumeration', fieldType: 'select', options: options('a') },
  'Radio select': { type: 'enumeration', fieldType: 'radio', options: options('a') },
  'Multiple checkboxes': { type: 'enumeration', fieldType: 'checkbox', options: options('a') },
  'Single checkbox': { type: 'bool', fieldType: 'booleancheckbox' },
  Number: { type: 'number', fieldType: 'number' },
  'Date picker': { type: 'date', fieldType: 'date' },
  'Date and time picker': { type: 'datetime', fieldType: 'date' },
  'HubSpot user': { type: 'enumeration', fieldType: 'select', referencedObjectType: 'OWNER' },
  JSON: { type: 'json', fieldType: 'text' },
  Coordinates: { type: 'object_coordinates', fieldType: 'text' },
};

const FIELD_TYPES: Readonly<Record<SalesforceFieldType, true>> = {
  id: true,
  string: true,
  textarea: true,
  email: true,
  phone: true,
  url: true,
  picklist: true,
  multipicklist: true,
  combobox: true,
  boolean: true,
  int: true,
  long: true,
  double: true,
  currency: true,
  percent: true,
  date: true,
  datetime: true,
  time: true,
  reference: true,
  address: true,
  location: true,
  encryptedstring: true,
  base64: true,
  anyType: true,
};

/** `user`: a lookup of users; `reference`: a lookup of anything else. */
type FieldType = SalesforceFieldType | 'user';
const isFieldType = (text: string): text is FieldType => text === 'user' || text in FIELD_TYPES;
const fieldOf = (type: FieldType) =>
  type === 'user'
    ? field('X__c', 'reference', { referenceTo: ['User'] })
    : field('X__c', type, { referenceTo: type === 'reference' ? ['Account'] : [] });

const SENTENCES: Readonly<Record<string, string>> = {
  options: 'Values that are not options of the Salesforce picklist are left out.',
  'options, as text':
    'Values that are not options of the Salesforce picklist are left out. Several options are kept as one text, separated by semicolons.',
  'as text': 'Several options are kept as one text, separated by semicolons.',
  'options of HubSpot': 'Text that is not an option of the HubSpot property is left out.',
  digits: 'Text that is not a number is left out.',
  'number options': 'The number is kept only where it is an option of the HubSpot property.',
  'whole numbers': 'Only whole numbers go to Salesforce.',
  'time of day':
    'Only the day is compared, in the time zone of the settings; a time of day stays until the day changes.',
  'as shown': 'Only what Salesforce shows of it is copied, from Salesforce to HubSpot.',
  'id only': 'Only the record id is copied, from Salesforce to HubSpot.',
  parts:
    'An address cannot be mapped as a whole: map its parts, such as street, city and postal code.',
  'latitude and longitude':
    'A location cannot be mapped as a whole: map its latitude and its longitude.',
  'no time of day': 'HubSpot has no property type for a time of day without a date.',
  files: 'Files cannot be mapped.',
  'any type': 'A Salesforce field whose values have no fixed type cannot be mapped.',
  'own form':
    'HubSpot keeps this property in a form of its own, which has no counterpart in Salesforce.',
};

/** What people call the two types in a refusal. */
const IN_REFUSALS: Readonly<Record<string, string>> = {
  'Single-line text': 'Text',
  'Multi-line text': 'Text',
  'Rich text': 'Text',
  'Phone number as text': 'Text',
  'Phone number': 'Text',
  'Dropdown select': 'Dropdown or radio select',
  'Radio select': 'Dropdown or radio select',
  'Date picker': 'Date',
  'Date and time picker': 'Date and time',
  id: 'Record ID',
  string: 'Text',
  phone: 'Text',
  url: 'Text',
  email: 'Email',
  textarea: 'Text area',
  encryptedstring: 'Encrypted text',
  combobox: 'Picklist with free text',
  picklist: 'Picklist',
  multipicklist: 'Multi-select picklist',
  boolean: 'Checkbox',
  int: 'Whole number',
  long: 'Whole number',
  double: 'Number',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'Date/time',
  reference: 'Lookup',
  user: 'User lookup',
};

const TEXTS = 'Single-line text, Multi-line text, Rich text, Phone number as text, Phone number';

const MATRIX = rowsOf(
  ['HubSpot', 'Salesforce', 'verdict', 'because'],
  `
  HubSpot              | Salesforce                                                    | verdict | because
  ${TEXTS}             | string, textarea, email, phone, url, combobox                 | accept  |
                       | picklist                                                      | warn    | options
                       | multipicklist                                                 | warn    | options, as text
                       | int, long, double, currency, percent                          | warn    | digits
                       | id, reference, user                                           | warn    | id only
                       | encryptedstring                                               | warn    | as shown
                       | boolean, date, datetime                                       | reject  |
  Dropdown select, Radio select | picklist                                             | accept  |
                       | string, textarea, email, phone, url, combobox                 | warn    | options of HubSpot
                       | int, long, double, currency, percent                          | warn    | number options
                       | multipicklist, boolean, date, datetime                        | reject  |
                       | id, reference, user, encryptedstring                          | reject  |
  Multiple checkboxes  | multipicklist                                                 | accept  |
                       | string, textarea, phone, url                                  | warn    | as text
                       | email, picklist, combobox, boolean, date, datetime            | reject  |
                       | int, long, double, currency, percent                          | reject  |
                       | id, reference, user, encryptedstring                          | reject  |
  Single checkbox      | boolean                                                       | accept  |
                       | string, textarea, email, phone, url, combobox                 | reject  |
                       | picklist, multipicklist, date, datetime                       | reject  |
                       | int, long, double, currency, percent                          | reject  |
                       | id, reference, user, encryptedstring                          | reject  |
  Number               | double, currency, percent                                     | accept  |
                       | int, long                                                     | warn    | whole numbers
                       | string, phone, url                                            | warn    | digits
                       | textarea, email, combobox, picklist, multipicklist, boolean   | reject  |
                       | date, datetime, id, reference, user, encryptedstring          | reject  |
  Date picker          | date                                                          | accept  |
                       | datetime                                                      | warn    | time of day
                       | string, textarea, email, phone, url, combobox                 | reject  |
                       | picklist, multipicklist, boolean                              | reject  |
                       | int, long, double, currency, percent                          | reject  |
                       | id, reference, user, encryptedstring                          | reject  |
  Date and time picker | datetime                                                      | accept  |
                       | date                                                          | warn    | time of day
                       | string, textarea, email, phone, url, combobox                 | reject  |
                       | picklist, multipicklist, boolean                              | reject  |
                       | int, long, double, currency, percent                          | reject  |
                       | id, reference, user, encryptedstring                          | reject  |
  HubSpot user         | user                                                          | accept  |
                       | string, textarea, email, phone, url, combobox                 | reject  |
                       | picklist, multipicklist, boolean, date, datetime              | reject  |
                       | int, long, double, currency, percent                          | reject  |
                       | id, reference, encryptedstring                                | reject  |
  JSON, Coordinates    | string, textarea, email, phone, url, combobox                 | reject  | own form
                       | picklist, multipicklist, boolean, date, datetime              | reject  | own form
                       | int, long, double, currency, percent                          | reject  | own form
                       | id, reference, user, encryptedstring                          | reject  | own form
  ${Object.keys(IN_HUBSPOT).join(', ')} | address  | reject | parts
                       | location                                                      | reject  | latitude and longitude
                       | time                                                          | reject  | no time of day
                       | base64                                                        | reject  | files
                       | anyType                                                       | reject  | any type
`,
);

const refusal = (HubSpot: string, Salesforce: string): string =>
  `HubSpot’s type “${IN_REFUSALS[HubSpot] ?? HubSpot}” cannot be mapped to Salesforce’s “${IN_REFUSALS[Salesforce] ?? Salesforce}”.`;

const CELLS = MATRIX.flatMap(({ HubSpot, Salesforce, verdict, because }) =>
  HubSpot.split(', ').flatMap((kind) =>
    Salesforce.split(', ')
      .filter(isFieldType)
      .map((type) => ({
        kind,
        type,
        verdict,
        sentence:
          verdict === 'reject' && because === '' ? refusal(kind, type) : (SENTENCES[because] ?? ''),
      })),
  ),
);

const VERDICTS = { ok: 'accept', warning: 'warn', refused: 'reject' } as const;

describe('Types that go together (native-connector §3.2)', () => {
  it.each(CELLS)('$kind and $type: $verdict $sentence', ({ kind, type, verdict, sentence }) => {
    const inHubSpot = property('x', IN_HUBSPOT[kind] ?? {});
    const inSalesforce = fieldOf(type);
    const found = compatibility(inHubSpot, inSalesforce);
    expect({
      verdict: VERDICTS[found.verdict],
      sentence: found.verdict === 'ok' ? '' : found.sentence,
    }).toEqual({ verdict, sentence });

    // The editor's verdict and the engine's are this one, not their own.
    const schemas = withFields([inHubSpot], [inSalesforce]);
    const table = tableFor(
      { mappings: { custom: [customMapping('x', 'X__c', 'twoWay')] } },
      schemas,
    );
    const mapping = table.mappings.find((one) => one.hubspotProperty === 'x');
    if (!mapping) throw new Error('the mapping is missing');
    for (const object of ['Lead', 'Contact'] as const) {
      expect(checkSide(mapping, object, schemas)).toEqual(found);
      const isUsed = table.pairs[object].some((pair) => pair.property.name === 'x');
      expect(isUsed).toBe(verdict !== 'reject');
    }
    expect(table.problems.get(mapping.key)).toEqual(
      found.verdict === 'ok'
        ? undefined
        : { severity: verdict === 'reject' ? 'error' : 'warning', sentence },
    );
  });

  it('has a row for every kind of property and every type of field, once', () => {
    const all = Object.keys(IN_HUBSPOT).flatMap((kind) =>
      [...Object.keys(FIELD_TYPES), 'user'].map((type) => `${kind} and ${type}`),
    );
    expect(CELLS.map(({ kind, type }) => `${kind} and ${type}`).toSorted()).toEqual(all.toSorted());
  });
});

describe('Fields that can’t be written (native-connector §3.1: formulas, calculated properties)', () => {
  const text = property('x', { label: 'Score' });
  const readOnly = property('x', { label: 'Score', readOnly: true });
  const plain = field('X__c', 'string', { label: 'Rank' });
  const formula = field('X__c', 'string', {
    label: 'Rank',
    calculated: true,
    updateable: false,
    createable: false,
  });
  const FORMULA = 'Rank is read-only in Salesforce: only HubSpot receives values.';
  const CALCULATED = 'Score is read-only in HubSpot: only Salesforce receives values.';
  const NEITHER = 'Neither side can be written: both are read-only.';

  const onlyTo = (rule: string, sentence: string): string =>
    `With the rule “${rule}” nothing can sync: ${sentence}`;

  it.each([
    ['a formula field', text, formula, 'twoWay', 'warning', FORMULA],
    ['a calculated property', readOnly, plain, 'twoWay', 'warning', CALCULATED],
    ['both', readOnly, formula, 'twoWay', 'refused', NEITHER],
    [
      'a formula field that only HubSpot would write',
      text,
      formula,
      'alwaysHubSpot',
      'refused',
      onlyTo('Always use HubSpot', FORMULA),
    ],
    [
      'a calculated property that only Salesforce would write',
      readOnly,
      plain,
      'alwaysSalesforce',
      'refused',
      onlyTo('Always use Salesforce', CALCULATED),
    ],
    [
      'a formula field that Salesforce writes',
      text,
      formula,
      'alwaysSalesforce',
      'warning',
      FORMULA,
    ],
  ] as const)('%s', (_, inHubSpot, inSalesforce, rule, verdict, sentence) => {
    const schemas = withFields([inHubSpot], [inSalesforce]);
    const { mappings } = tableFor(
      { mappings: { custom: [customMapping('x', 'X__c', rule)] } },
      schemas,
    );
    const mapping = mappings.find((one) => one.hubspotProperty === 'x');
    if (!mapping) throw new Error('the mapping is missing');
    expect(checkSide(mapping, 'Lead', schemas)).toEqual({ verdict, sentence });
  });
});

describe('A mapping whose property or field is gone', () => {
  const mapping = customMapping('x', 'X__c', 'twoWay');
  it.each([
    ['property', withFields([], [field('X__c')]), 'HubSpot has no contact property “x”.'],
    [
      'field',
      withFields([property('x')], []),
      'Salesforce has no Lead field “X__c” that Tandem may see.',
    ],
  ] as const)('%s: is refused and says so, and the others stay', (_, schemas, sentence) => {
    const table = tableFor({ mappings: { custom: [mapping] } }, schemas);
    expect([...table.problems.values()]).toContainEqual({ severity: 'error', sentence });
    expect(table.pairs.Lead.some((pair) => pair.property.name === 'x')).toBe(false);
    expect(table.pairs.Lead.length).toBeGreaterThan(20);
  });
});
