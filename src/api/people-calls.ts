// Finding a contact by an id of either CRM, an e-mail address, or words of a name. The first three are exact and fresh;
// words are looked for in HubSpot's index, which lags.
import type { HubSpotContact } from '../engine/records.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import { looksLikeEmail } from '../engine/values.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Ports } from '../sync/workspace.ts';
import type { CallAnswer } from './contract.ts';
import type { FoundContact } from './people-contract.ts';

const NAME = ['firstname', 'lastname', 'email'] as const;
const MOST = 10;

export async function foundPeople(
  { ports }: Pipeline,
  { text }: { readonly text: string },
): Promise<CallAnswer<'find-people'>> {
  const exact = await exactly(text, ports);
  const found = exact.length > 0 ? exact : await ports.hubspot.contacts.find(text, NAME, MOST);
  return { people: found.map(personOf) };
}

async function exactly(text: string, { hubspot, store }: Ports): Promise<HubSpotContact[]> {
  if (looksLikeEmail(text))
    return [...(await hubspot.contacts.readByEmails([text], NAME)).values()];
  const salesforceId = /^00[3Q]/.test(text) ? salesforceId18(text) : null;
  const links =
    salesforceId === null
      ? []
      : await store.links.find({ hubspot: [], salesforce: [salesforceId] });
  const ids = /^\d{1,18}$/.test(text) ? [text] : links.flatMap(({ hubspotId }) => hubspotId ?? []);
  if (ids.length === 0) return [];
  const found = await hubspot.contacts.readByIds(ids, NAME);
  return [...found.values()].filter(({ archived }) => !archived);
}

export function personOf({ id, properties }: HubSpotContact): FoundContact {
  const name = [properties.firstname, properties.lastname].filter(Boolean).join(' ');
  return { contactId: id, name: name || null, email: properties.email ?? null };
}
