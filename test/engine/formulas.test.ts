import { describe, expect, it } from 'vitest';
import type { SalesforceField } from '../../src/engine/fields.ts';
import { differsFromAgreed, formulaPairs } from '../../src/engine/formulas.ts';
import { fingerprint } from '../../src/engine/fingerprint.ts';
import { mappingTable, type MappingTable } from '../../src/engine/mapping.ts';
import { ownerMap } from '../../src/engine/owners.ts';
import { settingsSchema } from '../../src/engine/settings.ts';
import { field, lead, link, property } from './fixtures.ts';

const byName = <T extends { name: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.name, one]));
const formula = (name: string): SalesforceField =>
  field(name, 'double', {
    precision: 18,
    scale: 2,
    calculated: true,
    updateable: false,
    createable: false,
  });
const SCHEMAS = {
  hubspot: byName([
    property('email'),
    property('score', { type: 'number', fieldType: 'number' }),
    property('city'),
    property('tandem_campaign_ids'),
  ]),
  salesforce: {
    Lead: byName([field('Email', 'email'), field('City'), formula('Score__c')]),
    Contact: byName([field('Email', 'email'), field('MailingCity')]),
  },
};
const KEY = 'score~Score__c~';

function tableWith(rule: string): MappingTable {
  const custom = [{ hubspotProperty: 'score', leadField: 'Score__c', contactField: null, rule }];
  const owners = ownerMap({ owners: [], users: [], queues: [], map: [] });
  return mappingTable(settingsSchema.parse({ mappings: { custom } }), SCHEMAS, owners);
}

describe('A formula field', () => {
  it('counts where a mapping in force reads it; campaigns never do', () => {
    const names = (table: MappingTable) =>
      formulaPairs(table, 'Lead').map(({ mapping }) => mapping.key);
    expect(names(tableWith('alwaysSalesforce'))).toEqual([KEY]);
    expect(names(tableWith('off'))).toEqual([]);
    expect(formulaPairs(tableWith('alwaysSalesforce'), 'Contact')).toEqual([]);
  });

  it.each([
    ['the agreed value', { base: { [KEY]: 12.5 } }, 12.5, false],
    ['another value', { base: { [KEY]: 12.5 } }, 13, true],
    ['blank, which was agreed', { base: { [KEY]: null } }, null, false],
    ['blank, which was not', { base: { [KEY]: 12.5 } }, null, true],
    ['a value nobody agreed on yet', { base: {} }, 12.5, true],
    [
      'a value that was left different',
      {
        base: { [KEY]: 1 },
        leftDifferent: { [KEY]: { hubspot: 'x', salesforce: fingerprint(12.5) } },
      },
      12.5,
      false,
    ],
  ])('with %s', (_, content, value, differs) => {
    const pairs = formulaPairs(tableWith('alwaysSalesforce'), 'Lead');
    const record = lead('00Q1', { Score__c: value });
    expect(differsFromAgreed(pairs, link(content), record)).toBe(differs);
  });
});
