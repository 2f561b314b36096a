// The card's calls over one world, and people who are in sync there.
import type { World } from '../../e2e/support/world.ts';
import { callsOf } from './calls.ts';

export function cardOf(world: () => World) {
  const { call, value } = callsOf(world, null);
  let people = 0;
  /** A pair that is in sync. */
  async function aPerson(properties: Record<string, string> = {}) {
    people += 1;
    const email = `person${people}@example.com`;
    const { id } = world().hubspot.portal.create({
      email,
      firstname: 'Ada',
      lastname: `Lovelace${people}`,
      city: 'Bonn',
      phone: '1',
      ...properties,
    });
    const { record } = await value('sync-now', { contactId: id });
    const leadId = record.salesforce?.id ?? '';
    const { portal } = world().hubspot;
    const { org } = world().salesforce;
    return {
      id,
      leadId,
      hubspot: (property: string) => portal.get(id)?.properties[property] ?? null,
      salesforce: (field: string) => org.get('Lead', leadId)?.[field] ?? null,
      edit: (changes: Record<string, string>) => void portal.update(id, changes),
      editLead: (changes: Record<string, string | null>) => {
        org.update('Lead', leadId, changes);
      },
    };
  }

  return { call, value, aPerson };
}

export const entriesOf = (entryIds: readonly string[]) => entryIds.map((entryId) => ({ entryId }));
