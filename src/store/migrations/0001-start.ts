// The first schema: links and their history, runs, settings, cursors, the installation.
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table links (
      id bigint generated always as identity primary key,
      version int4 not null default 1,
      hubspot_id text unique,
      salesforce_id text unique,
      salesforce_object text,
      base jsonb not null,
      refused jsonb not null,
      field_reasons jsonb not null,
      left_different jsonb not null,
      state text not null,
      reason jsonb,
      reason_code text not null generated always as (coalesce(reason->>'code', '')) stored,
      hubspot_modified_at text,
      salesforce_modified_at text,
      creating_since timestamptz,
      attempts int4 not null default 0,
      retry_at timestamptz,
      last_synced_at timestamptz,
      pinned boolean not null default false,
      kept_apart jsonb not null default '[]',
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index links_due on links (retry_at) where retry_at is not null`.execute(db);
  await sql`create index links_by_state on links (state, reason_code, id)`.execute(db);
  await sql`create index links_with_campaigns on links (id) where base->>'tandem_campaign_ids' is not null`.execute(
    db,
  );
  await sql`create index links_with_field_reasons on links (id) where field_reasons <> '{}'`.execute(
    db,
  );
  await sql`
    create table runs (
      id bigint generated always as identity primary key,
      kind text not null,
      state text not null,
      settings_version int4 not null,
      checkpoint jsonb,
      counts jsonb not null,
      total int4,
      started_at timestamptz not null default now(),
      finished_at timestamptz
    )`.execute(db);
  await sql`
    create table changes (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      hubspot_id text,
      salesforce_id text,
      run_id bigint,
      cause text not null,
      side text not null,
      field text not null,
      before jsonb,
      after jsonb,
      why text not null
    )`.execute(db);
  await sql`create index changes_of_contact on changes (hubspot_id, id)`.execute(db);
  await sql`
    create table settings_versions (
      version int4 primary key,
      settings jsonb not null,
      saved_by text not null,
      note text not null,
      saved_at timestamptz not null default now()
    )`.execute(db);
  await sql`create table cursors (name text primary key, value jsonb)`.execute(db);
  await sql`
    create table installation (
      only_row boolean primary key default true check (only_row),
      portal_id text not null,
      organization_id text not null
    )`.execute(db);
}
