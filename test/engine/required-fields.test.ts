// Fields that Salesforce insists on: which they are, and what the text of a template becomes in one that no mapping fills.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan } from '../../src/engine/plan.ts';
import { isRequired, valueForField } from '../../src/engine/required-fields.ts';
import { everythingTaken } from '../../src/engine/outcome.ts';
import { settle } from '../../src/engine/settle.ts';
import { contact, context, field, NOW, options, SCHEMAS, tableFor } from './fixtures.ts';
import { pairOf } from './support/one-field.ts';

const required = { nillable: false } as const;

describe('A field is required', () => {
  it.each([
    ['when a new record must have it', field('A', 'string', required), true],
    [
      'unless Salesforce fills it',
      field('A', 'string', { ...required, defaultedOnCreate: true }),
      false,
    ],
    ['unless it may be blank', field('A'), false],
    ['unless nobody may write it', field('A', 'string', { ...required, createable: false }), false],
    ['unless it is a checkbox', field('A', 'boolean', required), false],
  ])('%s', (_, one, expected) => {
    expect(isRequired(one)).toBe(expected);
  });
});

describe('The text of a template becomes', () => {
  const restricted = { restrictedPicklist: true, picklistValues: options('EMEA', 'APAC') };
  it.each([
    ['string', {}, 'Acme', 'Acme'],
    ['string', { length: 3 }, 'Acme', null],
    ['int', {}, '1,200', 1200],
    ['int', {}, 'many', null],
    ['currency', { scale: 2 }, '12.345', 12.35],
    ['picklist', restricted, 'emea', 'EMEA'],
    ['picklist', restricted, 'Mars', null],
    ['picklist', { picklistValues: options('EMEA') }, 'Mars', 'Mars'],
    ['date', {}, '2026-11-23', '2026-11-23'],
    ['date', {}, 'soon', null],
    ['datetime', {}, '2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000Z'],
    ['email', {}, 'nobody', null],
    ['email', {}, 'a@b.example', 'a@b.example'],
    ['reference', {}, '001000000000001', '001000000000001AAA'],
    ['reference', {}, 'Acme', null],
    ['multipicklist', {}, 'a;b', null],
  ] as const)('in a field of the type %s', (type, facts, text, expected) => {
    expect(valueForField(text, field('A', type, facts))).toBe(expected);
  });

  it('nothing longer than the field takes', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 20 }), (text, length) => {
        const value = valueForField(text, field('A', 'string', { length }));
        expect(value === null || String(value).length <= length).toBe(true);
      }),
    );
  });
});

describe('A required field without a mapping', () => {
  const schemas = {
    ...SCHEMAS,
    salesforce: {
      ...SCHEMAS.salesforce,
      Lead: new Map([
        ...SCHEMAS.salesforce.Lead,
        ['Region__c', field('Region__c', 'string', { ...required, length: 4 })],
      ]),
    },
  };
  const made = (templates: object) => {
    const changes = { creation: { templates } };
    const person = contact('1', { email: 'ada@acme.example', lastname: 'L', company: 'Acme' });
    const pair = pairOf({ hubspot: person });
    const planned = plan(pair, context({ table: tableFor(changes, schemas) }, changes));
    if (planned.kind !== 'createInSalesforce') throw new Error(`planned ${planned.kind}`);
    return { record: planned.record, pair, planned };
  };

  it('gets what its template says, with a row of history', () => {
    const { record, pair, planned } = made({ Region__c: '{city} || {company}' });
    expect(record.Region__c).toBe('Acme');
    const { writes, content } = settle(pair, planned, everythingTaken(pair, planned), NOW);
    expect(writes.find((write) => write.field === 'Region__c')).toEqual({
      side: 'salesforce',
      field: 'Region__c',
      before: null,
      after: 'Acme',
      why: 'FILLED_IN',
    });
    expect(Object.keys(content.base)).not.toContain('Region__c');
  });

  it('takes the first alternative that fits', () => {
    expect(made({ Region__c: '{email.domain} || EMEA' }).record.Region__c).toBe('EMEA');
  });

  it.each([
    ['without a template', {}],
    ['with one that never fits', { Region__c: '{email.domain}' }],
  ])('stays out %s, and Salesforce says that it is missing', (_, templates) => {
    expect(made(templates).record).not.toHaveProperty('Region__c');
  });
});
