// GET /sobjects/{Object}/deleted and /updated: what went and what changed between two minutes of the last
// 30 days (salesforce-api §3).
import { fail } from '../errors.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { parseDatetime, textOf, toApiDatetime } from '../values.ts';
import type { Answer, Api, Call } from './call.ts';

const MINUTE = 60_000;
const WINDOW = 30 * 24 * 60 * MINUTE;

export function deletedRecords(api: Api, call: Call, object: ObjectSchema): Answer {
  const { start, end } = span(api, call);
  const deletions = api.database
    .deletions(object.name)
    .filter(({ deletedDate }) => start <= deletedDate && deletedDate < end)
    .sort((one, other) => (one.deletedDate < other.deletedDate ? -1 : 1));
  return {
    status: 200,
    value: {
      deletedRecords: deletions.map(({ id, deletedDate }) => ({ deletedDate, id })),
      earliestDateAvailable: toApiDatetime(api.clock.now() - WINDOW),
      latestDateCovered: end,
    },
  };
}

export function updatedRecords(api: Api, call: Call, object: ObjectSchema): Answer {
  const { start, end } = span(api, call);
  const ids: string[] = [];
  for (const row of api.database.table(object.name).byStamp(start)) {
    if (textOf(row, 'SystemModstamp') >= end) break;
    if (row.IsDeleted !== true) ids.push(textOf(row, 'Id'));
  }
  return { status: 200, value: { ids, latestDateCovered: end } };
}

/** Both ends cut to the minute, as the API does. */
function span(api: Api, call: Call): { start: string; end: string } {
  const start = instant(call, 'start');
  const end = instant(call, 'end');
  if (end - start < MINUTE) {
    throw fail(
      400,
      'INVALID_REPLICATION_DATE',
      'endDate must be at least one minute after startDate',
    );
  }
  if (start < api.clock.now() - WINDOW) {
    throw fail(400, 'INVALID_REPLICATION_DATE', 'startDate must be within the last 30 days');
  }
  return { start: toApiDatetime(start), end: toApiDatetime(end) };
}

function instant(call: Call, name: string): number {
  // A plus sign that wasn't encoded arrives as a space.
  const milliseconds = parseDatetime((call.query.get(name) ?? '').replace(' ', '+'));
  if (milliseconds === null) {
    throw fail(400, 'INVALID_REPLICATION_DATE', `The parameter ${name} is missing or no datetime`);
  }
  return Math.floor(milliseconds / MINUTE) * MINUTE;
}
