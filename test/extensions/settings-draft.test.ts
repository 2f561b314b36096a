// The pure parts of the settings page: the draft and what saving it sends, and the form's entry.
import { describe, expect, it } from 'vitest';
import {
  documentOf,
  draftOf,
  isChanged,
  putMapping,
  removeMapping,
  setRule,
} from '../../extensions/settings/draft.ts';
import { entryOf, withField } from '../../extensions/settings/mappings/mapping-entry.ts';
import { DEFAULT_RULE } from '../../extensions/ui/sync-rules.ts';
import { DEFAULT_MAPPINGS } from '../../src/engine/defaults.ts';
import { CHOICES, FAVOURITE, mapping, settings, withList } from './support/samples.ts';

const saved = settings();
const draft = draftOf(saved);

describe('A draft', () => {
  it('is unchanged at first', () => {
    expect(isChanged(saved, draft)).toBe(false);
  });

  it.each([
    ['a rule', setRule(draft, 'city', 'off')],
    ['a removed mapping', removeMapping(draft, 'favourite_colour')],
    ['a new mapping', putMapping(draft, mapping({ hubspotProperty: 'x', kind: 'custom' }), null)],
    ['the inclusion list', { ...draft, document: withList('7') }],
    [
      'a value map',
      putMapping(
        draft,
        { ...FAVOURITE, valueMap: [{ hubspot: 'red', salesforce: 'Red' }] },
        'favourite_colour',
      ),
    ],
  ])('is changed by %s', (_what, changed) => {
    expect(isChanged(saved, changed)).toBe(true);
  });

  it('is unchanged once a change is taken back', () => {
    const changed = setRule(draft, 'city', 'off');
    expect(isChanged(saved, setRule(changed, 'city', DEFAULT_RULE))).toBe(false);
  });

  it('leaves fixed rules and default mappings alone', () => {
    expect(setRule(draft, 'hubspot_owner_id', 'off')).toEqual(draft);
    expect(removeMapping(draft, 'city')).toEqual(draft);
  });

  it('keeps a mapping in its place when it changes, even its property', () => {
    const moved = { ...FAVOURITE, hubspotProperty: 'shoe_size' };
    const { mappings } = putMapping(draft, moved, 'favourite_colour');
    expect(mappings.map(({ hubspotProperty }) => hubspotProperty)).toEqual([
      'city',
      'hubspot_owner_id',
      'shoe_size',
    ]);
  });
});

describe('What saving sends', () => {
  it('names only the default mappings whose rule was changed', () => {
    expect(documentOf(draft).mappings.defaultRules).toEqual({});
    expect(documentOf(setRule(draft, 'city', 'twoWay')).mappings.defaultRules).toEqual({
      city: 'twoWay',
    });
  });

  it('names only the value maps that an admin changed', () => {
    const map = [{ hubspot: 'a', salesforce: 'b' }];
    expect(documentOf(draft).mappings.defaultValueMaps).toEqual({});
    const changed = {
      ...draft,
      mappings: [mapping({ valueMap: map, valueMapIsDefault: false })],
    };
    expect(documentOf(changed).mappings.defaultValueMaps).toEqual({ city: map });
  });

  it('may leave the others out: they have that rule by themselves', () => {
    for (const { hubspotProperty, rule, ruleLocked } of DEFAULT_MAPPINGS) {
      if (!ruleLocked) expect(rule, hubspotProperty).toBe(DEFAULT_RULE);
    }
  });
});

describe('Choosing fields for a mapping', () => {
  const around = { choices: CHOICES, mappings: [], editing: null };
  const empty = entryOf(null);

  it('fills in the field of the same API name on the other object, either way round', () => {
    expect(withField(empty, 'leadField', 'Colour__c', around).contactField).toBe('Colour__c');
    expect(withField(empty, 'contactField', 'Colour__c', around).leadField).toBe('Colour__c');
  });

  it('fills in nothing where there is none', () => {
    expect(withField(empty, 'leadField', 'Rating', around).contactField).toBeNull();
  });

  it('fills in nothing that another mapping has', () => {
    const entry = withField(empty, 'leadField', 'Colour__c', { ...around, mappings: [FAVOURITE] });
    expect(entry).toMatchObject({ leadField: 'Colour__c', contactField: null });
  });

  it('follows a second choice', () => {
    const first = withField(empty, 'leadField', 'Colour__c', around);
    expect(withField(first, 'leadField', 'Shoe_Size__c', around).contactField).toBe('Shoe_Size__c');
    expect(withField(first, 'leadField', 'Rating', around).contactField).toBeNull();
  });

  it('never changes what was chosen by hand, or was there', () => {
    const first = withField(empty, 'leadField', 'Colour__c', around);
    const byHand = withField(first, 'contactField', 'Department', around);
    expect(byHand.leadField).toBe('Colour__c');
    expect(withField(byHand, 'leadField', 'Shoe_Size__c', around).contactField).toBe('Department');
    const edited = withField(entryOf(FAVOURITE), 'contactField', 'Department', {
      ...around,
      mappings: [FAVOURITE],
      editing: 'favourite_colour',
    });
    expect(edited.leadField).toBe('Colour__c');
  });
});
