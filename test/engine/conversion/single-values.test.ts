// Values of one field at a time, both ways: texts, numbers, checkboxes, days and moments, ids, encrypted texts
// and ranges of employees (native-connector §3.2, §3.3). The options of picklists and places have files of
// their own beside this one.
import { describe, expect, it } from 'vitest';
import { conversionFor, type ConversionSpec } from '../../../src/engine/conversion.ts';
import type { HubSpotProperty, SalesforceField } from '../../../src/engine/fields.ts';
import { explain } from '../../../src/engine/reasons.ts';
import type { SalesforceValue } from '../../../src/engine/records.ts';
import { field, options, OWNERS, property } from '../fixtures.ts';

type Sides = readonly [HubSpotProperty, SalesforceField, Partial<ConversionSpec>?];

const conversion = ([inHubSpot, inSalesforce, more = {}]: Sides) =>
  conversionFor({
    property: inHubSpot,
    field: inSalesforce,
    valueMap: [],
    valueMapIsDefault: true,
    special: null,
    owners: OWNERS,
    timeZone: 'Europe/Berlin',
    ...more,
  });

function toSalesforce(sides: Sides, raw: string | null): SalesforceValue {
  const between = conversion(sides);
  const meant = between.fromHubSpot(raw);
  if (!meant.ok) return explain(meant.reason).sentence;
  if (meant.value === null) return null;
  const written = between.toSalesforce(meant.value);
  return written.ok ? written.value : explain(written.reason).sentence;
}
function toHubSpot(sides: Sides, raw: SalesforceValue): string | null {
  const between = conversion(sides);
  const meant = between.fromSalesforce(raw);
  if (meant === null) return null;
  const written = between.toHubSpot(meant);
  return written.ok ? written.value : explain(written.reason).sentence;
}

const TEXT = property('Note');
const NUMBER = property('Score', { type: 'number', fieldType: 'number' });
const DAY = property('Birthday', { type: 'date', fieldType: 'date' });
const MOMENT = property('Met at', { type: 'datetime', fieldType: 'date' });
const BOX = property('VIP', { type: 'bool', fieldType: 'booleancheckbox' });
const notANumber = (value: string, label: string): string =>
  `“${value}” is not a number that ${label} takes; it was left out.`;
const tooLong = (length: number, label: string, limit: number): string =>
  `The value has ${length} characters and ${label} takes ${limit}; it was left out.`;

