import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversionFor } from '../../src/engine/conversion.ts';
import type { HubSpotProperty, SalesforceField } from '../../src/engine/fields.ts';
import { compatibility } from '../../src/engine/types.ts';
import { numberText, parseNumber, readSet, readText } from '../../src/engine/values.ts';
import { ELENA, field, MAYA, options, OWNERS, property, TOM } from './fixtures.ts';

const conversion = (
  hubspot: HubSpotProperty,
  salesforce: SalesforceField,
  more: Partial<Parameters<typeof conversionFor>[0]> = {},
) =>
  conversionFor({
    property: hubspot,
    field: salesforce,
    valueMap: [],
    valueMapIsDefault: true,
    special: null,
    owners: OWNERS,
    timeZone: 'UTC',
    ...more,
  });

const code = (result: { ok: boolean; reason?: { code: string } }) =>
  result.ok ? 'ok' : result.reason?.code;

describe('text', () => {
  const text = conversion(property('city'), field('City', 'string', { length: 5 }));
  it.each([
    [' Bonn ', 'Bonn'],
    ['', null],
    ['   ', null],
    [null, null],
    ['a\r\nb', 'a\nb'],
    ['Zu\u0308rich', 'Z\u00fcrich'],
  ])('reads %j as %j', (raw, canonical) => {
    expect(text.fromHubSpot(raw)).toEqual({ ok: true, value: canonical });
    expect(text.fromSalesforce(raw)).toBe(canonical);
  });
  it('leaves out what is too long, with both lengths', () => {
    expect(text.toSalesforce('Berlin')).toMatchObject({
      ok: false,
      reason: { code: 'VALUE_TOO_LONG', details: { length: '6', limit: '5' } },
    });
    expect(text.toSalesforce('Paris')).toEqual({ ok: true, value: 'Paris' });
  });
  it('compares e-mails in lower case', () => {
    const email = conversion(property('email'), field('Email', 'email', { length: 80 }));
    expect(email.fromSalesforce(' Ada@Example.COM ')).toBe('ada@example.com');
  });
});

describe('numbers', () => {
  it.each([
    ['1200000', 1_200_000],
    ['1,200,000', 1_200_000],
    ["1'200'000", 1_200_000],
    ['1 200 000.50', 1_200_000.5],
    ['-3', -3],
    ['.5', 0.5],
    ['1e3', 1000],
    ['1,2', null],
    ['12,00', null],
    ['$5', null],
    ['about 5', null],
    ['', null],
  ])('takes %j as %j', (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });
  it('keeps what the field’s scale keeps', () => {
    const percent = conversion(
      property('p', { type: 'number', fieldType: 'number' }),
      field('P__c', 'percent', { precision: 5, scale: 2 }),
    );
    expect(percent.fromHubSpot('12.345')).toEqual({ ok: true, value: 12.35 });
    expect(percent.fromSalesforce(12.345)).toBe(12.35);
    expect(code(percent.toSalesforce(1000))).toBe('NUMBER_OUT_OF_RANGE');
  });
  it('refuses broken numbers for whole-number fields', () => {
    const whole = conversion(
      property('n', { type: 'number', fieldType: 'number' }),
      field('N__c', 'int'),
    );
    expect(code(whole.fromHubSpot('2.5'))).toBe('NOT_A_NUMBER');
    expect(code(whole.toSalesforce(3_000_000_000))).toBe('NUMBER_OUT_OF_RANGE');
  });
  it('writes plain digits for any number', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
        (number) => {
          const text = numberText(number);
          expect(text).not.toMatch(/e/i);
          expect(Number(text)).toBeCloseTo(number, 6);
        },
      ),
    );
  });
});

describe('checkboxes', () => {
  const box = conversion(
    property('b', { type: 'bool', fieldType: 'booleancheckbox' }),
    field('B__c', 'boolean', { nillable: false }),
  );
  it('takes an unset HubSpot checkbox as unticked: Salesforce’s is never blank (native-connector §3.2)', () => {
    expect(box.fromHubSpot(null)).toEqual({ ok: true, value: false });
    expect(box.fromHubSpot('true')).toEqual({ ok: true, value: true });
    expect(box.toHubSpot(false)).toEqual({ ok: true, value: 'false' });
  });
});

