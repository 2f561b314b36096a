// The polling change sources: HubSpot's search on `lastmodifieddate`, Salesforce's keyset query on
// SystemModstamp. They need nothing but read access, so they are always on; webhooks only wake them.
import { hash } from 'node:crypto';
import { z } from 'zod';
import { CAMPAIGNS_MAPPING } from '../engine/defaults.ts';
import type { SalesforceObject } from '../engine/fields.ts';
import type { Link } from '../engine/link.ts';
import type { SalesforceRecord } from '../engine/records.ts';
import type { FeedObject, SalesforceCursor } from '../salesforce/port.ts';
import type { ChangeSource, FeedPage } from './feed.ts';
import type { Pipeline } from './pipeline.ts';
import { campaignSet } from './campaigns.ts';
import type { Sighting } from './sighting.ts';

/** HubSpot search pages (200 each) that are synced together. */
const SEARCH_PAGES_PER_BATCH = 5;
/** How far ahead of ours a CRM's clock may be. */
const CLOCK_SKEW_MS = 10 * 60_000;

/** Removals are named for a minute or two; remembering more would never end. */
const MOST_REMOVALS_KEPT = 100_000;

const newestOf = (stamps: readonly string[]): string | null =>
  stamps.reduce<string | null>(
    (newest, stamp) => (newest === null || stamp > newest ? stamp : newest),
    null,
  );

export function hubspotChanges(pipeline: Pipeline): ChangeSource {
  const { ports, workspaces } = pipeline;
  return {
    name: 'hubspot',
    async *look(since, until) {
      const end = until ?? new Date(ports.now() + CLOCK_SKEW_MS);
      let afterId: string | null = null;
      let newest: string | null = null;
      do {
        const { hubspotProperties } = await workspaces.current();
        const sightings: Sighting[] = [];
        for (let page = 0; page < SEARCH_PAGES_PER_BATCH; page += 1) {
          const readAt = ports.now();
          const found = await ports.hubspot.contacts.searchModified(
            { since, until: end, afterId },
            hubspotProperties,
          );
          for (const contact of found.contacts) {
            const key = { side: 'hubspot', id: contact.id } as const;
            sightings.push({ key, contact, readAt, fromIndex: true });
          }
          newest = newestOf([
            ...(newest === null ? [] : [newest]),
            ...found.contacts.map((contact) => contact.modifiedAt),
          ]);
          afterId = found.afterId;
          if (afterId === null) break;
        }
        // Pages come in the order of ids, not of time: the cursor may only move when all were dealt with.
        const page: FeedPage = { sightings, newest: afterId === null ? newest : null };
        yield page;
      } while (afterId !== null);
    },
  };
}

/**
 * Rows of the newest second, as they were: a second change within it has the same stamp. All workers share
 * them: one that remembered its own would miss what is again as it was before another's look.
 */
const SECOND = 'salesforce second';
const secondSchema = z
  .object({ stamp: z.string(), rows: z.record(z.string(), z.string()) })
  .catch({ stamp: '', rows: {} });
const versionOf = (record: SalesforceRecord): string =>
  hash('sha1', JSON.stringify(record), 'base64');

