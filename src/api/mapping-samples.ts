// A mapping beside real records: what both sides hold of a handful of pairs, and what each rule would do to them. In a
// few calls: a page of pairs is read on both sides, and the most telling of them are shown. Values go to admins only,
// and nowhere else.
import type { SalesforceObject } from '../engine/fields.ts';
import { countryFieldOf } from '../engine/address-fields.ts';
import type { Link } from '../engine/link.ts';
import { checkSide, fieldPairOf, type FieldPair } from '../engine/mapping.ts';
import {
  effectOn,
  madeUpValues,
  ruleExamples,
  withRule,
  type ExampleValues,
  type MappingEffect,
  type RuleExample,
} from '../engine/mapping-effect.ts';
import type { PropertyTimes } from '../engine/plan-fields.ts';
import { explain } from '../engine/reasons.ts';
import type { HubSpotContact, SalesforceRecord, SalesforceValue } from '../engine/records.ts';
import { CHOOSABLE_RULES, type ChoosableRule } from '../engine/rules.ts';
import { shownValue } from '../engine/values.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Ports, Workspace } from '../sync/workspace.ts';
import type { CallAnswer, CONTRACT, MappingSample } from './contract.ts';
import { shownInHubSpot, shownInSalesforce } from './field-views.ts';
import { WHO, whoIs } from './person.ts';
import { wantedMapping } from './wanted-mapping.ts';
import type { z } from 'zod';

/** What HubSpot reads in one call. */
const LOOKED_AT = 100;
const SHOWN = 5;

type Asked = z.output<(typeof CONTRACT)['get-mapping-samples']['parameters']>;
type Sides = Readonly<Record<SalesforceObject, FieldPair | null>>;

interface Found {
  readonly link: Link;
  readonly pair: FieldPair;
  readonly contact: HubSpotContact;
  readonly record: SalesforceRecord;
  readonly hubspot: string | null;
  readonly salesforce: SalesforceValue;
}

export async function mappingSamples(
  pipeline: Pipeline,
  asked: Asked,
): Promise<CallAnswer<'get-mapping-samples'>> {
  const { ports } = pipeline;
  const workspace = await pipeline.workspaces.current();
  const sides = sidesOf(asked, workspace);
  const found = await pairsBehind(sides, ports);
  const shown = mostTelling(found);
  const times = await timesOf(shown, asked.hubspotProperty, ports);
  const example = exampleFor(found, sides);
  return {
    samples: shown.map((one) => sampleOf(one, times.get(one.contact.id) ?? {}, workspace)),
    looked: found.length,
    examples: byRule((rule) =>
      example === null
        ? []
        : ruleExamples(withRule(example.pair, rule), example.object, example.values).map((each) =>
            inWords(each, example.pair, workspace),
          ),
    ),
    examplesAreReal: example?.isReal ?? false,
  };
}

const byRule = <Value>(valueOf: (rule: ChoosableRule) => Value): Record<ChoosableRule, Value> =>
  // TypeScript can't follow that the entries name every rule.
  Object.fromEntries(CHOOSABLE_RULES.map((rule) => [rule, valueOf(rule)])) as Record<
    ChoosableRule,
    Value
  >;

function sidesOf(asked: Asked, workspace: Workspace): Sides {
  const mapping = wantedMapping(asked);
  const { schemas, owners } = workspace;
  const { settings } = workspace.settings;
  const side = (object: SalesforceObject, name: string | null): FieldPair | null =>
    name === null || checkSide(mapping, object, schemas).verdict === 'refused'
      ? null
      : fieldPairOf(mapping, object, { settings, schemas, owners });
  return { Lead: side('Lead', asked.leadField), Contact: side('Contact', asked.contactField) };
}

async function pairsBehind(sides: Sides, { store, hubspot, salesforce }: Ports): Promise<Found[]> {
  const property = (sides.Lead ?? sides.Contact)?.property.name;
  if (property === undefined) return [];
  const links = (await store.links.page({ which: 'paired' }, null, LOOKED_AT)).filter(
    ({ salesforceObject }) => salesforceObject !== null && sides[salesforceObject] !== null,
  );
  if (links.length === 0) return [];
  const idsOf = (object: SalesforceObject): string[] =>
    links.flatMap(({ salesforceObject, salesforceId }) =>
      salesforceObject === object && salesforceId !== null ? [salesforceId] : [],
    );
  const fieldsOf = (pair: FieldPair | null): string[] =>
    pair === null ? [] : [pair.field.name, countryFieldOf(pair.field.name) ?? []].flat();
  const [contacts, records] = await Promise.all([
    hubspot.contacts.readByIds(
      links.flatMap(({ hubspotId }) => hubspotId ?? []),
      [property, ...WHO],
    ),
    salesforce.records.read(
      { ids: { Lead: idsOf('Lead'), Contact: idsOf('Contact') }, emails: [] },
      { Lead: fieldsOf(sides.Lead), Contact: fieldsOf(sides.Contact) },
    ),
  ]);
  const byId = new Map(records.map((record) => [record.id, record]));
  return links.flatMap((link): Found[] => {
    const contact = contacts.get(link.hubspotId ?? '');
    const record = byId.get(link.salesforceId ?? '');
    const pair = record && sides[record.object];
    if (!contact || !record || !pair) return [];
    return [
      {
        link,
        pair,
        contact,
        record,
        hubspot: contact.properties[pair.property.name] || null,
        salesforce: record.fields[pair.field.name] ?? null,
      },
    ];
  });
}

