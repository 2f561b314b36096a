// What the org has: fields, users, who and where it is.
import { z } from 'zod';
import type { SalesforceField, SalesforceFieldType } from '../engine/fields.ts';
import type { SalesforceConnection } from './connection.ts';
import type { SalesforceSchema, SalesforceUser } from './port.ts';
import { select } from './soql.ts';

const FIELD_TYPES: ReadonlySet<string> = new Set<SalesforceFieldType>([
  'id',
  'string',
  'textarea',
  'email',
  'phone',
  'url',
  'picklist',
  'multipicklist',
  'combobox',
  'boolean',
  'int',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'time',
  'reference',
  'address',
  'location',
  'encryptedstring',
  'base64',
  'long',
  'anyType',
]);

const isFieldType = (type: string): type is SalesforceFieldType => FIELD_TYPES.has(type);

const describeSchema = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      length: z.number().default(0),
      precision: z.number().default(0),
      scale: z.number().default(0),
      nillable: z.boolean(),
      createable: z.boolean(),
      updateable: z.boolean(),
      defaultedOnCreate: z.boolean(),
      calculated: z.boolean().default(false),
      restrictedPicklist: z.boolean().default(false),
      picklistValues: z
        .array(
          z.object({
            value: z.string(),
            label: z.string().nullish(),
            active: z.boolean().default(true),
          }),
        )
        .default([]),
      referenceTo: z.array(z.string()).default([]),
      externalId: z.boolean().default(false),
      unique: z.boolean().default(false),
    }),
  ),
});

const usersSchema = z.object({
  records: z.array(
    z.object({
      Id: z.string(),
      Email: z.string().nullable(),
      Name: z.string(),
      IsActive: z.boolean(),
    }),
  ),
  nextRecordsUrl: z.string().optional(),
});

export function schemaOver(connection: SalesforceConnection): SalesforceSchema {
  return {
    async describe(object) {
      const { fields } = describeSchema.parse(
        await connection.send({ method: 'GET', path: `/sobjects/${object}/describe` }),
      );
      return fields.map((field): SalesforceField => ({
        ...field,
        type: isFieldType(field.type) ? field.type : 'anyType',
        picklistValues: field.picklistValues
          .filter(({ active }) => active)
          .map(({ value, label }) => ({ value, label: label ?? value })),
      }));
    },

    async users() {
      const users: SalesforceUser[] = [];
      const soql = select({
        fields: ['Id', 'Email', 'Name', 'IsActive'],
        from: 'User',
        orderBy: ['Id'],
      });
      let path: string | undefined = `/query?q=${encodeURIComponent(soql)}`;
      while (path !== undefined) {
        const page: z.infer<typeof usersSchema> = usersSchema.parse(
          await connection.send({ method: 'GET', path }),
        );
        users.push(
          ...page.records.map(({ Id, Email, Name, IsActive }) => ({
            id: Id,
            email: Email,
            name: Name,
            isActive: IsActive,
          })),
        );
        path = page.nextRecordsUrl?.replace(/^\/services\/data\/v[\d.]+/, '');
      }
      return users;
    },

    async organization() {
      const { organizationId, instanceUrl } = await connection.session();
      return { organizationId, instanceUrl };
    },
  };
}