export function salesforceChanges(pipeline: Pipeline): ChangeSource {
  const { ports, workspaces } = pipeline;
  const removalsSeen = new Set<string>();
  return {
    name: 'salesforce',
    async *look(since, until) {
      const start: SalesforceCursor = { stamp: since.toISOString(), id: '' };
      let cursors: Record<FeedObject, SalesforceCursor> = {
        Lead: start,
        Contact: start,
        CampaignMember: start,
      };
      const end = until ?? new Date(ports.now() + CLOCK_SKEW_MS);
      const removedHere = new Set<string>();
      let newestSecond = secondSchema.parse(await ports.store.cursors.get(SECOND));
      let newest: string | null = null;
      let done = false;
      while (!done) {
        const { salesforceFields } = await workspaces.current();
        const readAt = ports.now();
        const found = await ports.salesforce.records.changed(cursors, end, salesforceFields);
        const fresh = found.records.filter(
          (record) =>
            record.modifiedAt !== newestSecond.stamp ||
            newestSecond.rows[record.id] !== versionOf(record),
        );
        newest = newestOf([
          ...(newest === null ? [] : [newest]),
          ...found.records.map((record) => record.modifiedAt),
        ]);
        // Salesforce names memberships that are gone by their minute, and not whose they were.
        const removed = (found.removedCampaignMembers ?? []).filter(
          (id) => !removalsSeen.has(id) && !removedHere.has(id),
        );
        for (const id of removed) removedHere.add(id);
        const sightings = together(
          fresh.map((record): Sighting => ({
            key: { side: 'salesforce', object: record.object, id: record.id },
            ...(record.isDeleted ? {} : { record, readAt }),
          })),
          [
            ...found.campaignsChanged.map(({ object, id }) => campaignsOf(object, id)),
            ...(removed.length > 0 ? await whoseCampaignsDiffer(pipeline) : []),
          ],
        );
        const newestYet = newest;
        const page: FeedPage = {
          sightings,
          newest: found.done ? newest : null,
          dealtWith: async () => {
            if (removalsSeen.size > MOST_REMOVALS_KEPT) removalsSeen.clear();
            for (const id of removed) removalsSeen.add(id);
            if (newestYet === null || until !== null) return;
            const rows = newestYet === newestSecond.stamp ? { ...newestSecond.rows } : {};
            for (const record of found.records)
              if (record.modifiedAt === newestYet) rows[record.id] = versionOf(record);
            const isAsBefore = JSON.stringify(rows) === JSON.stringify(newestSecond.rows);
            newestSecond = { stamp: newestYet, rows };
            if (!isAsBefore) await ports.store.cursors.set(SECOND, newestSecond);
          },
        };
        yield page;
        ({ cursors, done } = found);
      }
    },
  };
}

/** One sighting for a record that changed itself and in its campaigns. */
function together(rows: readonly Sighting[], members: readonly Sighting[]): Sighting[] {
  const byId = new Map(rows.map((sighting) => [sighting.key.id, sighting]));
  for (const sighting of members)
    byId.set(sighting.key.id, { ...(byId.get(sighting.key.id) ?? sighting), campaigns: true });
  return [...byId.values()];
}

const campaignsOf = (object: SalesforceObject, id: string): Sighting => ({
  key: { side: 'salesforce', object, id },
  campaigns: true,
});

/** People in campaigns that are compared at once: what one call of Salesforce answers. */
const CAMPAIGN_PEOPLE = 2_500;

/** Everybody whose campaigns are not those remembered: bulk reads of all who are in any. */
async function whoseCampaignsDiffer({ ports }: Pipeline): Promise<Sighting[]> {
  const key = CAMPAIGNS_MAPPING.hubspotProperty;
  const changed: Sighting[] = [];
  for (let after: string | null = null; ;) {
    const links: readonly Link[] = await ports.store.links.withValue(key, after, CAMPAIGN_PEOPLE);
    const last = links.at(-1);
    if (!last) return changed;
    after = last.id;
    const people = links.flatMap(({ salesforceId: id, salesforceObject: object, base }) =>
      id !== null && object !== null ? [{ id, object, known: base[key] }] : [],
    );
    const idsOf = (wanted: SalesforceObject): string[] =>
      people.filter(({ object }) => object === wanted).map(({ id }) => id);
    const ids = { Lead: idsOf('Lead'), Contact: idsOf('Contact') };
    const campaigns = await ports.salesforce.records.campaigns(ids);
    for (const { id, object, known } of people)
      if (known !== campaignSet(campaigns.get(id) ?? [])) changed.push(campaignsOf(object, id));
  }
}
