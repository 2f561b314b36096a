// What a required Salesforce field gets when HubSpot has nothing for it (native-connector §6, §15.1): the first
// alternative of which nothing is blank.
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_TEMPLATES,
  fillIn,
  propertiesInTemplates,
  templateSchema,
} from '../../src/engine/templates.ts';
import { contact } from './fixtures.ts';

const { LastName = '', Company = '' } = DEFAULT_TEMPLATES;

describe('Templates of required fields', () => {
  it.each([
    ['the last name', LastName, { lastname: 'Lovelace', email: 'ada@x.co' }, 'Lovelace'],
    ['the e-mail address without its domain', LastName, { email: ' Ada.L@X.co ' }, 'ada.l'],
    [
      'the same, where the last name is only blanks',
      LastName,
      { lastname: '  ', email: 'ada@x.co' },
      'ada',
    ],
    ['Unknown', LastName, {}, 'Unknown'],
    ['the company', Company, { company: 'Acme', email: 'ada@x.co' }, 'Acme'],
    ['the domain', Company, { email: 'ada@acme.example' }, 'acme.example'],
    ['Unknown', Company, { company: null, email: null }, 'Unknown'],
    ['Unknown, for an address that has no domain', Company, { email: 'ada' }, 'Unknown'],
    [
      'several names at once',
      '{firstname} {lastname} || none',
      { firstname: 'A', lastname: 'B' },
      'A B',
    ],
    [
      'the next where one of several is blank',
      '{firstname} {lastname} || none',
      { firstname: 'A' },
      'none',
    ],
    ['words around a name', 'c/o {company}', { company: 'Acme' }, 'c/o Acme'],
    ['words alone', 'To be told', {}, 'To be told'],
    ['Unknown where every alternative is blank', '{a} || {b}', {}, 'Unknown'],
    ['Unknown where nothing is left', ' || ', {}, 'Unknown'],
    [
      'what stands in the value, braces and bars included',
      '{company}',
      { company: '{a} || $& b' },
      '{a} || $& b',
    ],
    ['Unknown where there is no template', undefined, { lastname: 'Lovelace' }, 'Unknown'],
  ] as const)('%s', (_, template, properties, expected) => {
    expect(fillIn(template, contact('1', properties))).toBe(expected);
  });
});

describe('A template as it is saved', () => {
  it.each([
    ['{lastname} || Unknown', true],
    ['Unknown', true],
    ['{email.local}', true],
    ['', false],
    ['{lastname', false],
    ['{Last Name}', false],
    ['lastname}', false],
    ['{}', false],
  ])('%j: %s', (template, isTaken) => {
    expect(templateSchema.safeParse(template).success).toBe(isTaken);
  });
  it('names the properties to read with every contact', () => {
    expect(
      propertiesInTemplates({ A: '{lastname} || {email.local}', B: '{email.domain} {zip}' }),
    ).toEqual(['lastname', 'email', 'zip']);
  });
});