describe('dates', () => {
  const date = conversion(
    property('d', { type: 'date', fieldType: 'date' }),
    field('D__c', 'date'),
  );
  const instant = conversion(
    property('t', { type: 'datetime', fieldType: 'date' }),
    field('T__c', 'datetime'),
  );
  it.each([
    ['2026-02-28', '2026-02-28'],
    ['1772236800000', '2026-02-28'],
    ['2026-02-28T00:00:00Z', '2026-02-28'],
  ])('reads the date %s', (raw, expected) => {
    expect(date.fromHubSpot(raw)).toEqual({ ok: true, value: expected });
  });
  it('refuses what is no date', () => {
    expect(code(date.fromHubSpot('soon'))).toBe('NOT_A_DATE');
  });
  it('compares instants whatever the zone and the milliseconds', () => {
    expect(instant.fromSalesforce('2026-11-23T10:00:00.000+0000')).toBe('2026-11-23T10:00:00Z');
    expect(instant.fromHubSpot('2026-11-23T11:00:00.400+01:00')).toEqual({
      ok: true,
      value: '2026-11-23T10:00:00Z',
    });
  });
  it('cuts the time where one side keeps only the date', () => {
    const cut = conversion(
      property('d', { type: 'date', fieldType: 'date' }),
      field('T__c', 'datetime'),
    );
    expect(cut.fromSalesforce('2026-11-23T22:00:00.000+0000')).toBe('2026-11-23');
    expect(cut.toSalesforce('2026-11-23')).toEqual({ ok: true, value: '2026-11-23T00:00:00Z' });
  });
});

describe('picklists', () => {
  const restricted = field('Color__c', 'picklist', {
    restrictedPicklist: true,
    picklistValues: options('Red', 'Blue'),
  });
  const select = property('color', {
    type: 'enumeration',
    fieldType: 'select',
    options: [
      { value: 'opt_red', label: 'Red' },
      { value: 'Green', label: 'Green' },
    ],
  });
  const color = conversion(select, restricted);
  it('takes options by value, by label, in any letter case', () => {
    expect(color.fromHubSpot('opt_red')).toEqual({ ok: true, value: 'Red' });
    expect(color.fromSalesforce('red')).toBe('Red');
    expect(color.toHubSpot('Red')).toEqual({ ok: true, value: 'opt_red' });
  });
  it('leaves out what is no option on the other side, and names it', () => {
    expect(color.toHubSpot('Blue')).toMatchObject({
      ok: false,
      reason: { code: 'NOT_A_HUBSPOT_OPTION', details: { value: 'Blue' } },
    });
    expect(color.toSalesforce('Green')).toMatchObject({
      ok: false,
      reason: { code: 'NOT_A_SALESFORCE_OPTION', details: { value: 'Green' } },
    });
  });
  it('lets anything into a picklist that is not restricted', () => {
    const free = conversion(
      property('industry'),
      field('Industry', 'picklist', { picklistValues: options('Banking'), length: 40 }),
    );
    expect(free.toSalesforce('Beekeeping')).toEqual({ ok: true, value: 'Beekeeping' });
  });
  it('translates with a value map, and what it writes reads back the same', () => {
    const valueMap = [
      { hubspot: 'NEW', salesforce: 'Open' },
      { hubspot: 'OPEN', salesforce: 'Open' },
    ];
    const status = (valueMapIsDefault: boolean) =>
      conversion(
        property('hs_lead_status', {
          type: 'enumeration',
          fieldType: 'radio',
          options: options('NEW', 'OPEN'),
        }),
        field('Status', 'picklist', { picklistValues: options('Open', 'Closed') }),
        { valueMap, valueMapIsDefault },
      );
    for (const word of ['NEW', 'OPEN']) {
      expect(status(true).fromHubSpot(word)).toEqual({ ok: true, value: 'Open' });
      expect(status(false).fromHubSpot(word)).toEqual({ ok: true, value: 'Open' });
    }
    // The admin's first pair speaks for “Open”; the built-in map yields to the option of that name.
    expect(status(false).toHubSpot('Open')).toEqual({ ok: true, value: 'NEW' });
    expect(status(true).toHubSpot('Open')).toEqual({ ok: true, value: 'OPEN' });
  });
  it('compares multi-selects as sets', () => {
    expect(readSet(';b;a;;a')).toBe('a;b');
    const many = conversion(
      property('i', { type: 'enumeration', fieldType: 'checkbox', options: options('a', 'b') }),
      field('I__c', 'multipicklist', { picklistValues: options('a', 'b') }),
    );
    expect(many.fromSalesforce('b;a')).toBe('a;b');
    expect(many.toHubSpot('a;b')).toEqual({ ok: true, value: 'a;b' });
    expect(code(many.toHubSpot('a;c'))).toBe('NOT_A_HUBSPOT_OPTION');
  });
});

