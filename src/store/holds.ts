// Holds: a worker that is about to write a pair takes its link first, in a transaction of its own, and lets it
// go with the transaction that remembers what was written. Rows of links are locked whenever holds are looked
// at or changed, so that whoever comes second sees what the first did. A hold outlives its worker by
// `HOLD_MS` at the most; the database's clock counts.
import { sql, type Transaction } from 'kysely';
import { acceptedSaves, type HeldRow } from './claims.ts';
import { storableJson } from './json.ts';
import { HOLD_MS, type LinkClaim } from './port.ts';
import { lockRows } from './save-links.ts';
import type { Database } from './schema.ts';

const LASTING = sql.raw(`interval '${HOLD_MS} milliseconds'`);

/** Which of the locked rows somebody else holds. */
export async function markHeld(
  trx: Transaction<Database>,
  rows: readonly HeldRow[],
  own: readonly string[],
): Promise<readonly HeldRow[]> {
  if (rows.length === 0) return rows;
  const ids = rows.map(({ id }) => id);
  const { rows: holds } = await sql<{ id: string }>`
    select link_id as id from holds
    where link_id = any(${ids}::bigint[]) and held_until > now()
      and link_id <> all(${own}::bigint[])`.execute(trx);
  if (holds.length === 0) return rows;
  const held = new Set(holds.map(({ id }) => id));
  return rows.map((row) => (held.has(row.id) ? { ...row, isHeld: true } : row));
}

export async function holdLinks(
  trx: Transaction<Database>,
  claims: readonly LinkClaim[],
): Promise<readonly boolean[]> {
  if (claims.length === 0) return [];
  const rows = await markHeld(trx, await lockRows(trx, claims), []);
  const accepted = acceptedSaves(claims, rows);
  const holds = claims.flatMap(({ existing, absorbs, sending = [] }, index) => {
    if (accepted[index] !== true) return [];
    const absorbed = absorbs.map(({ id }) => ({ id, sending: [] }));
    return existing ? [{ id: existing.id, sending }, ...absorbed] : absorbed;
  });
  // What a worker that is gone was writing stays known until an outcome is recorded.
  if (holds.length > 0)
    await sql`
      insert into holds (link_id, held_until, sending)
      select id, now() + ${LASTING}, sending
      from jsonb_to_recordset(${storableJson(holds)}::jsonb) as wish(id bigint, sending jsonb)
      on conflict (link_id) do update
      set held_until = excluded.held_until, sending = holds.sending || excluded.sending`.execute(
      trx,
    );
  return accepted;
}

/**
 * Lets go of own holds, and of those of the dead on links that were saved; links that somebody wanted meanwhile
 * are due at once. What was being sent is forgotten where it is settled, and kept for the next look elsewhere.
 */
export async function releaseHolds(
  trx: Transaction<Database>,
  own: readonly string[],
  saved: readonly string[],
  compared: readonly string[],
): Promise<void> {
  if (own.length + saved.length === 0) return;
  const isSaved = new Set(saved);
  const settled = compared.filter((id) => isSaved.has(id));
  const isMine = sql`(link_id = any(${own}::bigint[])
    or (link_id = any(${saved}::bigint[]) and (held_until is null or held_until <= now())))`;
  const { rows: gone } = await sql<LetGo>`
    delete from holds
    where ${isMine} and (link_id = any(${settled}::bigint[]) or sending = '[]')
    returning link_id as id, wanted`.execute(trx);
  const { rows: kept } = await sql<LetGo>`
    update holds set held_until = null where ${isMine} and held_until is not null
    returning link_id as id, wanted`.execute(trx);
  const wanted = [...gone, ...kept].flatMap(({ id, wanted: isWanted }) => (isWanted ? [id] : []));
  if (wanted.length === 0) return;
  await sql`update holds set wanted = false where link_id = any(${wanted}::bigint[])`.execute(trx);
  await sql`update links set retry_at = now() where id = any(${wanted}::bigint[])`.execute(trx);
}

interface LetGo {
  readonly id: string;
  readonly wanted: boolean;
}

/** A link in somebody's hands is due when they let go; any other at once, and no save that is under way counts. */
export async function wantLinks(
  trx: Transaction<Database>,
  {
    hubspot,
    salesforce,
  }: { readonly hubspot: readonly string[]; readonly salesforce: readonly string[] },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from links
    where hubspot_id = any(${hubspot}::text[]) or salesforce_id = any(${salesforce}::text[])
    order by id for update`.execute(trx);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  const { rows: held } = await sql<{ id: string }>`
    update holds set wanted = true where link_id = any(${ids}::bigint[]) and held_until > now()
    returning link_id as id`.execute(trx);
  const inHand = held.map(({ id }) => id);
  await sql`
    update links set version = version + 1, retry_at = now()
    where id = any(${ids}::bigint[]) and id <> all(${inHand}::bigint[])`.execute(trx);
}
