// What HubSpot takes as the definition of a new property or group (hubspot-api §2.4). The text for a bool
// without its two options is one seen in the wild.
import { z } from 'zod';
import { invalidRequest, Refused } from '../errors.ts';
import type { PropertyDefinition, PropertyOption } from '../schema/property.ts';
import type { PropertyRegistry } from './registry.ts';

export const optionSchema = z.object({
  label: z.string().min(1),
  value: z.string().min(1),
  description: z.string().optional(),
  displayOrder: z.number().optional(),
  hidden: z.boolean().default(false),
});

export const propertySchema = z.object({
  name: z.string(),
  label: z.string().min(1),
  type: z.enum(['bool', 'date', 'datetime', 'enumeration', 'number', 'phone_number', 'string']),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string().default(''),
  options: z.array(optionSchema).default([]),
  displayOrder: z.number().default(-1),
  hidden: z.boolean().default(false),
  formField: z.boolean().default(true),
  hasUniqueValue: z.boolean().default(false),
  referencedObjectType: z.enum(['OWNER']).nullish(),
});
export type NewProperty = z.infer<typeof propertySchema>;

export const groupSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: z.string().min(1),
  displayOrder: z.number().default(-1),
});

/** What may change later; without defaults, so that what isn't sent stays. */
export const propertyChangeSchema = z.object({
  label: z.string().min(1).optional(),
  type: propertySchema.shape.type.optional(),
  fieldType: z.string().optional(),
  groupName: z.string().optional(),
  description: z.string().optional(),
  options: z.array(optionSchema).optional(),
  displayOrder: z.number().optional(),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
});

const FIELD_TYPES: Readonly<Record<NewProperty['type'], readonly string[]>> = {
  bool: ['booleancheckbox', 'calculation_equation'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['booleancheckbox', 'checkbox', 'radio', 'select'],
  number: ['number', 'calculation_equation'],
  phone_number: ['phonenumber'],
  string: ['file', 'html', 'phonenumber', 'text', 'textarea'],
};

const MOST_UNIQUE_PROPERTIES = 10;

export function alreadyExists(name: string): Refused {
  return new Refused(409, {
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    message: `A property named '${name}' already exists.`,
    context: { name: [name] },
  });
}

export function groupAlreadyExists(name: string): Refused {
  return new Refused(409, {
    category: 'OBJECT_ALREADY_EXISTS',
    subCategory: 'Properties.GROUP_WITH_NAME_EXISTS',
    message: `A property group named '${name}' already exists.`,
    context: { name: [name] },
  });
}

export function numbered(options: readonly z.infer<typeof optionSchema>[]): PropertyOption[] {
  return options.map(({ description, ...option }, index) => ({
    ...option,
    ...(description === undefined ? {} : { description }),
    displayOrder: option.displayOrder ?? index,
  }));
}

/** @param at ISO */
export function toDefinition(
  given: NewProperty,
  registry: PropertyRegistry,
  at: string,
): PropertyDefinition {
  const name = given.name.toLowerCase();
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw invalidRequest(
      `Property name '${given.name}' is invalid: it must begin with a letter and hold only lower-case letters, digits and underscores.`,
    );
  if (registry.get(name)) throw alreadyExists(name);
  if (!registry.group(given.groupName))
    throw invalidRequest(`Property group '${given.groupName}' does not exist.`);
  checkType(given);
  if (given.hasUniqueValue && registry.uniqueNames().length >= MOST_UNIQUE_PROPERTIES)
    throw invalidRequest(
      `At most ${MOST_UNIQUE_PROPERTIES} properties of an object can have unique values.`,
    );
  const { referencedObjectType, options, ...rest } = given;
  return {
    ...rest,
    name,
    options: numbered(options),
    hubspotDefined: false,
    calculated: false,
    readOnlyValue: false,
    referencedObjectType: referencedObjectType ?? null,
    createdAt: at,
    updatedAt: at,
  };
}

export function checkType(
  property: Pick<NewProperty, 'type' | 'fieldType' | 'options'> & { hasUniqueValue?: boolean },
): void {
  const { type, fieldType, options, hasUniqueValue } = property;
  if (!FIELD_TYPES[type].includes(fieldType))
    throw invalidRequest(`fieldType '${fieldType}' is not valid for type '${type}'.`);
  const values = options.map(({ value }) => value);
  if (type === 'bool' && values.toSorted().join() !== 'false,true')
    throw invalidRequest(
      "Boolean properties must have exactly two options; one with a value of 'true', the other with a value of 'false'.",
    );
  if (
    new Set(values).size !== values.length ||
    new Set(options.map(({ label }) => label)).size !== values.length
  )
    throw invalidRequest('The options of a property must have unique values and labels.');
  if (hasUniqueValue === true && type !== 'string' && type !== 'number')
    throw invalidRequest(`A property of type '${type}' cannot have unique values.`);
}
