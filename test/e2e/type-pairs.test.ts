// Every pair of field types that may be mapped to each other, two-way: edited on each side over HTTP and
// found on the other side, and afterwards nothing moves any more. Conversions meet the CRMs' own spelling,
// rounding and options here, and have to come back the way they went.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubspotUserIn } from './support/crm-users.ts';
import {
  expectNothingToWrite,
  nameOfSide,
  play,
  type FieldCase,
  type Played,
} from './support/field-edits.ts';
import { outcomeOf, type Action } from './support/rule-outcomes.ts';
import { TYPE_PAIRS_ON_LEADS, typePairsOnContacts, type TypePair } from './support/type-pairs.ts';
import { createWorld, type World } from './support/world.ts';

const SIDES = ['hubspot', 'salesforce'] as const;
const ACTIONS: readonly Action[] = ['filled', 'changed', 'cleared'];

const casesOf = (pair: TypePair): FieldCase[] =>
  SIDES.flatMap((side) =>
    ACTIONS.flatMap((action): FieldCase[] => {
      const { label, object, salesforceField, onlyFromSalesforce, property, values } = pair;
      const edit = {
        hubspotProperty: property.name,
        object,
        rule: 'twoWay',
        side,
        action,
      } as const;
      const outcome =
        side === 'hubspot' && onlyFromSalesforce !== null
          ? { fate: 'stays' as const, says: onlyFromSalesforce }
          : outcomeOf(edit);
      return outcome === null
        ? []
        : [{ ...edit, label, salesforceField, values: () => values, outcome }];
    }),
  );

const settingsFor = (pairs: readonly TypePair[]): object => ({
  mappings: {
    // Default mappings of fields that are needed for others here.
    defaultRules: { description: 'off', numemployees: 'off' },
    custom: pairs.map(({ property, object, salesforceField }) => ({
      hubspotProperty: property.name,
      leadField: object === 'Lead' ? salesforceField : null,
      contactField: object === 'Contact' ? salesforceField : null,
      rule: 'twoWay',
    })),
  },
});

/** Two colleagues to point to; they have no e-mail address, so they don't sync themselves. */
const colleagues: [string, string] = ['', ''];

const PAIRS_BY_WORLD: readonly {
  readonly name: string;
  readonly pairs: () => readonly TypePair[];
}[] = [
  { name: 'Custom mappings of contacts', pairs: () => typePairsOnContacts(colleagues) },
  ...TYPE_PAIRS_ON_LEADS.map((pair) => ({
    name: `A custom mapping of leads, ${pair.label}`,
    pairs: () => [pair],
  })),
];

describe.each(PAIRS_BY_WORLD)('$name', ({ pairs }) => {
  let world: World;
  let played: readonly Played[] = [];
  const cases = pairs().flatMap(casesOf);

  beforeAll(async () => {
    world = await createWorld();
    const ids = world.salesforce.org.seed(
      ['Ada', 'Bo'].map((FirstName) => ({
        object: 'Contact',
        fields: { FirstName, LastName: 'Chief' },
      })),
    );
    colleagues.splice(0, 2, ids[0] ?? '', ids[1] ?? '');
    const hubspotUser = hubspotUserIn(world);
    for (const { property } of pairs()) await hubspotUser.addProperty(property);
    world.refresh();
    await world.configure(settingsFor(pairs()));
    // The same cases, with the ids the org gave.
    played = await play(world, pairs().flatMap(casesOf));
  }, 60_000);
  afterAll(() => world.close());

  it.each(
    cases.map((one, index) => ({
      ...one,
      index,
      where: nameOfSide[one.side],
      fate: one.outcome.fate,
    })),
  )('$label, $action in $where: $fate', ({ index, outcome }) => {
    const one = played[index];
    expect(one?.ended).toEqual(one?.demanded);
    expect(one?.reasons).toEqual(outcome.says === null ? [] : [outcome.says]);
  });

  it('then looks at everybody again and writes nothing', () => expectNothingToWrite(world));
});
