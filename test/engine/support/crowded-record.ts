// A lead and a contact with a field of every type on both sides, each pair of types that may be mapped mapped
// once, under rules that fast-check chooses; and what people, and older syncs, may have left in them.
import fc from 'fast-check';
import type { HubSpotProperty, SalesforceField } from '../../../src/engine/fields.ts';
import { CHOOSABLE_RULES, type ChoosableRule } from '../../../src/engine/rules.ts';
import type { SalesforceValue } from '../../../src/engine/records.ts';
import { compatibility } from '../../../src/engine/types.ts';
import { ELENA, field, JONAS, MAYA, options, property, TOM } from '../fixtures.ts';

const COLOURS = [
  { value: 'red', label: 'Red' },
  { value: 'green', label: 'GREEN' },
  { value: '10', label: 'Ten' },
  { value: '1.5', label: '1,5' },
];
const PICKED = options('Red', 'Green', 'Blue');

const PROPERTIES: readonly Partial<HubSpotProperty>[] = [
  { type: 'string', fieldType: 'text' },
  { type: 'string', fieldType: 'textarea' },
  { type: 'phone_number', fieldType: 'phonenumber' },
  { type: 'enumeration', fieldType: 'select', options: COLOURS },
  { type: 'enumeration', fieldType: 'checkbox', options: COLOURS },
  { type: 'bool', fieldType: 'booleancheckbox', options: options('true', 'false') },
  { type: 'number', fieldType: 'number' },
  { type: 'date', fieldType: 'date' },
  { type: 'datetime', fieldType: 'date' },
  { type: 'enumeration', fieldType: 'select', referencedObjectType: 'OWNER' },
];

const FIELDS: readonly [SalesforceField['type'], Partial<SalesforceField>][] = [
  ['string', { length: 12 }],
  ['string', { length: 12, nillable: false }],
  ['textarea', { length: 40 }],
  ['email', { length: 20 }],
  ['phone', { length: 10 }],
  ['url', { length: 30 }],
  ['combobox', { length: 12, picklistValues: PICKED }],
  ['picklist', { length: 12, picklistValues: PICKED }],
  ['picklist', { length: 12, picklistValues: PICKED, restrictedPicklist: true }],
  ['multipicklist', { length: 40, picklistValues: PICKED }],
  ['multipicklist', { length: 40, picklistValues: PICKED, restrictedPicklist: true }],
  ['boolean', { nillable: false, defaultedOnCreate: true }],
  ['int', {}],
  ['double', { precision: 6, scale: 2 }],
  ['currency', { precision: 18, scale: 2 }],
  ['percent', { precision: 5, scale: 1 }],
  ['date', {}],
  ['datetime', {}],
  ['datetime', { updateable: false, calculated: true }],
  ['string', { updateable: false, calculated: true, length: 1300 }],
  ['id', { length: 18, updateable: false }],
  ['reference', { length: 18, referenceTo: ['Account'] }],
  ['reference', { length: 18, referenceTo: ['User'] }],
  ['encryptedstring', { length: 20 }],
];

export interface CrowdedField {
  readonly property: HubSpotProperty;
  readonly field: SalesforceField;
}

/** One property and one field of its own for every pair of types that may be mapped to each other. */
export const CROWD: readonly CrowdedField[] = PROPERTIES.flatMap((inHubSpot, row) =>
  FIELDS.map(([type, facts], column) => ({
    property: property(`p${row}_${column}`, inHubSpot),
    field: field(`F${row}_${column}__c`, type, facts),
  })),
).filter((one) => compatibility(one.property, one.field).verdict !== 'refused');

const WORDS = [
  'Red',
  'red',
  'GREEN',
  'green',
  'Blue',
  'Ten',
  '10',
  '1.5',
  'else',
  'a;b',
  'Red;Blue',
];
const NUMBERS = [
  '0',
  '-0',
  '7',
  '1,200',
  '12.345',
  '-1.005',
  '1e3',
  '1e999',
  '99999.99',
  '2147483648',
];
const TIMES = ['2026-11-23', '2026-11-23T23:30:00Z', '2026-02-30'];
const ADDRESSES = ['ada@x.co', ' Ada@X.co', 'no address', 'a@b', 'averylongname@example.com'];

const anyText = fc.oneof(
  fc.constantFrom(...WORDS, ...NUMBERS, ...TIMES, ...ADDRESSES, '   ', 'x'.repeat(60)),
  fc.string({ unit: 'grapheme', maxLength: 15 }),
);
const day = fc
  .date({ min: new Date('1600-01-01'), max: new Date('4100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** What a property of HubSpot may hold: only what HubSpot lets in. */
export function heldInHubSpot({ property: one }: CrowdedField): fc.Arbitrary<string | null> {
  const values = one.options.map(({ value }) => value);
  const some = (): fc.Arbitrary<string> => {
    if (one.referencedObjectType === 'OWNER')
      return fc.constantFrom(MAYA.owner, JONAS.owner, TOM.owner, ELENA.owner, '999');
    switch (one.type) {
      case 'enumeration':
        return one.fieldType === 'checkbox'
          ? fc.subarray(values, { minLength: 1 }).map((chosen) => chosen.join(';'))
          : fc.constantFrom(...values);
      case 'bool':
        return fc.constantFrom('true', 'false');
      case 'number':
        return fc.constantFrom('0', '7', '-3', '12.5', '12.345', '99999999', '0.001');
      case 'date':
        return day.map((iso) => iso.slice(0, 10));
      case 'datetime':
        return day;
      default:
        return anyText;
    }
  };
  return fc.option(some(), { nil: null });
}

/** What a field of Salesforce may hold; an unrestricted picklist holds anything. */
export function heldInSalesforce({ field: one }: CrowdedField): fc.Arbitrary<SalesforceValue> {
  const some = (): fc.Arbitrary<SalesforceValue> => {
    switch (one.type) {
      case 'boolean':
        return fc.boolean();
      case 'int':
        return fc.integer({ min: -1000, max: 1000 });
      case 'double':
      case 'percent':
        return fc.integer({ min: -9999, max: 9999 }).map((n) => n / 10);
      case 'currency':
        return fc.integer().map((n) => n / 100);
      case 'date':
        return day.map((iso) => iso.slice(0, 10));
      case 'datetime':
        return day.map((iso) => `${iso.slice(0, 19)}.000+0000`);
      case 'picklist':
        return one.restrictedPicklist ? fc.constantFrom('Red', 'Green', 'Blue') : anyText;
      case 'multipicklist':
        return fc
          .subarray(['Red', 'Green', 'Blue'], { minLength: 1 })
          .map((parts) => parts.join(';'));
      case 'reference':
        return one.referenceTo.includes('User')
          ? fc.constantFrom(MAYA.user, JONAS.user, TOM.user, '005000000000009AAA')
          : fc.constantFrom('001000000000001AAA', '001000000000002AAA');
      case 'id':
        return fc.constant('00Q000000000001EAA');
      case 'encryptedstring':
        return fc.constantFrom('****1234', 'open secret');
      default:
        return anyText;
    }
  };
  return one.nillable ? fc.option(some(), { nil: null }) : some();
}

export const anyRule: fc.Arbitrary<ChoosableRule> = fc.constantFrom(...CHOOSABLE_RULES);