const isBlank = (value: SalesforceValue): boolean => value === null || value === '';

/** Those that differ with a value on both sides first, then those with one value, then those that agree. */
function mostTelling(found: readonly Found[]): Found[] {
  const weight = ({ pair, hubspot, salesforce }: Found): number => {
    if (isBlank(hubspot) && isBlank(salesforce)) return 3;
    const read = pair.conversion.fromHubSpot(hubspot);
    const isSame = read.ok && read.value === pair.conversion.fromSalesforce(salesforce);
    if (isSame) return 2;
    return isBlank(hubspot) || isBlank(salesforce) ? 1 : 0;
  };
  return found.toSorted((one, other) => weight(one) - weight(other)).slice(0, SHOWN);
}

/** When the property was changed, which only a difference that both sides made depends on. */
async function timesOf(
  shown: readonly Found[],
  property: string,
  { hubspot }: Ports,
): Promise<ReadonlyMap<string, PropertyTimes>> {
  const ids = shown.flatMap(({ contact, hubspot: one, salesforce: other }) =>
    isBlank(one) || isBlank(other) || one === String(other) ? [] : [contact.id],
  );
  return ids.length === 0 ? new Map() : hubspot.contacts.readPropertyTimes(ids, [property]);
}

function sampleOf(
  { link, pair, contact, record, hubspot, salesforce }: Found,
  times: PropertyTimes,
  workspace: Workspace,
): MappingSample {
  const known = { link, base: link.base, times };
  const hubspotValue = shownInHubSpot(hubspot, pair, workspace);
  const salesforceValue = shownInSalesforce(salesforce, pair, workspace);
  return {
    who: whoIs(contact),
    object: record.object,
    hubspotValue: hubspotValue && shownValue(hubspotValue),
    salesforceValue: salesforceValue && shownValue(salesforceValue),
    effects: byRule((rule) =>
      effectInWords(effectOn(withRule(pair, rule), contact, record, known), pair, workspace),
    ),
  };
}

/** Two values that differ, real ones where there are any. */
function exampleFor(
  found: readonly Found[],
  sides: Sides,
): {
  readonly pair: FieldPair;
  readonly object: SalesforceObject;
  readonly values: ExampleValues;
  readonly isReal: boolean;
} | null {
  for (const { pair, record, hubspot } of found) {
    const read = pair.conversion.fromHubSpot(hubspot);
    if (hubspot === null || !read.ok || read.value === null) continue;
    const other = found.find(
      (one) =>
        one.pair === pair &&
        !isBlank(one.salesforce) &&
        pair.conversion.fromSalesforce(one.salesforce) !== read.value,
    );
    if (other)
      return {
        pair,
        object: record.object,
        values: { hubspot, salesforce: other.salesforce },
        isReal: true,
      };
  }
  for (const object of ['Lead', 'Contact'] as const) {
    const pair = sides[object];
    const values = pair && madeUpValues(pair.property, pair.field);
    if (pair && values) return { pair, object, values, isReal: false };
  }
  return null;
}

function effectInWords(effect: MappingEffect, pair: FieldPair, workspace: Workspace): string {
  if (effect.kind === 'same') return 'Nothing changes: both sides mean the same.';
  if (effect.kind === 'left')
    return effect.reason === null
      ? 'Nothing changes.'
      : `Nothing changes. ${explain(effect.reason).sentence}`;
  const value =
    effect.to === 'hubspot'
      ? shownInHubSpot(effect.raw === null ? null : String(effect.raw), pair, workspace)
      : shownInSalesforce(effect.raw, pair, workspace);
  const side = effect.to === 'hubspot' ? 'HubSpot' : 'Salesforce';
  return value === null ? `${side} is cleared.` : `${side} becomes ${shownValue(value)}.`;
}

function inWords(example: RuleExample, pair: FieldPair, workspace: Workspace): string {
  const { newer, clearedIn, effect } = example;
  const hubspot = shownInHubSpot(example.hubspot, pair, workspace);
  const salesforce = shownInSalesforce(example.salesforce, pair, workspace);
  const became = effectInWords(effect, pair, workspace);
  if (clearedIn !== null) {
    const value = shownValue(hubspot ?? salesforce ?? '');
    const side = clearedIn === 'hubspot' ? 'HubSpot' : 'Salesforce';
    return `Both had ${value}, and somebody clears it in ${side} → ${became}`;
  }
  const has = (side: string, value: string | null): string =>
    `${side} has ${value === null ? 'nothing' : shownValue(value)}`;
  const newest =
    newer === null ? '' : ` and ${newer === 'hubspot' ? 'HubSpot' : 'Salesforce'}’s is newer`;
  return `${has('HubSpot', hubspot)}, ${has('Salesforce', salesforce)}${newest} → ${became}`;
}
