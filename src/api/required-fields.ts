// Fields that Salesforce insists on in a new lead or contact: what fills each, and what templates would put there.
import {
  SALESFORCE_OBJECTS,
  type SalesforceField,
  type SalesforceObject,
} from '../engine/fields.ts';
import type { FieldPair } from '../engine/mapping.ts';
import { isRequired, valueForField } from '../engine/required-fields.ts';
import type { HubSpotContact } from '../engine/records.ts';
import { fillIn, propertiesInTemplates, templateSchema } from '../engine/templates.ts';
import { salesforceTypeLabel } from '../engine/types.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { CallAnswer, CONTRACT } from './contract.ts';
import type { RequiredField } from './creation-contract.ts';
import { foundContact } from './people-calls.ts';
import { contactNotFound } from './record-view.ts';
import type { z } from 'zod';

type Tried = z.output<(typeof CONTRACT)['try-templates']['parameters']>;

export async function requiredFields(
  pipeline: Pipeline,
): Promise<CallAnswer<'get-required-fields'>> {
  const workspace = await pipeline.workspaces.current();
  const fields = requiredNames(workspace).map((name) => view(name, workspace));
  return { fields: fields.sort((one, other) => one.label.localeCompare(other.label)) };
}

const requiredOn = ({ schemas }: Workspace, object: SalesforceObject): SalesforceField[] =>
  [...schemas.salesforce[object].values()].filter(isRequired);

const requiredNames = (workspace: Workspace): string[] => [
  ...new Set(
    SALESFORCE_OBJECTS.flatMap((object) => requiredOn(workspace, object)).map(({ name }) => name),
  ),
];

function view(name: string, workspace: Workspace): RequiredField {
  const on = SALESFORCE_OBJECTS.flatMap((object) => {
    const field = requiredOn(workspace, object).find((one) => one.name === name);
    return field === undefined ? [] : [{ object, field, pair: pairOf(name, object, workspace) }];
  });
  const [first] = on;
  if (first === undefined) throw new Error(`${name} is not required on any object`);
  const { field } = first;
  return {
    name,
    label: field.label,
    type: salesforceTypeLabel(field),
    objects: on.map(({ object }) => object),
    mappedTo: on.find(({ pair }) => pair !== null)?.pair?.property.label ?? null,
    unmappedOn: on.flatMap(({ object, pair }) => (pair === null ? [object] : [])),
    options: field.restrictedPicklist ? field.picklistValues.map(({ label }) => label) : [],
    takesText: !NEVER_FILLED.has(field.type),
  };
}

const NEVER_FILLED: ReadonlySet<SalesforceField['type']> = new Set<SalesforceField['type']>([
  'multipicklist',
  'time',
  'address',
  'location',
  'encryptedstring',
  'base64',
  'anyType',
]);

const pairOf = (name: string, object: SalesforceObject, { table }: Workspace): FieldPair | null =>
  table.pairs[object].find(({ field }) => field.name === name) ?? null;

export async function triedTemplates(
  pipeline: Pipeline,
  { templates, contactId }: Tried,
): Promise<CallAnswer<'try-templates'>> {
  const workspace = await pipeline.workspaces.current();
  const checked = Object.entries(templates).map(
    ([field, template]) => [field, template, problemOf(template, workspace)] as const,
  );
  const usable = checked.flatMap(([field, template, problem]) =>
    problem === null ? [[field, template] as const] : [],
  );
  const asked = propertiesInTemplates(Object.fromEntries(usable));
  const sample = await sampleContact(pipeline, contactId, asked);
  const person = sample && foundContact(sample);
  return {
    sample: person && {
      contactId: person.contactId,
      name: person.name ?? person.email ?? `Contact ${person.contactId}`,
    },
    templates: Object.fromEntries(
      checked.map(([field, template, problem]) => [
        field,
        {
          problem,
          example:
            problem === null && sample !== null ? filled(field, template, sample, workspace) : null,
        },
      ]),
    ),
  };
}

function problemOf(template: string, { schemas }: Workspace): string | null {
  const text = templateSchema.safeParse(template);
  if (!text.success) return `The template ${text.error.issues[0]?.message ?? 'is not valid'}.`;
  const unknown = propertiesInTemplates({ template }).find((name) => !schemas.hubspot.has(name));
  return unknown === undefined ? null : `HubSpot has no contact property “${unknown}”.`;
}

async function sampleContact(
  { ports: { hubspot } }: Pipeline,
  contactId: string | null,
  asked: readonly string[],
): Promise<HubSpotContact | null> {
  const properties = [...new Set([...asked, 'firstname', 'lastname', 'email'])];
  if (contactId === null) {
    const { contacts } = await hubspot.contacts.list(null, properties);
    return contacts.find((contact) => Boolean(contact.properties.email)) ?? contacts[0] ?? null;
  }
  const contact = (await hubspot.contacts.readByIds([contactId], properties)).get(contactId);
  if (!contact || contact.archived) throw contactNotFound(contactId);
  return contact;
}

function filled(
  name: string,
  template: string,
  contact: HubSpotContact,
  workspace: Workspace,
): string | null {
  for (const object of SALESFORCE_OBJECTS) {
    const field = workspace.schemas.salesforce[object].get(name);
    if (field === undefined) continue;
    const pair = pairOf(name, object, workspace);
    const fits = (text: string): boolean =>
      pair === null ? valueForField(text, field) !== null : pair.conversion.toSalesforce(text).ok;
    // A mapped field has a template for those who lack the property.
    const lacking =
      pair === null
        ? contact
        : { ...contact, properties: { ...contact.properties, [pair.property.name]: null } };
    const text = fillIn(template, lacking, fits);
    return fits(text) ? text : null;
  }
  return fillIn(template, contact);
}
