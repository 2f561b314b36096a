// What was written is read back as what was meant, for every pair of types: otherwise both sides would be
// written over and over without anybody having changed anything.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversionFor, type Conversion } from '../../src/engine/conversion.ts';
import type { HubSpotProperty, SalesforceField } from '../../src/engine/fields.ts';
import type { SalesforceValue } from '../../src/engine/records.ts';
import { compatibility } from '../../src/engine/types.ts';
import { field, options, OWNERS, property } from './fixtures.ts';

/** Options whose values and labels are easily taken for one another. */
const COLOURS = [
  { value: 'red', label: 'Red' },
  { value: 'green', label: 'GREEN' },
  { value: '10', label: 'Ten' },
  { value: '1.0', label: '10' },
  { value: 'new', label: 'Newcomer' },
];

const PROPERTIES: readonly HubSpotProperty[] = [
  property('a text'),
  property('a dropdown', { type: 'enumeration', fieldType: 'select', options: COLOURS }),
  property('checkboxes', { type: 'enumeration', fieldType: 'checkbox', options: COLOURS }),
  property('a checkbox', {
    type: 'bool',
    fieldType: 'booleancheckbox',
    options: options('true', 'false'),
  }),
  property('a number', { type: 'number', fieldType: 'number' }),
  property('a date', { type: 'date', fieldType: 'date' }),
  property('a date and time', { type: 'datetime', fieldType: 'date' }),
];

const PICKED = options('Red', 'Green', 'Newcomer');

const FIELDS: readonly SalesforceField[] = [
  field('text'),
  field('a text area', 'textarea'),
  field('an e-mail', 'email', { length: 80 }),
  field('a picklist', 'picklist', { picklistValues: PICKED }),
  field('a restricted picklist', 'picklist', { picklistValues: PICKED, restrictedPicklist: true }),
  field('a multi-select picklist', 'multipicklist', { picklistValues: PICKED }),
  field('a checkbox', 'boolean'),
  field('a whole number', 'int'),
  field('a number', 'double', { precision: 18, scale: 2 }),
  field('a date', 'date'),
  field('a date/time', 'datetime'),
  field('a lookup', 'reference', { referenceTo: ['Account'] }),
];

const WORDS = [
  'red',
  'Red',
  'RED',
  'Green',
  'new',
  'Newcomer',
  'Ten',
  '10',
  '1.0',
  'else',
  'a;b',
  'new;Red',
  '',
];
const NUMBERS = ['10.0', '1', '1,200', '-0', '12.346', '1e3', '-1.005', '9007199254740993'];
const TIMES = [
  '2026-11-05',
  '2026-11-05T21:30:00.500Z',
  '2026-11-05T23:30:00+02:00',
  '1762378200000',
];

const anyText = fc.oneof(
  fc.constantFrom(...WORDS, ...NUMBERS, ...TIMES),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
/** Dropdowns and checkboxes hold nothing but options (hubspot-api §2.4). */
const inHubSpot = ({ fieldType, options: chosenFrom }: HubSpotProperty): fc.Arbitrary<string> => {
  const values = chosenFrom.map(({ value }) => value);
  if (fieldType === 'select') return fc.constantFrom(...values);
  return fieldType === 'checkbox' ? fc.subarray(values).map((some) => some.join(';')) : anyText;
};
const inSalesforce = (type: SalesforceField['type']): fc.Arbitrary<SalesforceValue> => {
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'int':
      return fc.integer({ min: -1e6, max: 1e6 });
    case 'double':
      return fc.oneof(
        fc.constantFrom(10, 1, 0.5, -7.5),
        fc.integer({ min: -1e8, max: 1e8 }).map((n) => n / 100),
      );
    case 'date':
    case 'datetime':
      return fc
        .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => {
          const iso = date.toISOString();
          return type === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 19)}.000+0000`;
        });
    default:
      return anyText;
  }
};

function toHubSpotAndBack(conversion: Conversion, value: SalesforceValue): void {
  const meant = conversion.fromSalesforce(value);
  if (meant === null) return;
  const written = conversion.toHubSpot(meant);
  if (written.ok) expect(conversion.fromHubSpot(written.value)).toEqual({ ok: true, value: meant });
}

function toSalesforceAndBack(conversion: Conversion, value: string): void {
  const meant = conversion.fromHubSpot(value);
  if (!meant.ok || meant.value === null) return;
  const written = conversion.toSalesforce(meant.value);
  if (written.ok) expect(conversion.fromSalesforce(written.value)).toBe(meant.value);
}

const PAIRS = PROPERTIES.flatMap((one) =>
  FIELDS.filter((other) => compatibility(one, other).verdict !== 'refused').map((other) => ({
    property: one,
    from: one.label,
    to: other.label,
    type: other.type,
    conversion: conversionFor({
      property: one,
      field: other,
      valueMap: [{ hubspot: 'new', salesforce: 'Green' }],
      special: null,
      owners: OWNERS,
      valueMapIsDefault: true,
      timeZone: 'UTC',
    }),
  })),
);

describe('There and back', () => {
  it.each(PAIRS)('$from and $to: to HubSpot', ({ type, conversion }) => {
    fc.assert(
      fc.property(inSalesforce(type), (value) => {
        toHubSpotAndBack(conversion, value);
      }),
    );
  });

  it.each(PAIRS)('$from and $to: to Salesforce', ({ property: one, conversion }) => {
    fc.assert(
      fc.property(inHubSpot(one), (value) => {
        toSalesforceAndBack(conversion, value);
      }),
    );
  });
});

describe('Lead statuses', () => {
  const statuses = conversionFor({
    property: property('hs_lead_status', {
      type: 'enumeration',
      fieldType: 'radio',
      options: [
        { value: 'NEW', label: 'New' },
        { value: 'OPEN', label: 'Open' },
      ],
    }),
    field: field('Status', 'picklist', { picklistValues: options('New', 'Open - Not Contacted') }),
    valueMap: [
      { hubspot: 'NEW', salesforce: 'Open - Not Contacted' },
      { hubspot: 'OPEN', salesforce: 'Open - Not Contacted' },
    ],
    special: null,
    owners: OWNERS,
    valueMapIsDefault: true,
    timeZone: 'UTC',
  });

  it.each([
    ['NEW', 'New'],
    ['OPEN', 'Open - Not Contacted'],
  ])(
    'takes %s for %s: the same name goes before what the table calls equivalent',
    (hubspot, salesforce) => {
      expect(statuses.fromHubSpot(hubspot)).toEqual({ ok: true, value: salesforce });
      expect(statuses.toHubSpot(salesforce)).toEqual({ ok: true, value: hubspot });
    },
  );
});
