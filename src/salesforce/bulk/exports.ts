// Reading whole objects through query jobs of Bulk API 2.0: a job, some minutes, then pages of any size, one
// call each, for a week. A run keeps the job's id and the locator of its next page as its checkpoint.
import { z } from 'zod';
import type {
  SalesforceField,
  SalesforceFieldType,
  SalesforceObject,
} from '../../engine/fields.ts';
import { CallRejected, Unavailable } from '../../engine/failures.ts';
import type { SalesforceRecord } from '../../engine/records.ts';
import type { FieldsOf } from '../collections.ts';
import type { SalesforceConnection } from '../connection.ts';
import { ExportLost, type SalesforceExports } from '../port.ts';
import { recordOf, withSystemFields } from '../rows.ts';
import { conditionOn } from '../soql-condition.ts';
import { select } from '../soql.ts';
import { rowsOfCsv, valueOf } from './csv.ts';
import { BULK_READ_ROWS, EXPORT_PAGE_ROWS } from './thresholds.ts';

/** Compound fields: the Bulk API refuses them, and queries give them as objects that nobody maps. */
const COMPOUND: ReadonlySet<SalesforceFieldType> = new Set(['address', 'location']);

export const jobSchema = z.object({
  id: z.string(),
  state: z.string(),
  errorMessage: z.string().nullish(),
});

export function exportsOver(
  connection: SalesforceConnection,
  fieldsOf: FieldsOf,
): SalesforceExports {
  const jobPath = (jobId: string): string => `/jobs/query/${encodeURIComponent(jobId)}`;

  const isReady = async (jobId: string): Promise<boolean> => {
    const job = jobSchema.parse(
      await connection.send({ method: 'GET', path: jobPath(jobId) }).catch(lost),
    );
    if (job.state === 'Failed' || job.state === 'Aborted')
      throw new CallRejected(
        'Salesforce',
        job.errorMessage ?? `the bulk query was ${job.state.toLowerCase()}`,
        400,
        `BULK_QUERY_${job.state.toUpperCase()}`,
      );
    return job.state === 'JobComplete';
  };

  return {
    worthFrom: BULK_READ_ROWS,

    async start(object, fields, where) {
      const described = await fieldsOf(object);
      const isCompound = (name: string): boolean =>
        COMPOUND.has(described.get(name)?.type ?? 'string');
      const query = select({
        fields: withSystemFields(object, fields, described).filter((name) => !isCompound(name)),
        from: object,
        ...(where === undefined ? {} : { where: conditionOn(object, where) }),
      });
      const body = { operation: 'query', query };
      // A repeat leaves a job behind that nobody reads.
      const job = await connection.send({ method: 'POST', path: '/jobs/query', body });
      return jobSchema.parse(job).id;
    },

    async page({ object, jobId, locator, maxRecords = EXPORT_PAGE_ROWS }) {
      if (locator === null && !(await isReady(jobId))) return { state: 'working' };
      const span = new URLSearchParams({
        maxRecords: String(maxRecords),
        ...(locator === null ? {} : { locator }),
      });
      const path = `${jobPath(jobId)}/results?${span.toString()}`;
      const { headers, body } = await connection.sendText({ method: 'GET', path }).catch(lost);
      const records = await recordsIn(object, body, await fieldsOf(object));
      const promised = headers['sforce-numberofrecords'] ?? String(records.length);
      if (promised !== String(records.length)) throw incomplete();
      const next = headers['sforce-locator'] ?? 'null';
      return { state: 'page', records, locator: next === 'null' ? null : next };
    },

    async end(jobId) {
      const path = jobPath(jobId);
      const remove = (): Promise<unknown> => connection.send({ method: 'DELETE', path });
      await remove()
        .catch(async (error: unknown) => {
          if (!(error instanceof CallRejected)) throw error;
          // Only a job that is over can be deleted.
          await connection.send({ method: 'PATCH', path, body: { state: 'Aborted' } });
          await remove();
        })
        .catch((error: unknown) => {
          // Gone already: all the same.
          if (!(error instanceof CallRejected)) throw error;
        });
    },
  };
}

async function recordsIn(
  object: SalesforceObject,
  csv: string,
  described: ReadonlyMap<string, SalesforceField>,
): Promise<SalesforceRecord[]> {
  const records: SalesforceRecord[] = [];
  let columns: readonly string[] | null = null;
  try {
    for await (const cells of rowsOfCsv(csv)) {
      if (columns === null) columns = cells;
      else {
        const values = columns.map(
          (name, place) => [name, valueOf(cells[place] ?? '', described.get(name))] as const,
        );
        records.push(recordOf(object, Object.fromEntries(values)));
      }
    }
  } catch (error) {
    throw incomplete(error);
  }
  return records;
}

const incomplete = (cause?: unknown): Unavailable =>
  new Unavailable('Salesforce', 'the page of the bulk query is not whole', { cause });

/** Whatever is refused about a job or its pages: neither will come back. */
function lost(error: unknown): never {
  if (!(error instanceof CallRejected)) throw error;
  throw new ExportLost('Salesforce', `the bulk query can't be read on: ${error.message}`, {
    cause: error,
  });
}
