// What an ingest job does to the org: its rows go through the same writes as those of a collection, so they
// are refused for the same reasons, told as `STATUS_CODE:message:Field1,Field2 --`. An empty value leaves
// the field alone, `#N/A` blanks it. Assignment rules only run when the job names one.
import { idOnInsert, otherRefusal, SalesforceError, WrongJsonType } from '../errors.ts';
import { readBody, type Incoming } from '../org/incoming.ts';
import type { Actor } from '../org/writes.ts';
import type { Api } from '../rest/call.ts';
import { repeatedValues, rowId, upsertField, upsertRow } from '../rest/upsert.ts';
import type { FieldSpec } from '../schema/field.ts';
import type { FieldValue } from '../values.ts';
import { BadUpload, fromCsv } from './csv.ts';
import type { FailureOfAJob, IngestJob } from './jobs.ts';

const BLANK = '#N/A';
/** Rows that triggers see together: an external id may stand only once among them. */
const CHUNK = 200;

type Body = Readonly<Record<string, string | null>>;
type Written = { readonly id: string; readonly created: boolean };

/** Works on the rows of a job whose time has come. */
export function workOnIngest(api: Api, job: IngestJob, failure: FailureOfAJob | null): void {
  let rows: string[][];
  try {
    const [columns = [], ...others] = fromCsv(job.csv ?? '', job.layout);
    job.columns = columns;
    rows = others;
    const unknown = columns.find((name) => job.object.visibleField(name) === undefined);
    if (unknown !== undefined)
      throw new BadUpload(`InvalidBatch : Field name not found : ${unknown}`);
  } catch (error) {
    if (!(error instanceof BadUpload)) throw error;
    job.state = 'Failed';
    job.errorMessage = error.message;
    return;
  }
  const end = failure === null ? rows.length : (failure.afterRows ?? 0);
  for (let start = 0; start < end; start += CHUNK)
    workOnChunk(api, job, rows.slice(start, Math.min(end, start + CHUNK)));
  job.unprocessed = rows.slice(end);
  job.processed = Math.min(end, rows.length);
  // Order isn't kept; from the last to the first shows who relies on it.
  job.successful.reverse();
  if (failure === null) return;
  job.state = 'Failed';
  job.errorMessage = failure.message;
}

function workOnChunk(api: Api, job: IngestJob, rows: readonly string[][]): void {
  const actor: Actor = { ...api.actor, autoAssign: job.assignmentRuleId !== null };
  const bodies = rows.map((cells) => bodyOf(job.columns, cells));
  const write = writerFor(api, job, bodies, actor);
  for (const [place, cells] of rows.entries()) {
    const mark = api.database.mark();
    const body = bodies[place] ?? {};
    try {
      const { id, created } = write(body);
      job.successful.push([id, String(created), ...cells]);
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      api.database.undoTo(mark);
      job.failed.push([body.Id ?? '', errorText(error), ...cells]);
    }
  }
}

function bodyOf(columns: readonly string[], cells: readonly string[]): Body {
  return Object.fromEntries(
    columns.flatMap((name, place) => {
      const cell = cells[place] ?? '';
      return cell === '' ? [] : [[name, cell === BLANK ? null : cell] as const];
    }),
  );
}

function writerFor(
  api: Api,
  job: IngestJob,
  bodies: readonly Body[],
  actor: Actor,
): (body: Body) => Written {
  const { object, operation } = job;
  switch (operation) {
    case 'insert':
      return (body) => {
        if ('Id' in body) throw new SalesforceError(400, [idOnInsert()]);
        return { id: api.writes.insert(object, incomingOf(job, body), actor), created: true };
      };
    case 'update':
      return (body) => {
        const id = rowId(object, body.Id ?? null);
        api.writes.update(object, id, incomingOf(job, body), actor);
        return { id, created: false };
      };
    case 'delete':
      return (body) => {
        const id = rowId(object, body.Id ?? null);
        api.writes.remove(object, id, actor);
        return { id, created: false };
      };
    default: {
      const field = upsertField(object, job.externalIdFieldName ?? '');
      const repeated = repeatedValues(field, bodies);
      return (body) =>
        upsertRow(api, { object, field, repeated, actor }, body, incomingOf(job, body));
    }
  }
}

/** All values are text here; what can't be read as its field's type is the row's fault alone. */
function incomingOf({ object }: IngestJob, body: Body): Incoming {
  const incoming = new Map<FieldSpec, FieldValue>();
  for (const [name, value] of Object.entries(body)) {
    try {
      for (const [field, read] of readBody(object, { [name]: value })) incoming.set(field, read);
    } catch (error) {
      if (!(error instanceof WrongJsonType)) throw error;
      const { label = name, name: apiName = name } = object.field(name) ?? {};
      throw new SalesforceError(400, [
        otherRefusal(
          'INVALID_TYPE_ON_FIELD_IN_RECORD',
          `${label}: value not of required type: ${value ?? ''}`,
          [apiName],
        ),
      ]);
    }
  }
  return incoming;
}

function errorText({ refusals }: SalesforceError): string {
  const [first] = refusals;
  if (first === undefined) return 'UNKNOWN_EXCEPTION:unknown:--';
  const fields = (first.fields ?? []).join(',');
  return `${first.errorCode}:${first.message}:${fields === '' ? '' : `${fields} `}--`;
}
