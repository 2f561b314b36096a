// The 29 fields that HubSpot's own connector maps, and a custom mapping of every pair of types: each is
// edited on each side over HTTP, filled, changed and cleared, and found on the other side as the rule
// demands. The rules are in `support/rule-outcomes.ts`, the values in `support/field-values.ts`, both for
// people to read; a few hundred people are edited at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_MAPPINGS, type DefaultMapping } from '../../src/engine/defaults.ts';
import { SALESFORCE_OBJECTS, type SalesforceObject } from '../../src/engine/fields.ts';
import {
  CHOOSABLE_RULES,
  RULE_TEXTS,
  type ChoosableRule,
  type Rule,
} from '../../src/engine/rules.ts';
import {
  expectNothingToWrite,
  nameOfSide,
  play,
  type FieldCase,
  type Played,
} from './support/field-edits.ts';
import { CUSTOM_FIELDS, defaultFieldValues, type FieldValues } from './support/field-values.ts';
import { outcomeOf, type Action } from './support/rule-outcomes.ts';
import { THE_29_FIELDS } from './support/the-29-fields.ts';
import { createWorld, type World } from './support/world.ts';

const SIDES = ['hubspot', 'salesforce'] as const;
const ACTIONS: readonly Action[] = ['filled', 'changed', 'cleared'];
/** Ids of the org’s accounts, from when there is an org. */
const accounts: [string, string] = ['', ''];

interface MappedField {
  readonly label: string;
  readonly hubspotProperty: string;
  readonly object: SalesforceObject;
  readonly salesforceField: string;
  readonly rule: Rule;
  readonly values: (unique: string) => FieldValues;
}

/** HubSpot lists the address fields of leads and of contacts by their own labels (native-connector §1.1). */
function labelOn(object: SalesforceObject, labels: readonly string[]): string {
  const mailing = labels.find((label) => label.startsWith('Mailing'));
  return (
    (object === 'Contact' ? mailing : labels.find((label) => label !== mailing)) ?? labels[0] ?? ''
  );
}

const fieldOn = (
  object: SalesforceObject,
  mapping: Pick<DefaultMapping, 'leadField' | 'contactField'>,
) => (object === 'Lead' ? mapping.leadField : mapping.contactField);

/** The default mappings under a rule; a locked one has its own rule and is edited once, not under each. */
const defaultFields = (rule: ChoosableRule): MappedField[] =>
  DEFAULT_MAPPINGS.filter(
    ({ ruleLocked }) => !ruleLocked || rule === 'preferSalesforceUnlessBlank',
  ).flatMap((mapping) =>
    SALESFORCE_OBJECTS.flatMap((object): MappedField[] => {
      const salesforceField = fieldOn(object, mapping);
      if (salesforceField === null) return [];
      const { hubspotProperty, labels, ruleLocked } = mapping;
      return [
        {
          label: labelOn(object, labels),
          hubspotProperty,
          object,
          salesforceField,
          rule: ruleLocked ? mapping.rule : rule,
          values: (unique) => valuesOf(hubspotProperty, unique),
        },
      ];
    }),
  );

function valuesOf(hubspotProperty: string, unique: string): FieldValues {
  const values = defaultFieldValues(accounts, unique)[hubspotProperty];
  if (!values) throw new Error(`no values to type into ${hubspotProperty}`);
  return values;
}

const customFields = (rule: ChoosableRule): MappedField[] =>
  CUSTOM_FIELDS.flatMap(({ label, mapping, values }) =>
    SALESFORCE_OBJECTS.map((object) => ({
      label,
      hubspotProperty: mapping.hubspotProperty,
      object,
      salesforceField: fieldOn(object, mapping) ?? '',
      rule,
      values: () => values,
    })),
  );

const casesOf = (fields: readonly MappedField[]): FieldCase[] =>
  fields.flatMap((field) =>
    SIDES.flatMap((side) =>
      ACTIONS.flatMap((action): FieldCase[] => {
        const outcome = outcomeOf({ ...field, side, action });
        return outcome === null ? [] : [{ ...field, side, action, outcome }];
      }),
    ),
  );

async function createWorldWithAccounts(): Promise<World> {
  const world = await createWorld();
  const [one = '', other = ''] = world.salesforce.org.seed([
    { object: 'Account', fields: { Name: 'Acme Ltd' } },
    { object: 'Account', fields: { Name: 'Acme Holding' } },
  ]);
  accounts.splice(0, 2, one, other);
  return world;
}

const DEFAULT_RULE: ChoosableRule = 'preferSalesforceUnlessBlank';

/** Rules as an admin chooses them; the default rule needs no choosing. */
const settingsWith = (rule: ChoosableRule): object => ({
  mappings: {
    defaultRules:
      rule === DEFAULT_RULE
        ? {}
        : Object.fromEntries(
            DEFAULT_MAPPINGS.filter(({ ruleLocked }) => !ruleLocked).map(({ hubspotProperty }) => [
              hubspotProperty,
              rule,
            ]),
          ),
    custom: CUSTOM_FIELDS.map(({ mapping }) => ({ ...mapping, rule })),
  },
});

it('edits the 29 fields of HubSpot’s list and no others', () => {
  const listed = THE_29_FIELDS.flatMap(([label, hubspotProperty, leadField, contactField]) => [
    ...(leadField === null
      ? []
      : [{ label, hubspotProperty, salesforceField: `Lead.${leadField}` }]),
    ...(contactField === null
      ? []
      : [{ label, hubspotProperty, salesforceField: `Contact.${contactField}` }]),
  ]);
  const edited = defaultFields(DEFAULT_RULE).map(
    ({ label, hubspotProperty, object, salesforceField }) => ({
      label,
      hubspotProperty,
      salesforceField: `${object}.${salesforceField}`,
    }),
  );
  expect(THE_29_FIELDS).toHaveLength(29);
  expect(new Set(edited)).toEqual(new Set(listed));
});

describe.each(CHOOSABLE_RULES.map((rule) => ({ rule, ruleLabel: RULE_TEXTS[rule].label })))(
  'Under the rule “$ruleLabel”',
  ({ rule }) => {
    const cases = casesOf([...defaultFields(rule), ...customFields(rule)]);
    let world: World;
    let played: readonly Played[] = [];
    beforeAll(async () => {
      world = await createWorldWithAccounts();
      await world.configure(settingsWith(rule));
      played = await play(world, cases);
    }, 60_000);
    afterAll(() => world.close());

    it.each(
      cases.map((one, index) => ({
        ...one,
        index,
        where: nameOfSide[one.side],
        fate: one.outcome.fate,
      })),
    )('$label of a $object, $action in $where: $fate', ({ index, outcome }) => {
      const one = played[index];
      expect(one?.ended).toEqual(one?.demanded);
      expect(one?.refusedBySalesforce).toBe(outcome.fate === 'refused by Salesforce');
      expect(one?.reasons).toEqual(outcome.says === null ? [] : [outcome.says]);
    });

    it('then looks at everybody again and writes nothing', () => expectNothingToWrite(world));
  },
);
