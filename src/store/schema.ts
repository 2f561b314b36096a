// The tables, as Kysely types. `ColumnType`s say what is read; writes go through the repositories' SQL.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { LinkContent, Sending } from '../engine/link.ts';
import type { Settings } from '../engine/settings.ts';
import type { Change, Run, RunCounts } from './port.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** Set by the database. */
type OwnTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;

export interface LinksTable {
  id: Generated<string>;
  version: Generated<number>;
  hubspot_id: string | null;
  salesforce_id: string | null;
  salesforce_object: LinkContent['salesforceObject'];
  base: LinkContent['base'];
  refused: LinkContent['refused'];
  field_reasons: LinkContent['fieldReasons'];
  left_different: LinkContent['leftDifferent'];
  state: LinkContent['state'];
  reason: LinkContent['reason'];
  /** Computed from `reason`; '' where there is none, so that an index can find it. */
  reason_code: GeneratedAlways<string>;
  /** The CRMs' own texts: compared as they came, never calculated with. */
  hubspot_modified_at: string | null;
  salesforce_modified_at: string | null;
  creating_since: Timestamp | null;
  attempts: number;
  retry_at: Timestamp | null;
  last_synced_at: Timestamp | null;
  pinned: boolean;
  kept_apart: LinkContent['keptApart'];
  updated_at: Timestamp;
}

export interface ChangesTable {
  id: Generated<string>;
  at: OwnTimestamp;
  hubspot_id: string | null;
  salesforce_id: string | null;
  run_id: string | null;
  cause: Change['cause'];
  side: Change['side'];
  field: string;
  before: Change['before'];
  after: Change['after'];
  why: string;
}

export interface RunsTable {
  id: Generated<string>;
  kind: Run['kind'];
  state: Run['state'];
  settings_version: number;
  checkpoint: unknown;
  counts: RunCounts;
  total: number | null;
  started_at: OwnTimestamp;
  finished_at: Timestamp | null;
}

export interface SettingsVersionsTable {
  version: number;
  settings: Settings;
  saved_by: string;
  note: string;
  saved_at: OwnTimestamp;
}

export interface HoldsTable {
  link_id: string;
  /** Null: let go, with what was being sent still to be settled. */
  held_until: Timestamp | null;
  /** Somebody else had news of the link meanwhile. */
  wanted: Generated<boolean>;
  sending: readonly Sending[];
}

export interface Database {
  links: LinksTable;
  holds: HoldsTable;
  changes: ChangesTable;
  runs: RunsTable;
  settings_versions: SettingsVersionsTable;
  cursors: { name: string; value: unknown };
  installation: { only_row: Generated<boolean>; portal_id: string; organization_id: string };
}
