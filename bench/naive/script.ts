// The straightforward script, as most teams write it: every lead and contact out of Salesforce with jsforce, and
// for each, one after the other, HubSpot's own client searches by e-mail and updates or creates. Neither
// client is slowed down: by default api-client keeps no limit, and the stand-ins have none.
import { Client } from '@hubspot/api-client';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { Connection } from 'jsforce';
import { z } from 'zod';
import { SANDBOX_TOKEN } from '../../src/sandbox/hubspot/stand-in.ts';
import { SANDBOX_CLIENT } from '../../src/sandbox/salesforce/stand-in.ts';

const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Contact: {
    FirstName: 'firstname',
    LastName: 'lastname',
    Email: 'email',
    Phone: 'phone',
    MailingCity: 'city',
    MailingPostalCode: 'zip',
  },
  Lead: {
    FirstName: 'firstname',
    LastName: 'lastname',
    Email: 'email',
    Phone: 'phone',
    City: 'city',
    PostalCode: 'zip',
    Company: 'company',
  },
};

const rowsSchema = z.array(z.record(z.string(), z.unknown()));

/** Returns how many people it synced. */
export async function straightforwardSync(
  hubspotUrl: string,
  salesforceUrl: string,
): Promise<number> {
  const salesforce = new Connection({
    oauth2: { ...SANDBOX_CLIENT, loginUrl: salesforceUrl },
    instanceUrl: salesforceUrl,
  });
  await salesforce.authorize({ grant_type: 'client_credentials' });
  const hubspot = new Client({ accessToken: SANDBOX_TOKEN, basePath: hubspotUrl });
  let synced = 0;
  for (const [object, fields] of Object.entries(FIELDS)) {
    const found: unknown = await salesforce
      .query(`SELECT Id, ${Object.keys(fields).join(', ')} FROM ${object}`)
      .run({ autoFetch: true, maxFetch: 1_000_000 });
    const { records } = z.object({ records: rowsSchema }).parse(found);
    for (const row of records) {
      const properties: Record<string, string> = {};
      for (const [field, property] of Object.entries(fields)) {
        const value = row[field];
        if (typeof value === 'string') properties[property] = value;
      }
      const search = await hubspot.crm.contacts.searchApi.doSearch({
        filterGroups: [
          {
            filters: [
              {
                propertyName: 'email',
                operator: FilterOperatorEnum.Eq,
                value: properties.email ?? '',
              },
            ],
          },
        ],
        properties: Object.values(fields),
        limit: 1,
        after: '0',
        sorts: [],
      });
      const [known] = search.results;
      if (known) await hubspot.crm.contacts.basicApi.update(known.id, { properties });
      else await hubspot.crm.contacts.basicApi.create({ properties, associations: [] });
      synced += 1;
    }
  }
  return synced;
}
