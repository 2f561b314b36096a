// How changes share rows of history: pure, so that the store in memory groups them as Postgres does.
import type { Change } from './port.ts';

/** [property or field, before, after, why] */
export type FieldChange = readonly [string, Change['before'], Change['after'], string];

export interface NewRow {
  readonly hubspot_id: string | null;
  readonly salesforce_id: string | null;
  readonly run_id: string | null;
  readonly cause: Change['cause'];
  readonly done_by: string | null;
  readonly side: Change['side'];
  readonly fields: FieldChange[];
}

/** Consecutive changes of one record by one sync share a row. */
export function rowsOf(changes: readonly Change[]): NewRow[] {
  const rows: NewRow[] = [];
  for (const change of changes) {
    const { hubspotId, salesforceId, runId, cause, side, field, before, after, why } = change;
    const doneBy = change.by ?? null;
    const last = rows.at(-1);
    const belongs =
      last?.side === side &&
      last.hubspot_id === hubspotId &&
      last.salesforce_id === salesforceId &&
      last.run_id === runId &&
      last.cause === cause &&
      last.done_by === doneBy;
    const row: NewRow = belongs
      ? last
      : {
          hubspot_id: hubspotId,
          salesforce_id: salesforceId,
          run_id: runId,
          cause,
          done_by: doneBy,
          side,
          fields: [],
        };
    row.fields.push([field, before, after, why]);
    if (!belongs) rows.push(row);
  }
  return rows;
}
