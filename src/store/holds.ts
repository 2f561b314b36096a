// Holds: a worker that is about to write a pair takes its records first, in a transaction of its own, and lets them
// go with the transaction that remembers what was written. They are taken by record and not by link, so that two
// that meet for the first time, and one that is being made for another, are held as well. Rows of links are locked
// whenever holds are looked at or changed, and holds have one row a record: whoever comes second sees what the first
// did. A hold outlives its worker by `HOLD_MS` at the most, and is renewed while the worker lives; the database's clock
// counts.
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Unrecorded } from '../engine/link.ts';
import { acceptedSaves, recordsOf } from './claims.ts';
import { storableJson } from './json.ts';
import { HOLD_MS, type Hold, type LinkClaim, type LinkStore } from './port.ts';
import { lockRows } from './save-links.ts';
import type { Database } from './schema.ts';
import { StartOver } from './transaction.ts';

const LASTING = sql.raw(`interval '${HOLD_MS} milliseconds'`);

/** Which of these records somebody else is writing. */
export async function inOtherHands(
  trx: Transaction<Database>,
  records: readonly string[],
  holder: string | null,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select record_id as id from record_holds
    where record_id = any(${records}::text[]) and held_until > now()
      and (holder is null or ${holder}::text is null or holder <> ${holder}::text)`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}

export async function holdRecords(
  trx: Transaction<Database>,
  claims: readonly LinkClaim[],
  holder: string,
): Promise<readonly boolean[]> {
  if (claims.length === 0) return [];
  const rows = await lockRows(trx, claims);
  const records = recordsOf(claims, rows);
  const accepted = acceptedSaves(claims, rows, await inOtherHands(trx, records.flat(), null));
  const holds = new Map<string, readonly Unrecorded[]>();
  for (const [index, ids] of records.entries())
    if (accepted[index]) for (const id of ids) holds.set(id, notesOn(id, ids, claims[index]));
  if (holds.size === 0) return accepted;
  // One order for everybody, so that two workers with the same records don't wait for each other.
  const wishes = [...holds].map(([id, unrecorded]) => ({ id, unrecorded }));
  // What a worker that is gone was writing stays known until an outcome is recorded.
  const { rows: taken } = await sql`
    insert into record_holds (record_id, held_until, holder, unrecorded)
    select id, now() + ${LASTING}, ${holder}, unrecorded
    from jsonb_to_recordset(${storableJson(wishes)}::jsonb) as wish(id text, unrecorded jsonb)
    order by id
    on conflict (record_id) do update
    set held_until = excluded.held_until, holder = excluded.holder,
      unrecorded = record_holds.unrecorded || excluded.unrecorded
    where record_holds.held_until is null or record_holds.held_until <= now()
    returning record_id`.execute(trx);
  if (taken.length < holds.size) throw new StartOver();
  return accepted;
}

export async function renewHold(db: Kysely<Database>, { holder, recordIds }: Hold): Promise<void> {
  await sql`
    update record_holds set held_until = now() + ${LASTING}
    where record_id = any(${recordIds}::text[]) and holder = ${holder} and held_until is not null`.execute(
    db,
  );
}

export async function giveUpHold(db: Kysely<Database>, { holder, recordIds }: Hold): Promise<void> {
  await sql`
    update record_holds set held_until = now()
    where record_id = any(${recordIds}::text[]) and holder = ${holder} and held_until > now()`.execute(
    db,
  );
}

/** What is being written is noted on one of the records: whoever meets the pair asks for both. */
export const notesOn = (
  id: string,
  [first]: readonly string[],
  claim: LinkClaim | undefined,
): readonly Unrecorded[] => (id === first && claim?.unrecorded ? [claim.unrecorded] : []);

export async function unrecordedOf(
  db: Kysely<Database>,
  records: readonly string[],
): Promise<readonly Unrecorded[]> {
  const { rows } = await sql<{ unrecorded: readonly Unrecorded[] }>`
    select unrecorded from record_holds
    where record_id = any(${records}::text[]) and unrecorded <> '[]'`.execute(db);
  return rows.flatMap(({ unrecorded }) => unrecorded);
}

/**
 * Lets go of own holds, and of those of the dead on records that were saved; links that somebody wanted meanwhile
 * are due at once. What was being sent is forgotten where it is settled, and kept for the next look elsewhere.
 */
export async function releaseHolds(
  trx: Transaction<Database>,
  { holder, recordIds: own }: Hold,
  saved: readonly string[],
  settled: readonly string[],
): Promise<void> {
  if (own.length + saved.length === 0) return;
  const isMine = sql`((record_id = any(${own}::text[]) and holder = ${holder})
    or (record_id = any(${saved}::text[]) and (held_until is null or held_until <= now())))`;
  const { rows: gone } = await sql<LetGo>`
    delete from record_holds
    where ${isMine} and (record_id = any(${settled}::text[]) or unrecorded = '[]')
    returning record_id as id, wanted`.execute(trx);
  const { rows: kept } = await sql<LetGo>`
    update record_holds set held_until = null, holder = null where ${isMine} and held_until is not null
    returning record_id as id, wanted`.execute(trx);
  const wanted = [...gone, ...kept].flatMap(({ id, wanted: isWanted }) => (isWanted ? [id] : []));
  if (wanted.length === 0) return;
  await sql`
    update record_holds set wanted = false where record_id = any(${wanted}::text[])`.execute(trx);
  await sql`
    update links set retry_at = now()
    where hubspot_id = any(${wanted}::text[]) or salesforce_id = any(${wanted}::text[])`.execute(
    trx,
  );
}

interface LetGo {
  readonly id: string;
  readonly wanted: boolean;
}

/** A link in somebody's hands is due when they let go; any other at once, and no save that is under way counts. */
export async function wantLinks(
  trx: Transaction<Database>,
  { hubspot, salesforce }: Parameters<LinkStore['want']>[0],
): Promise<void> {
  const { rows } = await sql<{ id: string; records: readonly string[] }>`
    select id, array_remove(array[hubspot_id, salesforce_id], null) as records from links
    where hubspot_id = any(${hubspot}::text[]) or salesforce_id = any(${salesforce}::text[])
    order by id for update`.execute(trx);
  const concerned = [...hubspot, ...salesforce, ...rows.flatMap(({ records }) => records)];
  const { rows: held } = await sql<{ id: string }>`
    update record_holds set wanted = true
    where record_id = any(${concerned}::text[]) and held_until > now()
    returning record_id as id`.execute(trx);
  const inHand = new Set(held.map(({ id }) => id));
  const free = rows.filter(({ records }) => !records.some((id) => inHand.has(id)));
  await sql`
    update links set version = version + 1, retry_at = now()
    where id = any(${free.map(({ id }) => id)}::bigint[])`.execute(trx);
}
