// Saves links by compare-and-swap on their version, as part of a transaction: a fixed handful of
// statements however many links. All rows concerned are locked in id order, `claims.ts` decides which
// saves may go ahead, and only those are written. A row that another process inserts between the look and
// the write makes the transaction start over: the second look sees it.
import { sql, type Transaction } from 'kysely';
import type { Link, LinkContent } from '../engine/link.ts';
import { acceptedSaves, recordsOf, type HeldRow } from './claims.ts';
import { inChunks } from './chunks.ts';
import { copyOf, REPLACEMENT, storableJson } from './json.ts';
import { asStored, CONTENT_COLUMNS, rowOf } from './link-rows.ts';
import { inOtherHands } from './holds.ts';
import type { LinkClaim, LinkSave, SaveOutcome } from './port.ts';
import type { Database } from './schema.ts';
import { StartOver } from './transaction.ts';

/** Links a statement carries; keeps its parameter to a few megabytes when every base has long texts. */
const LINKS_PER_STATEMENT = 1_000;

const NAMES = Object.keys(CONTENT_COLUMNS);
const contentColumns = sql.raw(NAMES.join(', '));
const savedColumns = sql.raw(NAMES.map((name) => `saved.${name}`).join(', '));
const assignments = sql.raw(NAMES.map((name) => `${name} = saved.${name}`).join(', '));
const typedColumns = sql.raw(
  Object.entries(CONTENT_COLUMNS)
    .map(([name, type]) => `${name} ${type}`)
    .join(', '),
);

type Update = LinkSave & { readonly existing: NonNullable<LinkSave['existing']> };
const isUpdate = (save: LinkSave): save is Update => save.existing !== null;

export async function saveLinks(
  trx: Transaction<Database>,
  saves: readonly LinkSave[],
  holder: string,
): Promise<SaveOutcome> {
  if (saves.length === 0) return [];
  const held = await lockRows(trx, saves);
  const inHands = await inOtherHands(trx, recordsOf(saves, held).flat(), holder);
  const accepted = acceptedSaves(saves, held, inHands);
  const going = saves.filter((_, index) => accepted[index]);
  const updates = going.filter(isUpdate);

  await remove(
    trx,
    going.flatMap(({ absorbs }) => absorbs.map(({ id }) => id)),
  );
  await letGo(trx, idsThatMove(updates, held));
  const links = [
    ...(await update(trx, updates)),
    ...(await insert(
      trx,
      going.filter((save) => !isUpdate(save)),
    )),
  ];

  const byHubSpotId = new Map(links.map((link) => [link.hubspotId, link]));
  const bySalesforceId = new Map(links.map((link) => [link.salesforceId, link]));
  return saves.map(({ content: { hubspotId, salesforceId } }, index) => {
    if (accepted[index] !== true) return null;
    const link = hubspotId === null ? bySalesforceId.get(salesforceId) : byHubSpotId.get(hubspotId);
    if (!link) throw new StartOver();
    return link;
  });
}

/** Locks, in one order for everybody, all rows that the saves start from, absorb, or collide with. */
export async function lockRows(
  trx: Transaction<Database>,
  saves: readonly LinkClaim[],
): Promise<readonly HeldRow[]> {
  const rowIds = saves.flatMap(({ existing, absorbs }) =>
    [...(existing === null ? [] : [existing]), ...absorbs].map(({ id }) => id),
  );
  const hubspotIds = saves.flatMap(({ content }) => content.hubspotId ?? []);
  const salesforceIds = saves.flatMap(({ content }) => content.salesforceId ?? []);
  const { rows } = await sql<HeldRow>`
    select id, version, hubspot_id as "hubspotId", salesforce_id as "salesforceId" from links
    where id = any(${rowIds}::bigint[])
      or hubspot_id = any(${hubspotIds}::text[])
      or salesforce_id = any(${salesforceIds}::text[])
    order by id for update`.execute(trx);
  return rows;
}

async function remove(trx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from links where id = any(${ids}::bigint[])`.execute(trx);
}

/** Rows that give up an id they hold: another save of the batch may be taking it over. */
function idsThatMove(updates: readonly Update[], held: readonly HeldRow[]): string[] {
  const rows = new Map(held.map((row) => [row.id, row]));
  return updates.flatMap(({ existing, content }) => {
    const row = rows.get(existing.id);
    const keeps =
      (row?.hubspotId ?? content.hubspotId) === content.hubspotId &&
      (row?.salesforceId ?? content.salesforceId) === content.salesforceId;
    return keeps ? [] : [existing.id];
  });
}

/** Unique ids are checked row by row within a statement, so ids that change hands are let go first. */
async function letGo(trx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update links set hubspot_id = null, salesforce_id = null where id = any(${ids}::bigint[])`.execute(
    trx,
  );
}

async function update(trx: Transaction<Database>, updates: readonly Update[]): Promise<Link[]> {
  return inChunks(updates, LINKS_PER_STATEMENT, async (chunk) => {
    const saved = storableJson(
      chunk.map(({ existing, content }) => ({ id: existing.id, ...rowOf(content) })),
    );
    const { rows } = await sql<WrittenRow>`
      update links set ${assignments}, version = links.version + 1, updated_at = now(),
        standing_since = case
          when links.state = saved.state and links.reason_code = coalesce(saved.reason->>'code', '')
          then links.standing_since else now() end
      from jsonb_to_recordset(${saved}::jsonb) as saved(id bigint, ${typedColumns})
      where links.id = saved.id
      returning links.id, links.version, links.hubspot_id as "hubspotId",
        links.salesforce_id as "salesforceId"`.execute(trx);
    return written(
      rows,
      chunk.map(({ content }) => content),
      saved,
    );
  });
}

async function insert(trx: Transaction<Database>, saves: readonly LinkSave[]): Promise<Link[]> {
  // One order for everybody, so that two processes with the same new links don't wait for each other.
  const ordered = saves
    .map(({ content }) => content)
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  return inChunks(ordered, LINKS_PER_STATEMENT, async (chunk) => {
    const saved = storableJson(chunk.map(rowOf));
    const { rows } = await sql<WrittenRow>`
      insert into links (${contentColumns}, standing_since)
      select ${savedColumns}, now()
      from jsonb_to_recordset(${saved}::jsonb) as saved(${typedColumns})
      on conflict do nothing
      returning id, version, hubspot_id as "hubspotId", salesforce_id as "salesforceId"`.execute(
      trx,
    );
    if (rows.length < chunk.length) throw new StartOver();
    return written(rows, chunk, saved);
  });
}

interface WrittenRow {
  readonly id: string;
  readonly version: number;
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
}

/** What was written is what was sent, but for characters that were replaced on the way: only number and version are news. */
function written(
  rows: readonly WrittenRow[],
  contents: readonly LinkContent[],
  sent: string,
): Link[] {
  const kept = sent.includes(REPLACEMENT) ? copyOf(contents) : contents;
  const byId = new Map(kept.map((content) => [sortKey(content), content]));
  return rows.flatMap(({ id, version, ...ids }) => {
    const content = byId.get(sortKey(ids));
    return content ? [{ ...asStored(content), id, version }] : [];
  });
}

const sortKey = ({
  hubspotId,
  salesforceId,
}: Pick<LinkContent, 'hubspotId' | 'salesforceId'>): string => hubspotId ?? salesforceId ?? '';
