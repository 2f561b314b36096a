// The HubSpot port over @hubspot/api-client.
import { companiesOver } from './companies.ts';
import { contactsOver } from './contacts.ts';
import { generatedClients } from './generated.ts';
import { listsOver } from './lists.ts';
import type { HubSpotPort } from './port.ts';
import { schemaOver } from './schema.ts';
import { usersOver } from './users.ts';
import { HubSpotTransport, type TransportOptions } from './transport.ts';

export interface HubSpotOptions extends TransportOptions {
  readonly accessToken: string;
  /** https://api.hubapi.com, unless a stand-in takes its place. */
  readonly baseUrl?: string;
}

export function createHubSpot({
  accessToken,
  baseUrl = 'https://api.hubapi.com',
  ...options
}: HubSpotOptions): HubSpotPort {
  const clients = generatedClients(accessToken, baseUrl, new HubSpotTransport(options));
  return {
    contacts: contactsOver(clients),
    companies: companiesOver(clients, options.now),
    lists: listsOver(clients),
    schema: schemaOver(clients, (timeZone) => options.budget?.setTimeZone(timeZone)),
    users: usersOver(clients),
  };
}
