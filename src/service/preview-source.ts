// Where the preview gets its people, values and changes: both CRMs through the ports, the links and the
// history of the store. Edits go to the stand-ins as a person's, not as the integration's.
import { explain } from '../engine/reasons.ts';
import type { Link, LinkState } from '../engine/link.ts';
import type { HubSpotContact } from '../engine/records.ts';
import type {
  EditOutcome,
  PersonRow,
  PreviewContact,
  SalesforceValue,
  ActivityRow,
} from '../preview/contract.ts';
import type { PreviewDependencies } from '../preview/server.ts';
import type { Pipeline } from '../sync/pipeline.ts';

/** A person's hand on the stand-ins; the message of a refusal is the CRM's own. */
export interface SandboxEdits {
  editHubSpot(contactId: string, properties: Readonly<Record<string, string>>): void;
  editSalesforce(
    object: 'Lead' | 'Contact',
    id: string,
    fields: Readonly<Record<string, SalesforceValue>>,
  ): void;
}

const PEOPLE_SHOWN = 100;
/** Pages of contacts that a search goes through. */
const PAGES_SEARCHED = 20;
const ACTIVITY_SHOWN = 50;

const STATES: Readonly<Record<LinkState, PersonRow['state']>> = {
  inSync: 'inSync',
  waiting: 'waiting',
  problem: 'problem',
  skipped: 'notSyncing',
};

const nameOf = ({ id, properties }: HubSpotContact): string =>
  [properties.firstname, properties.lastname].filter(Boolean).join(' ') ||
  (properties.email ?? `Contact ${id}`);

export function previewSource(
  pipeline: Pipeline,
  edits: SandboxEdits | null,
): Pick<PreviewDependencies, 'people' | 'contact' | 'editHubSpot' | 'editSalesforce' | 'activity'> {
  const { hubspot, salesforce, store } = pipeline.ports;

  const linkOf = async (contactId: string): Promise<Link | null> =>
    (await store.links.find({ hubspot: [contactId], salesforce: [] }))[0] ?? null;

  const contact = async (contactId: string): Promise<PreviewContact | null> => {
    const { table, hubspotProperties, salesforceFields, schemas } =
      await pipeline.workspaces.current();
    const read = (await hubspot.contacts.readByIds([contactId], hubspotProperties)).get(contactId);
    if (!read) return null;
    const link = await linkOf(contactId);
    const { salesforceId, salesforceObject: object } = link ?? {
      salesforceId: null,
      salesforceObject: null,
    };
    const ids = { Lead: [] as string[], Contact: [] as string[] };
    if (salesforceId && object) ids[object].push(salesforceId);
    const [record] = salesforceId
      ? await salesforce.records.read({ ids, emails: [] }, salesforceFields)
      : [];
    const fieldNames = object ? table.pairs[object].map(({ field }) => field.name) : [];
    return {
      contactId,
      hubspot: {
        properties: Object.fromEntries(
          table.mappings.map(({ hubspotProperty }) => [
            hubspotProperty,
            read.properties[hubspotProperty] ?? null,
          ]),
        ),
      },
      salesforce: record
        ? {
            object: record.object,
            id: record.id,
            fields: Object.fromEntries(
              fieldNames.map((name) => [name, record.fields[name] ?? null]),
            ),
          }
        : null,
      labels: {
        hubspot: Object.fromEntries(
          table.mappings.map(({ hubspotProperty }) => [
            hubspotProperty,
            schemas.hubspot.get(hubspotProperty)?.label ?? hubspotProperty,
          ]),
        ),
        salesforce: Object.fromEntries(
          object ? table.pairs[object].map(({ field }) => [field.name, field.label]) : [],
        ),
      },
    };
  };

  const edited = async (contactId: string, edit: () => void): Promise<EditOutcome> => {
    try {
      edit();
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
    const now = await contact(contactId);
    return now ? { ok: true, contact: now } : { ok: false, message: 'The contact is gone.' };
  };

  return {
    contact,

    async people(search) {
      const wanted = search.trim().toLowerCase();
      const found: HubSpotContact[] = [];
      let after: string | null = null;
      for (let page = 0; page < PAGES_SEARCHED && found.length < PEOPLE_SHOWN; page += 1) {
        const answer = await hubspot.contacts.list(after, ['firstname', 'lastname', 'email']);
        found.push(
          ...answer.contacts.filter((one) =>
            `${nameOf(one)} ${one.properties.email ?? ''}`.toLowerCase().includes(wanted),
          ),
        );
        after = answer.after;
        if (after === null) break;
      }
      const shown = found.slice(0, PEOPLE_SHOWN);
      const links = await store.links.find({ hubspot: shown.map(({ id }) => id), salesforce: [] });
      const byContact = new Map(links.map((link) => [link.hubspotId, link]));
      return shown.map((one) => personRow(one, byContact.get(one.id) ?? null));
    },

    editHubSpot: (contactId, properties) =>
      edited(contactId, () => edits?.editHubSpot(contactId, properties)),

    async editSalesforce(contactId, fields) {
      const link = await linkOf(contactId);
      const { salesforceId, salesforceObject } = link ?? {
        salesforceId: null,
        salesforceObject: null,
      };
      if (!salesforceId || !salesforceObject)
        return { ok: false, message: 'This contact has no Salesforce record yet.' };
      return edited(contactId, () => edits?.editSalesforce(salesforceObject, salesforceId, fields));
    },

    async activity() {
      const changes = await store.links.recent(ACTIVITY_SHOWN);
      const ids = [...new Set(changes.flatMap(({ hubspotId }) => hubspotId ?? []))];
      const contacts = await hubspot.contacts.readByIds(ids, ['firstname', 'lastname', 'email']);
      const { owners } = await pipeline.workspaces.current();
      const shown = (value: (typeof changes)[number]['before'], field: string): string | null =>
        value === null
          ? null
          : field === 'OwnerId' || field === 'hubspot_owner_id'
            ? owners.name(String(value))
            : String(value);
      return changes.map((change): ActivityRow => {
        const read = change.hubspotId === null ? undefined : contacts.get(change.hubspotId);
        return {
          at: change.at,
          // A pairing belongs to both sides; it is shown where the record was found.
          side: change.side === 'pair' ? 'salesforce' : change.side,
          field: change.field,
          before: shown(change.before, change.field),
          after: shown(change.after, change.field),
          why: change.why,
          name: read ? nameOf(read) : (change.hubspotId ?? change.salesforceId ?? ''),
        };
      });
    },
  };
}

function personRow(contact: HubSpotContact, link: Link | null): PersonRow {
  const state = link ? STATES[link.state] : 'neverSynced';
  return {
    contactId: contact.id,
    name: nameOf(contact),
    email: contact.properties.email ?? null,
    state,
    headline: link?.reason
      ? explain(link.reason).sentence
      : link?.salesforceObject
        ? `Paired with a Salesforce ${link.salesforceObject.toLowerCase()}.`
        : 'Not synced yet.',
  };
}
