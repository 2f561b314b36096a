// Finding a contact by an id of either CRM or the address of its page, an e-mail address, or words of a name. All but
// words are exact and fresh; those are looked for in HubSpot's index, which lags.
import type { HubSpotContact } from '../engine/records.ts';
import { looksLikeEmail } from '../engine/values.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Ports } from '../sync/workspace.ts';
import type { CallAnswer } from './contract.ts';
import { keyOf, recordIn } from './find-person.ts';
import type { FoundContact } from './people-contract.ts';
import { personOf, WHO } from './person.ts';

const MOST = 10;

export async function foundPeople(
  { ports }: Pipeline,
  { text }: { readonly text: string },
): Promise<CallAnswer<'find-people'>> {
  const exact = await exactly(text, ports);
  const found = exact.length > 0 ? exact : await ports.hubspot.contacts.find(text, WHO, MOST);
  return { people: found.map(foundContact) };
}

async function exactly(text: string, { hubspot, store }: Ports): Promise<HubSpotContact[]> {
  if (looksLikeEmail(text)) return [...(await hubspot.contacts.readByEmails([text], WHO)).values()];
  const id = recordIn(text);
  if (id === null) return [];
  const links =
    keyOf(id).side === 'hubspot'
      ? [{ hubspotId: id }]
      : await store.links.find({ hubspot: [], salesforce: [id] });
  const ids = links.flatMap(({ hubspotId }) => hubspotId ?? []);
  if (ids.length === 0) return [];
  const found = await hubspot.contacts.readByIds(ids, WHO);
  return [...found.values()].filter(({ archived }) => !archived);
}

export const foundContact = ({ id, properties }: HubSpotContact): FoundContact => ({
  contactId: id,
  ...personOf(properties.firstname, properties.lastname, properties.email),
});