describe('To Salesforce', () => {
  const shortText: Sides = [TEXT, field('Short', 'string', { length: 5 })];
  const phone: Sides = [TEXT, field('Phone', 'phone', { length: 40 })];
  const email: Sides = [TEXT, field('Mail', 'email', { length: 20 })];
  const int: Sides = [NUMBER, field('Whole', 'int')];
  const percent: Sides = [NUMBER, field('Share', 'percent', { precision: 5, scale: 2 })];
  const revenue: Sides = [TEXT, field('Revenue', 'currency', { precision: 18, scale: 0 })];
  const box: Sides = [BOX, field('VIP__c', 'boolean', { nillable: false })];
  const date: Sides = [DAY, field('D', 'date')];
  const dateFromMoment: Sides = [MOMENT, field('D', 'date')];
  const momentFromDate: Sides = [DAY, field('T', 'datetime')];
  const moment: Sides = [MOMENT, field('T', 'datetime')];
  const encrypted: Sides = [TEXT, field('Secret', 'encryptedstring', { length: 20 })];
  const lookup: Sides = [TEXT, field('Partner', 'reference', { referenceTo: ['Account'] })];

  it.each<[string, Sides, string | null, SalesforceValue]>([
    ['text is trimmed', shortText, '  Bonn ', 'Bonn'],
    ['text that fits to the letter', shortText, 'Paris', 'Paris'],
    ['text that is too long stays whole, here', shortText, 'Berlin', tooLong(6, 'Short', 5)],
    ['blank text', shortText, '   ', null],
    ['a phone number as it was typed', phone, '+49 (30) 123-4 ext. 5', '+49 (30) 123-4 ext. 5'],
    ['an e-mail address in lower case', email, ' Ada@X.co', 'ada@x.co'],
    [
      'what is no e-mail address',
      email,
      'ada',
      'Salesforce does not accept the e-mail address “ada”; it was left out.',
    ],
    [
      'an e-mail address that is too long',
      email,
      'averyverylongname@x.co',
      tooLong(22, 'Mail', 20),
    ],
    ['a whole number', int, '42', 42],
    ['a whole number with a point', int, '42.0', 42],
    ['a broken number for a field of whole ones', int, '42.5', notANumber('42.5', 'Whole')],
    ['the largest whole number', int, '2147483647', 2_147_483_647],
    [
      'a whole number too large',
      int,
      '2147483648',
      '2147483648 has more digits than Whole takes; it was left out.',
    ],
    ['a number, rounded to what the field keeps', percent, '12.346', 12.35],
    [
      'a number of more digits than the field has',
      percent,
      '1000',
      '1000 has more digits than Share takes; it was left out.',
    ],
    ['an amount typed with separators', revenue, '1,200,000', 1_200_000],
    ['an amount typed with an apostrophe', revenue, "1'200'000", 1_200_000],
    ['what is no amount', revenue, 'about 5 M', notANumber('about 5 M', 'Revenue')],
    ['a comma that could be either', revenue, '1,2', notANumber('1,2', 'Revenue')],
    ['a ticked box', box, 'true', true],
    ['an unticked box', box, 'false', false],
    ['a box nobody touched', box, null, false],
    ['a day', date, '2026-11-23', '2026-11-23'],
    ['a day in milliseconds', date, '1795392000000', '2026-11-23'],
    [
      'a day before Salesforce’s calendar',
      date,
      '1066-10-14',
      '“1066-10-14” is not a date that D takes; it was left out.',
    ],
    [
      'the day of a moment, in the zone of the settings',
      dateFromMoment,
      '2026-11-23T23:30:00Z',
      '2026-11-24',
    ],
    [
      'the moment a day begins, in the zone of the settings',
      momentFromDate,
      '2026-11-23',
      '2026-11-22T23:00:00Z',
    ],
    ['a moment', moment, '2026-11-23T10:00:00.400Z', '2026-11-23T10:00:00Z'],
    [
      'an encrypted text',
      encrypted,
      'secret',
      'Secret is encrypted in Salesforce: its values come from there, and HubSpot’s are not sent to it.',
    ],
    [
      'the id of another record',
      lookup,
      '001000000000001',
      'Partner points to another Salesforce record: its id is copied to HubSpot only.',
    ],
  ])('%s', (_, sides, raw, expected) => {
    expect(toSalesforce(sides, raw)).toBe(expected);
  });
});

