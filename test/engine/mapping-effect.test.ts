// What a rule does to made-up pairs, and which HubSpot property would hold a Salesforce field.
import { describe, expect, it } from 'vitest';
import { fieldPairOf, mappingsOf, type FieldPair } from '../../src/engine/mapping.ts';
import { madeUpValues, ruleExamples, withRule } from '../../src/engine/mapping-effect.ts';
import { propertyFor, propertyNameFor } from '../../src/engine/property-proposal.ts';
import { CHOOSABLE_RULES, SENDS_TO } from '../../src/engine/rules.ts';
import { compatibility } from '../../src/engine/types.ts';
import { field, options, OWNERS, property, SCHEMAS, settings } from './fixtures.ts';

function pairOf(name: string): FieldPair {
  const mapping = mappingsOf(settings()).find((one) => one.hubspotProperty === name);
  const pair =
    mapping &&
    fieldPairOf(mapping, 'Lead', { settings: settings(), schemas: SCHEMAS, owners: OWNERS });
  if (!pair) throw new Error(`There is no mapping of ${name}.`);
  return pair;
}

describe('Examples of a rule', () => {
  it.each(CHOOSABLE_RULES)('never send values where the rule doesn’t: %s', (rule) => {
    const examples = ruleExamples(withRule(pairOf('city'), rule), 'Lead', {
      hubspot: 'Berlin',
      salesforce: 'Paris',
    });
    expect(examples.length).toBeGreaterThanOrEqual(5);
    for (const { effect } of examples)
      if (effect.kind === 'write') expect(SENDS_TO[rule][effect.to]).toBe(true);
  });

  it('leave out blanks where Salesforce has none', () => {
    const made = madeUpValues(property('p', { type: 'bool' }), field('F', 'boolean'));
    expect(made).toEqual({ hubspot: 'true', salesforce: false });
  });

  it('can be made up for every pair of types that goes together', () => {
    const properties = [
      property('text'),
      property('number', { type: 'number', fieldType: 'number' }),
      property('date', { type: 'date', fieldType: 'date' }),
      property('moment', { type: 'datetime', fieldType: 'date' }),
      property('bool', { type: 'bool', fieldType: 'booleancheckbox' }),
      property('select', { type: 'enumeration', fieldType: 'select', options: options('a', 'b') }),
    ];
    const picklistValues = options('x', 'y');
    const fields = [
      field('Text', 'string'),
      field('Area', 'textarea'),
      field('Mail', 'email'),
      field('Pick', 'picklist', { picklistValues }),
      field('Multi', 'multipicklist', { picklistValues }),
      field('Int', 'int'),
      field('Double', 'double'),
      field('Date', 'date'),
      field('Moment', 'datetime'),
      field('Box', 'boolean'),
    ];
    for (const one of properties)
      for (const other of fields)
        if (compatibility(one, other).verdict !== 'refused')
          expect(madeUpValues(one, other)).not.toBeNull();
  });
});

describe('The property for a Salesforce field', () => {
  it.each([
    ['Shoe_Size__c', 'shoe_size'],
    ['acme__Shoe_Size__c', 'shoe_size'],
    ['NumberOfEmployees', 'number_of_employees'],
    ['2nd_Phone__c', 'sf_2nd_phone'],
    ['A'.repeat(120), 'a'.repeat(99)],
  ])('of %s is called %s', (fieldName, name) => {
    expect(propertyNameFor(fieldName)).toBe(name);
  });

  it.each([
    'string',
    'email',
    'textarea',
    'url',
    'phone',
    'picklist',
    'multipicklist',
    'boolean',
    'int',
    'double',
    'currency',
    'percent',
    'date',
    'datetime',
    'id',
    'reference',
  ] as const)('of the type %s goes together with it', (type) => {
    const one = field('F', type, { picklistValues: options('a', 'b') });
    const proposal = propertyFor(one);
    expect(proposal).not.toBeNull();
    if (proposal === null) return;
    expect(compatibility(property('f', proposal), one).verdict).not.toBe('refused');
  });

  it('is none for what no property can hold', () => {
    expect(propertyFor(field('F', 'location'))).toBeNull();
  });
});
