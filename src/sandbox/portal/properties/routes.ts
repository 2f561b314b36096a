// Properties of contacts and their groups: /crm/properties/contacts (hubspot-api §2.4). Other objects'
// properties are not modelled.
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { batchAnswer, bodyOf, pathPart, type Call, type Routes } from '../call.ts';
import { invalidRequest, notFound, Refused } from '../errors.ts';
import { presentProperty, type PropertyDefinition } from '../schema/property.ts';
import {
  checkType,
  groupAlreadyExists,
  groupSchema,
  numbered,
  propertyChangeSchema,
  propertySchema,
  toDefinition,
  type NewProperty,
} from './definitions.ts';
import type { PropertyRegistry } from './registry.ts';

const namesSchema = z.object({ inputs: z.array(z.object({ name: z.string() })) });
const newPropertiesSchema = z.object({ inputs: z.array(propertySchema) });

/** @param onUnique told of a new property with unique values, so that contacts are found by it */
export function propertyRoutes(
  registry: PropertyRegistry,
  clock: Clock,
  onUnique: (name: string) => void,
): Routes {
  const now = (): string => new Date(clock.now()).toISOString();

  const create = (given: NewProperty): Record<string, unknown> => {
    const property = toDefinition(given, registry, now());
    registry.put(property);
    if (property.hasUniqueValue) onUnique(property.name);
    return presentProperty(property);
  };

  const named = (call: Call): PropertyDefinition => {
    const name = pathPart(call, 'propertyName');
    const property = registry.get(name);
    if (!property) throw notFound(`property named "${name}" does not exist`);
    return property;
  };

  return {
    'GET /crm/properties/contacts': () => ({
      status: 200,
      value: { results: registry.all().map(presentProperty) },
    }),

    'GET /crm/properties/contacts/{propertyName}': (call) => ({
      status: 200,
      value: presentProperty(named(call)),
    }),

    'POST /crm/properties/contacts': (call) => ({
      status: 201,
      value: create(bodyOf(call, propertySchema)),
    }),

    'PATCH /crm/properties/contacts/{propertyName}': (call) => {
      const property = named(call);
      const next = changed(property, call);
      registry.put({ ...next, updatedAt: now() });
      return { status: 200, value: presentProperty({ ...next, updatedAt: now() }) };
    },

    'DELETE /crm/properties/contacts/{propertyName}': (call) => {
      const property = named(call);
      if (property.hubspotDefined)
        throw invalidRequest(
          `Property '${property.name}' is defined by HubSpot and cannot be archived.`,
        );
      registry.remove(property.name);
      return { status: 204 };
    },

    'POST /crm/properties/contacts/batch/read': (call) => {
      const names = bodyOf(call, namesSchema).inputs.map(({ name }) => name);
      const known = names.flatMap((name) => registry.get(name) ?? []);
      const missing = names.filter((name) => !registry.get(name));
      const errors = missing.map((name) => ({
        status: 'error',
        ...notFound(`property named "${name}" does not exist`).body,
        context: { name: [name] },
      }));
      return batchAnswer(errors.length > 0 ? 207 : 200, now(), known.map(presentProperty), errors);
    },

    'POST /crm/properties/contacts/batch/create': (call) => {
      const results: unknown[] = [];
      const errors: unknown[] = [];
      for (const input of bodyOf(call, newPropertiesSchema).inputs) {
        try {
          results.push(create(input));
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          errors.push({ status: 'error', ...error.body });
        }
      }
      return batchAnswer(errors.length > 0 ? 207 : 201, now(), results, errors);
    },

    'GET /crm/properties/contacts/groups': () => ({
      status: 200,
      value: { results: registry.groups().map((group) => ({ ...group, archived: false })) },
    }),

    'GET /crm/properties/contacts/groups/{groupName}': (call) => {
      const group = registry.group(pathPart(call, 'groupName'));
      if (!group) throw notFound();
      return { status: 200, value: { ...group, archived: false } };
    },

    'POST /crm/properties/contacts/groups': (call) => {
      const group = bodyOf(call, groupSchema);
      if (registry.group(group.name)) throw groupAlreadyExists(group.name);
      registry.putGroup(group);
      return { status: 201, value: { ...group, archived: false } };
    },
  };
}

/** HubSpot's own properties keep their definition; only an enumeration's options may change. */
function changed(property: PropertyDefinition, call: Call): PropertyDefinition {
  const { options, ...change } = bodyOf(call, propertyChangeSchema);
  const fields = Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  );
  const mayChange = !property.hubspotDefined || Object.keys(fields).length === 0;
  if (!mayChange || (property.hubspotDefined && property.type !== 'enumeration'))
    throw invalidRequest(`The definition of property '${property.name}' is read only.`);
  const next: PropertyDefinition = {
    ...property,
    ...fields,
    options: options ? numbered(options) : property.options,
  };
  const type = propertySchema.shape.type.safeParse(next.type);
  if (!type.success) throw invalidRequest(`Type '${next.type}' cannot be set.`);
  checkType({ type: type.data, fieldType: next.fieldType, options: numbered([...next.options]) });
  return next;
}
