// What the tab "Field mappings" decides without asking anybody: which rows to show, which options come first, which
// values mean the same, what an import and a save change.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SettingsEffect, ValueOption } from '../../src/api/contract.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/settings.ts';
import { addedUp } from '../../extensions/settings/effect/effect-sum.ts';
import { fieldOptions } from '../../extensions/settings/mappings/field-options.ts';
import {
  importInto,
  setRules,
  toBackfill,
} from '../../extensions/settings/mappings/mapping-edits.ts';
import {
  filteredMappings,
  FIRST_LISTING,
  idOf,
  sortedMappings,
} from '../../extensions/settings/mappings/mapping-list.ts';
import {
  matchedByName,
  onlyInSalesforce,
  unmatchedOptions,
  withMeaning,
  withPartner,
} from '../../extensions/settings/mappings/value-matching.ts';
import { FAVOURITE, mapping, OWNER } from './support/samples.ts';

const CITY = mapping({});
const BROKEN = mapping({
  ...FAVOURITE,
  hubspotProperty: 'broken',
  hubspotLabel: 'Broken',
  leadField: 'Broken__c',
  contactField: null,
  problem: { severity: 'error', sentence: 'It is gone.' },
});
const ALL = [CITY, OWNER, FAVOURITE, BROKEN];
const labels = (mappings: readonly { readonly hubspotLabel: string }[]) =>
  mappings.map(({ hubspotLabel }) => hubspotLabel);

describe('The rows that are shown', () => {
  it.each([
    [{ search: 'colour__c' }, ['Favourite colour']],
    [{ search: 'TWO-way city' }, []],
    [{ search: 'two-way fav' }, ['Favourite colour']],
    [{ kind: 'custom' }, ['Favourite colour', 'Broken']],
    [{ rule: 'twoWay', kind: 'default' }, ['Contact owner']],
    [{ problem: 'some' }, ['Broken']],
    [{ problem: 'none', kind: 'custom' }, ['Favourite colour']],
  ] as const)('are those that fit %o', (listing, shown) => {
    expect(labels(filteredMappings(ALL, { ...FIRST_LISTING, ...listing }))).toEqual(shown);
  });

  it.each([
    ['property', false, ['Broken', 'City', 'Contact owner', 'Favourite colour']],
    ['property', true, ['Favourite colour', 'Contact owner', 'City', 'Broken']],
    ['rule', false, ['City', 'Broken', 'Contact owner', 'Favourite colour']],
    ['problem', false, ['Broken', 'City', 'Contact owner', 'Favourite colour']],
    ['kind', true, ['Broken', 'Favourite colour', 'City', 'Contact owner']],
  ] as const)('are sorted by %s, descending: %s', (sortBy, descending, shown) => {
    const sorted = labels(sortedMappings(ALL, { sortBy, descending }));
    if (sortBy === 'kind') expect(new Set(sorted)).toEqual(new Set(shown));
    else expect(sorted).toEqual(shown);
  });
});

describe('The fields that are offered', () => {
  it('begin with those that go together, and end with those that don’t and why', () => {
    const choice = (name: string) => ({ name, label: name, type: 'Text', readOnly: false });
    const options = fieldOptions(
      ['refused', 'taken', 'careful', 'fine'].map(choice),
      {
        groups: [
          { verdict: 'refused', sentence: 'Never.', names: ['refused'] },
          { verdict: 'warning', sentence: 'Mind it.', names: ['careful'] },
        ],
      },
      new Map([['taken', 'City']]),
    );
    expect(options.map(({ label }) => label)).toEqual([
      'fine (fine) · Text',
      'careful (careful) · Text — with care: Mind it.',
      'refused (refused) · Text — not possible: Never.',
      'taken (taken) · Text — already mapped to City',
    ]);
  });
});

const options = (...values: string[]): ValueOption[] =>
  values.map((value) => ({ value, label: value }));

