// Runs that can be scoped, dry, paused and handed from worker to worker, with what they left out; history as
// one row per record and side written, which is a twentieth of the rows of a first import; and the order in
// which the CRMs list their records.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table runs
      add column scope jsonb not null default '{}',
      add column dry boolean not null default false,
      add column started_by text not null default '',
      add column working_ms bigint not null default 0,
      add column trouble text,
      add column setbacks int4 not null default 0,
      add column retry_at timestamptz,
      add column holder text`.execute(db);
  await sql`create index runs_open on runs (id) where state in ('waiting', 'running')`.execute(db);
  await sql`
    create table run_records (
      id bigint generated always as identity primary key,
      run_id bigint not null,
      hubspot_id text,
      salesforce_id text,
      result text not null,
      reason jsonb,
      writes jsonb
    )`.execute(db);
  await sql`create index run_records_of_run on run_records (run_id, id)`.execute(db);
  // HubSpot's ids are numbers in text: by length, then by digit, is by number.
  await sql`
    create index links_as_hubspot_lists on links (length(hubspot_id), hubspot_id collate "C")
    where hubspot_id is not null`.execute(db);
  await sql`
    create index links_as_salesforce_lists on links (salesforce_id collate "C")
    where salesforce_id is not null`.execute(db);
  await sql`
    create table history (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      hubspot_id text,
      salesforce_id text,
      run_id bigint,
      cause text not null,
      side text not null,
      fields jsonb not null
    )`.execute(db);
  await sql`create index history_of_contact on history (hubspot_id, id)`.execute(db);
  await sql`create index history_of_run on history (run_id, id) where run_id is not null`.execute(
    db,
  );
  await sql`
    insert into history (at, hubspot_id, salesforce_id, run_id, cause, side, fields)
    select at, hubspot_id, salesforce_id, run_id, cause, side,
      jsonb_agg(jsonb_build_array(field, before, after, why) order by id)
    from changes group by at, hubspot_id, salesforce_id, run_id, cause, side
    order by min(id)`.execute(db);
}
