// Two colleagues who work in the CRMs while Tandem runs: one in HubSpot, one in Salesforce. Both go through
// the CRMs' own HTTP APIs with credentials of their own, HubSpot's client and jsforce, and never through
// anything of Tandem's.
import { Client } from '@hubspot/api-client';
import type { PropertyCreate } from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import { Connection } from 'jsforce';
import type { SalesforceObject } from '../../../src/engine/fields.ts';
import type { SalesforceValue } from '../../../src/engine/records.ts';
import { SANDBOX_UI_TOKEN } from '../../../src/sandbox/hubspot/stand-in.ts';
import { SANDBOX_CLIENT } from '../../../src/sandbox/salesforce/stand-in.ts';
import type { World } from './world.ts';

export type HubSpotValues = Readonly<Record<string, string | null>>;
export type SalesforceValues = Readonly<Record<string, SalesforceValue>>;

export interface NewProperty {
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'number' | 'enumeration' | 'date' | 'datetime';
  readonly fieldType: 'text' | 'number' | 'select' | 'checkbox' | 'date';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

export interface HubSpotUser {
  addProperty(property: NewProperty): Promise<void>;
  /** Creates contacts and answers their ids, in order. */
  create(contacts: readonly Readonly<Record<string, string>>[]): Promise<string[]>;
  update(
    contacts: readonly {
      readonly id: string;
      readonly properties: Readonly<Record<string, string>>;
    }[],
  ): Promise<void>;
  /** Opts e-mail addresses out of all e-mail. */
  optOut(emails: readonly string[]): Promise<void>;
  read(
    ids: readonly string[],
    properties: readonly string[],
  ): Promise<ReadonlyMap<string, HubSpotValues>>;
  readByEmail(email: string, properties: readonly string[]): Promise<HubSpotValues | null>;
}

export interface SalesforceUser {
  create(object: SalesforceObject, rows: readonly SalesforceValues[]): Promise<string[]>;
  /** Null where Salesforce took the row, otherwise its error code, in order. */
  update(
    object: SalesforceObject,
    rows: readonly { readonly id: string; readonly fields: SalesforceValues }[],
  ): Promise<(string | null)[]>;
  /** Records by id. */
  read(
    object: SalesforceObject,
    ids: readonly string[],
    fields: readonly string[],
  ): Promise<ReadonlyMap<string, SalesforceValues>>;
  findByEmail(
    object: SalesforceObject,
    email: string,
    fields: readonly string[],
  ): Promise<SalesforceValues[]>;
}

const HUBSPOT_BATCH = 100;
/** Ids that fit into the address of one query. */
const IDS_IN_A_QUERY = 400;

function chunksOf<Value>(values: readonly Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, chunk) =>
    values.slice(chunk * size, (chunk + 1) * size),
  );
}

export function hubspotUserIn({ configuration }: World): HubSpotUser {
  const client = new Client({
    accessToken: SANDBOX_UI_TOKEN,
    basePath: configuration.hubspot.baseUrl,
  });
  const { batchApi, basicApi } = client.crm.contacts;
  return {
    async addProperty({ options = [], ...property }) {
      await client.crm.properties.coreApi.create('contacts', {
        ...property,
        groupName: 'contactinformation',
        options: options.map((option, displayOrder) => ({
          ...option,
          displayOrder,
          hidden: false,
        })),
      } as PropertyCreate);
    },
    async create(contacts) {
      const ids: string[] = [];
      for (const properties of contacts) {
        const { id } = await basicApi.create({ properties, associations: [] });
        ids.push(id);
      }
      return ids;
    },
    async update(contacts) {
      for (const inputs of chunksOf(contacts, HUBSPOT_BATCH))
        await batchApi.update({ inputs: [...inputs] });
    },
    async optOut(emails) {
      for (const inputs of chunksOf(emails, HUBSPOT_BATCH)) {
        const answer = await client.apiRequest({
          method: 'POST',
          path: '/communication-preferences/v4/statuses/batch/unsubscribe-all?channel=EMAIL',
          body: { inputs },
        });
        if (!answer.ok) throw new Error(`opting out was answered with ${answer.status}`);
      }
    },
    async read(ids, properties) {
      const found = new Map<string, HubSpotValues>();
      for (const inputs of chunksOf(ids, HUBSPOT_BATCH)) {
        const answer = await batchApi.read({
          inputs: inputs.map((id) => ({ id })),
          properties: [...properties],
          propertiesWithHistory: [],
        });
        for (const contact of answer.results) found.set(contact.id, contact.properties);
      }
      return found;
    },
    async readByEmail(email, properties) {
      const answer = await batchApi.read({
        inputs: [{ id: email }],
        idProperty: 'email',
        properties: [...properties],
        propertiesWithHistory: [],
      });
      return answer.results[0]?.properties ?? null;
    },
  };
}

/** Signs in to the org. */
export async function salesforceUserIn({ configuration }: World): Promise<SalesforceUser> {
  const connection = new Connection({
    oauth2: { loginUrl: configuration.salesforce.loginUrl, ...SANDBOX_CLIENT },
  });
  await connection.authorize({ grant_type: 'client_credentials' });
  const query = async (soql: string): Promise<SalesforceValues[]> => {
    const { records } = await connection.query<SalesforceValues>(soql, {
      autoFetch: true,
      maxFetch: 10_000,
    });
    return records;
  };
  const selected = (fields: readonly string[]): string =>
    [...new Set(['Id', ...fields])].join(', ');
  return {
    async create(object, rows) {
      const outcomes = await connection.sobject(object).create(
        rows.map((row) => ({ ...row })),
        { allowRecursive: true },
      );
      return outcomes.map((outcome) => {
        if (!outcome.success) throw new Error(`not created: ${JSON.stringify(outcome.errors)}`);
        return outcome.id;
      });
    },
    async update(object, rows) {
      const outcomes = await connection.sobject(object).update(
        rows.map(({ id, fields }) => ({ Id: id, ...fields })),
        { allowRecursive: true },
      );
      return outcomes.map((outcome) =>
        outcome.success ? null : (outcome.errors[0]?.errorCode ?? 'UNKNOWN'),
      );
    },
    async read(object, ids, fields) {
      const found = new Map<string, SalesforceValues>();
      for (const some of chunksOf(ids, IDS_IN_A_QUERY)) {
        const list = some.map((id) => `'${id}'`).join(',');
        const records = await query(
          `SELECT ${selected(fields)} FROM ${object} WHERE Id IN (${list})`,
        );
        for (const record of records) found.set(String(record.Id), record);
      }
      return found;
    },
    findByEmail: (object, email, fields) =>
      query(`SELECT ${selected(fields)} FROM ${object} WHERE Email = '${email}'`),
  };
}
