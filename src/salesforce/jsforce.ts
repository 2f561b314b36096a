// The Salesforce port over jsforce.
import type { SalesforceField, SalesforceObject } from '../engine/fields.ts';
import { EXTERNAL_ID_FIELD } from '../engine/partners.ts';
import { exportsOver } from './bulk/exports.ts';
import { campaignsOver } from './campaigns.ts';
import { changesOver } from './changes.ts';
import { SalesforceConnection, type ConnectionOptions } from './connection.ts';
import type { SalesforceCredentials } from './credentials.ts';
import { fatesOver } from './fates.ts';
import type { SalesforcePort, SalesforceSchema } from './port.ts';
import { recordsOver } from './records.ts';
import { schemaOver } from './schema.ts';
import { writerOver } from './write.ts';

export interface SalesforceOptions extends ConnectionOptions {
  /** From how many rows of one kind on writes go through a bulk job; `BULK_WRITE_ROWS` by default. */
  readonly bulkWriteRows?: number;
}

/** Signs in with the first call, unless asked before. */
export function createSalesforce(
  credentials: SalesforceCredentials,
  options: SalesforceOptions = {},
): SalesforcePort {
  const connection = new SalesforceConnection(credentials, options);
  const schema = schemaOver(connection);
  const fieldsOf = describedFields(schema);
  return {
    knowFields: (object, fields) => {
      fieldsOf.remember(object, fields);
    },
    signInAhead: () => void connection.session().catch(() => null),
    records: {
      ...recordsOver(connection, fieldsOf),
      ...changesOver(connection, fieldsOf),
      ...fatesOver(connection),
      ...campaignsOver(connection),
      write: writerOver(connection, fieldsOf, options.bulkWriteRows),
    },
    exports: exportsOver(connection, fieldsOf),
    schema: {
      ...schema,
      describe: async (object) => {
        const fields = await schema.describe(object);
        fieldsOf.remember(object, fields);
        return fields;
      },
    },
    externalIdField: EXTERNAL_ID_FIELD,
  };
}

type Fields = ReadonlyMap<string, SalesforceField>;

/** Writing needs field labels and the external ID, reading IsPersonAccount; whoever describes an object anyway spares them the call. */
function describedFields(schema: SalesforceSchema) {
  const known = new Map<SalesforceObject, Promise<Fields>>();
  const byName = (fields: readonly SalesforceField[]): Fields =>
    new Map(fields.map((field) => [field.name, field]));
  const fieldsOf = (object: SalesforceObject): Promise<Fields> => {
    const fields = known.get(object) ?? schema.describe(object).then(byName);
    known.set(object, fields);
    fields.catch(() => known.delete(object));
    return fields;
  };
  return Object.assign(fieldsOf, {
    remember: (object: SalesforceObject, fields: readonly SalesforceField[]): void => {
      known.set(object, Promise.resolve(byName(fields)));
    },
  });
}