describe('owners', () => {
  const owner = conversion(
    property('hubspot_owner_id', {
      type: 'enumeration',
      fieldType: 'select',
      referencedObjectType: 'OWNER',
    }),
    field('OwnerId', 'reference', { referenceTo: ['User'] }),
    { special: 'owner' },
  );
  it('are the same person by e-mail', () => {
    expect(owner.fromHubSpot(MAYA.owner)).toEqual({ ok: true, value: MAYA.user });
    expect(owner.toHubSpot(MAYA.user)).toEqual({ ok: true, value: MAYA.owner });
  });
  it('who have no active user don’t go to Salesforce', () => {
    expect(code(owner.fromHubSpot(ELENA.owner))).toBe('OWNER_NOT_IN_SALESFORCE');
    expect(code(owner.toSalesforce(TOM.user))).toBe('OWNER_INACTIVE');
  });
  it('compare equal when a user who left has come to HubSpot', () => {
    expect(owner.fromHubSpot(TOM.owner)).toEqual({ ok: true, value: TOM.user });
  });
  it('who are inactive users still come to HubSpot; queues don’t', () => {
    expect(owner.toHubSpot(TOM.user)).toEqual({ ok: true, value: TOM.owner });
    expect(code(owner.toHubSpot('00G000000000001AAA'))).toBe('OWNER_NOT_IN_HUBSPOT');
  });
});

describe('employees (native-connector §3.3)', () => {
  const ranges = property('numemployees', {
    type: 'enumeration',
    fieldType: 'select',
    options: options('1-5', '5-25', '25-50', '50-100', '100-500', '500-1000', '1000+'),
  });
  const employees = conversion(ranges, field('NumberOfEmployees', 'int'), {
    special: 'employeeRange',
  });
  it.each([
    [1, '1-5'],
    [5, '1-5'],
    [6, '5-25'],
    [1000, '500-1000'],
    [1001, '1000+'],
    [0, null],
    [null, null],
  ])('%j is the range %j', (number, range) => {
    expect(employees.fromSalesforce(number)).toBe(range);
  });
  it('are never written back as a number', () => {
    expect(code(employees.toSalesforce('5-25'))).toBe('RANGE_NOT_WRITTEN_BACK');
  });
});

describe('for any text', () => {
  it('reading is idempotent, and what was written reads back the same', () => {
    const text = conversion(property('a'), field('A', 'textarea', { length: 100_000 }));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (raw) => {
        const canonical = readText(raw);
        expect(readText(canonical)).toBe(canonical);
        if (canonical === null) return;
        const sent = text.toSalesforce(canonical);
        expect(sent.ok && text.fromSalesforce(sent.value)).toBe(canonical);
      }),
    );
  });
});

describe('the type matrix (native-connector §3.2)', () => {
  const hubspot = {
    text: property('x'),
    select: property('x', { type: 'enumeration', fieldType: 'select' }),
    checkboxes: property('x', { type: 'enumeration', fieldType: 'checkbox' }),
    bool: property('x', { type: 'bool', fieldType: 'booleancheckbox' }),
    number: property('x', { type: 'number', fieldType: 'number' }),
    date: property('x', { type: 'date', fieldType: 'date' }),
    datetime: property('x', { type: 'datetime', fieldType: 'date' }),
  };
  const columns = [
    'string',
    'textarea',
    'picklist',
    'multipicklist',
    'boolean',
    'int',
    'double',
    'date',
    'datetime',
    'reference',
  ] as const;
  // o: fine, w: allowed with a sentence, R: refused.
  it.each([
    ['text', 'oowwRwwRRw'],
    ['select', 'wwoRRwwRRR'],
    ['checkboxes', 'wwRoRRRRRR'],
    ['bool', 'RRRRoRRRRR'],
    ['number', 'wRRRRwoRRR'],
    ['date', 'RRRRRRRowR'],
    ['datetime', 'RRRRRRRwoR'],
  ] as const)('%s', (kind, row) => {
    const verdicts = columns.map(
      (type) =>
        compatibility(
          hubspot[kind],
          field('X', type, { referenceTo: type === 'reference' ? ['Account'] : [] }),
        ).verdict,
    );
    expect(
      verdicts.map((verdict) => ({ ok: 'o', warning: 'w', refused: 'R' })[verdict]).join(''),
    ).toBe(row);
  });
  it('says why a pair is refused', () => {
    const verdict = compatibility(hubspot.bool, field('X', 'date'));
    expect(verdict).toMatchObject({
      verdict: 'refused',
      sentence: expect.stringContaining('Single checkbox') as string,
    });
  });
});
