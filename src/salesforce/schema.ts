// What the org has: fields, users, who and where it is.
import { z } from 'zod';
import type { SalesforceField, SalesforceFieldType } from '../engine/fields.ts';
import { compositeCall, refusalOf, type SubrequestAnswer } from './composite.ts';
import { API_VERSION, type SalesforceConnection } from './connection.ts';
import type { ObjectAccess, SalesforceAccess, SalesforceSchema } from './port.ts';
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

const objectSchema = z.object({
  objectDescribe: z.object({
    queryable: z.boolean(),
    createable: z.boolean(),
    updateable: z.boolean(),
    deletable: z.boolean(),
  }),
});

/** The first row of a query; null where it was refused, or there is none. */
function firstRow(answer: SubrequestAnswer | undefined): Readonly<Record<string, unknown>> | null {
  if (refusalOf(answer) !== null) return null;
  const rows = z.object({ records: z.array(z.record(z.string(), z.unknown())) });
  return rows.parse(answer?.body).records[0] ?? null;
}

const objectAccess = (answer: SubrequestAnswer | undefined): ObjectAccess | null =>
  refusalOf(answer) === null ? objectSchema.parse(answer?.body).objectDescribe : null;

async function accessOf(connection: SalesforceConnection): Promise<SalesforceAccess> {
  const { organizationId, instanceUrl, userId } = await connection.session();
  const ofOrganization = select({
    fields: ['Name', 'IsSandbox', 'OrganizationType', 'InstanceName'],
    from: 'Organization',
  });
  const ofUser = select({
    fields: ['Name', 'Username'],
    from: 'User',
    where: `Id = ${quoted(userId)}`,
  });
  const [org, who, leads, contacts] = await compositeCall(connection, [
    query(ofOrganization),
    query(ofUser),
    { method: 'GET', path: '/sobjects/Lead' },
    { method: 'GET', path: '/sobjects/Contact' },
  ]);
  const organization = firstRow(org);
  const user = firstRow(who);
  return {
    user: user && { name: text(user.Name), username: text(user.Username) },
    organization: organization && {
      name: text(organization.Name),
      isSandbox: organization.IsSandbox === true,
      edition: text(organization.OrganizationType),
      instance: text(organization.InstanceName),
    },
    organizationId,
    instanceUrl,
    apiVersion: API_VERSION,
    objects: { Lead: objectAccess(leads), Contact: objectAccess(contacts) },
  };
}

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

    access: () => accessOf(connection),

    async organization() {
      const { organizationId, instanceUrl } = await connection.session();
      return { organizationId, instanceUrl };
    },
  };
}