describe('To HubSpot', () => {
  const text: Sides = [TEXT, field('Note__c', 'textarea', { length: 100_000 })];
  const number: Sides = [NUMBER, field('Score__c', 'double', { precision: 18, scale: 2 })];
  const numberFromText: Sides = [NUMBER, field('Score__c', 'string')];
  const textFromNumber: Sides = [TEXT, field('Score__c', 'double', { precision: 18, scale: 2 })];
  const dropdown = property('Size', {
    type: 'enumeration',
    fieldType: 'select',
    options: [
      { value: 'ten', label: '10' },
      { value: '20', label: 'Twenty' },
    ],
  });
  const option: Sides = [dropdown, field('Size__c', 'double', { precision: 18, scale: 2 })];
  const box: Sides = [BOX, field('VIP__c', 'boolean', { nillable: false })];
  const day: Sides = [DAY, field('T', 'datetime')];
  const moment: Sides = [MOMENT, field('D', 'date')];
  const encrypted: Sides = [TEXT, field('Secret', 'encryptedstring')];
  const lookup: Sides = [TEXT, field('Partner', 'reference', { referenceTo: ['Account'] })];
  const employees: Sides = [
    property('numemployees', {
      type: 'enumeration',
      fieldType: 'select',
      options: options('1-5', '5-25', '25-50', '1000+'),
    }),
    field('NumberOfEmployees', 'int', { label: 'Employees' }),
    { special: 'employeeRange' },
  ];
  const MASKED =
    'Salesforce shows Secret masked to the integration user, so its value is not copied to HubSpot.';

  it.each<[string, Sides, SalesforceValue, string | null]>([
    ['text', text, 'a\r\nb', 'a\nb'],
    ['blank text', text, null, null],
    [
      'text of more than HubSpot’s 65,536 characters',
      text,
      'x'.repeat(65_537),
      tooLong(65_537, 'Note', 65_536),
    ],
    ['a number in plain digits', number, 1_200_000.5, '1200000.5'],
    ['a small number in plain digits', number, 0.01, '0.01'],
    ['a number in a text field', numberFromText, '1,200', '1200'],
    ['a text that is no number', numberFromText, 'many', notANumber('many', 'Score')],
    [
      'a text that is far too large a number',
      numberFromText,
      '1e999',
      notANumber('Infinity', 'Score'),
    ],
    ['a number, as text', textFromNumber, 12.5, '12.5'],
    ['a number that is an option’s label', option, 10, 'ten'],
    ['a number that is an option’s value', option, 20, '20'],
    [
      'a number that an option rounds to: it would be read back as another',
      [
        property('Size', { type: 'enumeration', fieldType: 'select', options: options('1.5') }),
        field('Whole', 'int'),
      ],
      2,
      '“2” is not one of the options of Size in HubSpot; it was left out.',
    ],
    [
      'a number that is no option',
      option,
      30,
      '“30” is not one of the options of Size in HubSpot; it was left out.',
    ],
    ['a ticked box', box, true, 'true'],
    ['an unticked box', box, false, 'false'],
    [
      'the day of a moment, in the zone of the settings',
      day,
      '2026-11-23T23:30:00.000+0000',
      '2026-11-24',
    ],
    ['the moment a day begins', moment, '2026-11-23', '2026-11-22T23:00:00Z'],
    ['an encrypted text that is shown', encrypted, 'open', 'open'],
    ['an encrypted text that is masked', encrypted, '********', MASKED],
    ['one masked but for its end', encrypted, 'XXX-XX-1234', MASKED],
    ['the id of another record, in 18 characters', lookup, '001000000000001', '001000000000001AAA'],
    ['a range of employees', employees, 12, '5-25'],
    ['a range without an end', employees, 40_000, '1000+'],
    ['no employees at all: no range', employees, 0, null],
    ['a number between ranges', employees, 70, null],
  ])('%s', (_, sides, raw, expected) => {
    expect(toHubSpot(sides, raw)).toBe(expected);
  });

  it('a range of employees never goes back as a number, not even blank (native-connector §3.3 row 1)', () => {
    const { onlyFromSalesforce } = conversion(employees);
    const said = (value: string | null) =>
      onlyFromSalesforce && explain(onlyFromSalesforce(value)).sentence;
    expect(said('5-25')).toBe(
      'HubSpot keeps a range (5-25) where Salesforce keeps a number, so it is not sent to Employees.',
    );
    expect(said(null)).toContain('a range (blank)');
  });

  it.each([
    ['encrypted texts', encrypted],
    ['lookups', lookup],
    ['ranges of employees', employees],
  ] as const)('%s go one way only, and say so', (_, sides) => {
    expect(conversion(sides).onlyFromSalesforce).toBeDefined();
  });
});

describe('Values that only look different', () => {
  it.each<[string, Sides, string, SalesforceValue]>([
    [
      'a number as it is typed and as it is kept',
      [TEXT, field('N', 'currency', { precision: 18 })],
      '1,200.00',
      1200,
    ],
    ['a number of HubSpot and a text', [NUMBER, field('N', 'string')], '1200', '1,200.0'],
    ['e-mail addresses in other letters', [TEXT, field('M', 'email')], 'ada@x.co', 'Ada@X.CO '],
    [
      'a moment in two notations',
      [MOMENT, field('T', 'datetime')],
      '2026-11-23T10:00:00Z',
      '2026-11-23T10:00:00.000+0000',
    ],
    [
      'a day, and any moment of it',
      [DAY, field('T', 'datetime')],
      '2026-11-24',
      '2026-11-23T23:30:00.000+0000',
    ],
    [
      'an id in 15 and 18 characters',
      [TEXT, field('R', 'reference', { referenceTo: ['Account'] })],
      '001000000000001',
      '001000000000001AAA',
    ],
    ['composed and decomposed accents', [TEXT, field('X')], 'Zu\u0308rich', 'Z\u00fcrich'],
    ['line breaks', [TEXT, field('X', 'textarea')], 'a\nb', 'a\r\nb'],
  ])('%s are the same', (_, sides, inHubSpot, inSalesforce) => {
    const between = conversion(sides);
    expect(between.fromHubSpot(inHubSpot)).toEqual({
      ok: true,
      value: between.fromSalesforce(inSalesforce),
    });
  });
});
