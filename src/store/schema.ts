// The tables, as Kysely types. `ColumnType`s say what is read; writes go through the repositories' SQL.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { LinkContent, Unrecorded } from '../engine/link.ts';
import type { Settings } from '../engine/settings.ts';
import type { FieldChange } from './history-rows.ts';
import type { Change } from './port.ts';
import type { Run, RunCounts, RunRecord } from './runs-port.ts';

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
  /** Since when `state` and `reason_code` are what they are; null where that was never noted. */
  standing_since: Timestamp | null;
}

export interface HistoryTable {
  id: Generated<string>;
  at: OwnTimestamp;
  hubspot_id: string | null;
  salesforce_id: string | null;
  run_id: string | null;
  cause: Change['cause'];
  /** Null: nobody in particular, or nobody knows. */
  done_by: string | null;
  side: Change['side'];
  fields: readonly FieldChange[];
}

export interface RunsTable {
  id: Generated<string>;
  kind: Run['kind'];
  state: Run['state'];
  scope: unknown;
  dry: boolean;
  settings_version: number;
  started_by: string;
  checkpoint: unknown;
  counts: RunCounts;
  total: number | null;
  /** int8, which comes as a text. */
  working_ms: ColumnType<string, number, number>;
  trouble: string | null;
  setbacks: Generated<number>;
  retry_at: Timestamp | null;
  /** Whose checkpoints count. */
  holder: string | null;
  started_at: OwnTimestamp;
  finished_at: Timestamp | null;
}

export interface RunRecordsTable {
  id: Generated<string>;
  run_id: string;
  hubspot_id: string | null;
  salesforce_id: string | null;
  result: RunRecord['result'];
  reason: RunRecord['reason'];
  writes: RunRecord['writes'] | null;
}

export interface SettingsVersionsTable {
  version: number;
  settings: Settings;
  saved_by: string;
  note: string;
  saved_at: OwnTimestamp;
}

export interface RecordHoldsTable {
  /** Of either CRM: their ids never look alike. */
  record_id: string;
  /** Null: let go, with what was being sent still to be settled. */
  held_until: Timestamp | null;
  holder: string | null;
  /** Somebody else had news of the record meanwhile. */
  wanted: Generated<boolean>;
  unrecorded: readonly Unrecorded[];
}

export interface Database {
  links: LinksTable;
  history: HistoryTable;
  record_holds: RecordHoldsTable;
  runs: RunsTable;
  run_records: RunRecordsTable;
  settings_versions: SettingsVersionsTable;
  cursors: { name: string; value: unknown };
  installation: { only_row: Generated<boolean>; portal_id: string; organization_id: string };
}
