// What a condition can look at, as a person chooses it: names, types in words, and the options there are. Owners and
// users are options too.
import type { HubSpotProperty, SalesforceField } from '../engine/fields.ts';
import {
  hubspotKind,
  hubspotTypeLabel,
  salesforceKind,
  salesforceTypeLabel,
  type HubSpotKind,
  type SalesforceKind,
} from '../engine/types.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { People } from '../sync/catalogue.ts';
import type { CallAnswer, CallParameters } from './contract.ts';
import type { ConditionFieldView, ConditionKind } from './condition-contract.ts';

/** More than that nobody picks from a list, and an answer has a size. */
const MOST_OPTIONS = 400;

const OF_HUBSPOT: Readonly<Record<HubSpotKind, ConditionKind | null>> = {
  text: 'text',
  select: 'option',
  checkboxes: 'options',
  bool: 'checkbox',
  number: 'number',
  date: 'date',
  datetime: 'dateTime',
  owner: 'option',
  unmappable: null,
};

const OF_SALESFORCE: Readonly<Record<SalesforceKind, ConditionKind | null>> = {
  text: 'text',
  email: 'text',
  textarea: 'text',
  // Salesforce shows only a mask of it.
  encrypted: null,
  combobox: 'text',
  picklist: 'option',
  multipicklist: 'options',
  boolean: 'checkbox',
  int: 'number',
  decimal: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'dateTime',
  id: 'text',
  reference: 'text',
  user: 'option',
  unmappable: null,
};

type Options = ConditionFieldView['options'];

export async function conditionFields(
  pipeline: Pipeline,
  { of }: CallParameters<'get-condition-choices'>,
): Promise<CallAnswer<'get-condition-choices'>> {
  const { schemas, people } = await pipeline.workspaces.current();
  const fields =
    of === 'HubSpot'
      ? [...schemas.hubspot.values()].map((property) => ofHubSpot(property, people))
      : [...schemas.salesforce[of].values()].map((field) => ofSalesforce(field, people));
  return {
    fields: fields
      .filter((field) => field !== null)
      .sort((one, other) => one.label.localeCompare(other.label)),
  };
}

function ofHubSpot(property: HubSpotProperty, { owners }: People): ConditionFieldView | null {
  const { name, label } = property;
  const kind = hubspotKind(property);
  const options = (kind === 'owner' ? named(owners) : property.options).map(
    ({ value, label: text }) => ({ value, label: text }),
  );
  return field({ name, label, type: hubspotTypeLabel(property) }, OF_HUBSPOT[kind], options);
}

function ofSalesforce(one: SalesforceField, { users, queues }: People): ConditionFieldView | null {
  const { name, label, picklistValues, referenceTo } = one;
  const kind = salesforceKind(one);
  const holders = referenceTo.includes('Group') ? [...users, ...queues] : users;
  const options = kind === 'user' ? named(holders) : [...picklistValues];
  return field({ name, label, type: salesforceTypeLabel(one) }, OF_SALESFORCE[kind], options);
}

function field(
  known: Pick<ConditionFieldView, 'name' | 'label' | 'type'>,
  kind: ConditionKind | null,
  options: Options,
): ConditionFieldView | null {
  if (kind === null) return null;
  const isChosen = kind === 'option' || kind === 'options';
  if (!isChosen) return { ...known, kind, options: kind === 'checkbox' ? options : [] };
  const canBeChosen = options.length > 0 && options.length <= MOST_OPTIONS;
  return canBeChosen ? { ...known, kind, options } : { ...known, kind: 'text', options: [] };
}

const named = (people: readonly { readonly id: string; readonly name: string }[]): Options =>
  people
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((one, other) => one.label.localeCompare(other.label));
