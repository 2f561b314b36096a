// What the org has: fields, users, who and where it is.
import { z } from 'zod';
import type { SalesforceField, SalesforceFieldType } from '../engine/fields.ts';
import type { SalesforceConnection } from './connection.ts';
import type { SalesforceSchema } from './port.ts';
import { idOf, query, rowsOf, text } from './rows.ts';
import { quoted, select } from './soql.ts';

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

const queueSchema = z.object({ Name: z.string() });

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
      const fields = ['Id', 'Email', 'Name', 'IsActive'];
      const asked = query(select({ fields, from: 'User', orderBy: ['Id'] }));
      const rows = await rowsOf(connection, await connection.send(asked));
      return rows.map((row) => ({
        id: idOf(row.Id),
        email: text(row.Email) || null,
        name: text(row.Name),
        isActive: row.IsActive === true,
      }));
    },

    async queues() {
      const asked = query(
        select({
          fields: ['QueueId', 'Queue.Name'],
          from: 'QueueSobject',
          where: `SobjectType = ${quoted('Lead')}`,
          orderBy: ['QueueId'],
        }),
      );
      const rows = await rowsOf(connection, await connection.send(asked));
      return rows.map((row) => ({
        id: idOf(row.QueueId),
        name: queueSchema.parse(row.Queue).Name,
      }));
    },

    async organization() {
      const { organizationId, instanceUrl } = await connection.session();
      return { organizationId, instanceUrl };
    },
  };
}