describe('A value map', () => {
  const hubspot = options('NEW', 'IN_PROGRESS', 'LOST');
  const salesforce = options('New', 'In Progress', 'Closed');

  it('is matched by name, whatever letters, spaces and underscores', () => {
    expect(matchedByName([], hubspot, salesforce)).toEqual({
      map: [
        { hubspot: 'NEW', salesforce: 'New' },
        { hubspot: 'IN_PROGRESS', salesforce: 'In Progress' },
      ],
      added: 2,
    });
  });

  it('keeps what was chosen by hand', () => {
    const chosen = [{ hubspot: 'NEW', salesforce: 'Closed' }];
    expect(matchedByName(chosen, hubspot, salesforce).map[0]).toEqual(chosen[0]);
  });

  it('names what has no counterpart on either side', () => {
    expect(unmatchedOptions([], hubspot, salesforce)).toEqual({
      hubspot: options('IN_PROGRESS', 'LOST'),
      salesforce: options('In Progress', 'Closed'),
    });
    const map = withPartner([], 'LOST', 'Closed');
    expect(unmatchedOptions(map, hubspot, salesforce)).toEqual({
      hubspot: options('IN_PROGRESS'),
      salesforce: options('In Progress'),
    });
  });

  it('gives and takes away a counterpart', () => {
    const map = withPartner(withPartner([], 'LOST', 'Closed'), 'LOST', 'New');
    expect(map).toEqual([{ hubspot: 'LOST', salesforce: 'New' }]);
    expect(withPartner(map, 'LOST', null)).toEqual([]);
    const read = withMeaning(map, 'Closed', 'LOST');
    expect(read).toEqual([...map, { hubspot: 'LOST', salesforce: 'Closed' }]);
    expect(onlyInSalesforce(read, hubspot, salesforce)).toContainEqual(options('Closed')[0]);
    expect(withMeaning(read, 'Closed', null)).toEqual(map);
  });

  it('matched by name leaves nothing to match by name', () => {
    const anyOptions = fc.uniqueArray(fc.constantFrom<string>('a', 'A', 'a b', 'A_B', 'c', 'C-'), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(anyOptions, anyOptions, (one, other) => {
        const { map } = matchedByName([], options(...one), options(...other));
        expect(matchedByName(map, options(...one), options(...other)).added).toBe(0);
        expect(map.every((pair) => one.includes(pair.hubspot))).toBe(true);
        expect(map.every((pair) => other.includes(pair.salesforce))).toBe(true);
      }),
    );
  });
});

const draft = { document: DEFAULT_SETTINGS, mappings: ALL };

describe('Changes of many mappings', () => {
  it('set the rule of those that were chosen, but no fixed one', () => {
    const changed = setRules(draft, new Set(ALL.map(idOf)), 'off').mappings;
    expect(changed.map(({ rule }) => rule)).toEqual(['off', 'twoWay', 'off', 'off']);
    expect(changed[0]?.ruleLabel).toBe('Don’t sync');
    expect(setRules(draft, new Set(), 'off')).toEqual(draft);
  });

  it('by an import add, change and leave mappings, and say what is in the way', () => {
    const imported = [
      { line: 2, mapping: { ...CITY, rule: 'twoWay', ruleLabel: 'Two-way' } as const },
      { line: 3, mapping: FAVOURITE },
      {
        line: 4,
        mapping: {
          ...FAVOURITE,
          hubspotProperty: 'shoe',
          leadField: 'Shoe__c',
          contactField: null,
        },
      },
      {
        line: 5,
        mapping: { ...FAVOURITE, hubspotProperty: 'hat', leadField: 'City', contactField: null },
      },
    ];
    const plan = importInto(draft, imported);
    expect(plan.added.map(({ hubspotProperty }) => hubspotProperty)).toEqual(['shoe']);
    expect(plan.changed.map(({ after }) => after.rule)).toEqual(['twoWay']);
    expect(plan.same).toBe(1);
    expect(plan.blocked).toEqual([
      { line: 5, sentence: 'The lead field City is already mapped to City.' },
    ]);
    expect(plan.draft.mappings).toHaveLength(5);
  });

  it('by an import may swap fields', () => {
    const swapped = [
      { line: 2, mapping: { ...FAVOURITE, leadField: 'Broken__c', contactField: null } },
      { line: 3, mapping: { ...BROKEN, leadField: 'Colour__c', contactField: null } },
    ];
    expect(importInto(draft, swapped)).toMatchObject({ blocked: [], changed: [{}, {}] });
  });

  it('are offered to be filled in where they are new or other than before', () => {
    const changed = { ...FAVOURITE, rule: 'alwaysHubSpot' } as const;
    const off = { ...CITY, rule: 'off' } as const;
    expect(toBackfill([CITY, FAVOURITE], [off, changed, BROKEN])).toEqual([changed]);
    expect(toBackfill(ALL, ALL)).toEqual([]);
    expect(toBackfill([CITY], [{ ...CITY, valueMapIsDefault: false }])).toHaveLength(1);
  });
});

describe('The effect of a draft', () => {
  it('is added up over the samples', () => {
    const effect = (changes: Partial<SettingsEffect>): SettingsEffect => ({
      looked: 100,
      changed: 1,
      stopped: 0,
      resumed: 0,
      fields: [{ side: 'hubspot', field: 'City', records: 1, cleared: 1 }],
      leftOut: [{ field: 'Rating', records: 2, example: 'No.' }],
      examples: [],
      after: '100',
      ...changes,
    });
    const more = effect({
      fields: [{ side: 'salesforce', field: 'City', records: 5, cleared: 0 }],
      after: null,
    });
    expect(addedUp([effect({}), effect({}), more])).toMatchObject({
      looked: 300,
      changed: 3,
      fields: [
        { side: 'salesforce', field: 'City', records: 5 },
        { side: 'hubspot', field: 'City', records: 2, cleared: 2 },
      ],
      leftOut: [{ field: 'Rating', records: 6 }],
      after: null,
    });
    expect(addedUp([])).toBeUndefined();
  });
});
