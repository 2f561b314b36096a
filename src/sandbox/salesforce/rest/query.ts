// GET /query, /queryAll and the pages behind a locator (salesforce-api §3).
import { malformed, noSuchObject } from '../soql/errors.ts';
import { parseSoql } from '../soql/parse.ts';
import { compileRender } from '../soql/render.ts';
import { run } from '../soql/run.ts';
import type { Answer, Api, Call } from './call.ts';

const PAGE = 2000;
const SMALLEST_PAGE = 200;

export function query(api: Api, call: Call, withDeleted: boolean): Answer {
  const locator = call.segments[1];
  if (locator !== undefined) return { status: 200, value: api.cursors.next(locator) };

  const soql = call.query.get('q');
  if (soql === null || soql.trim() === '') {
    throw malformed('', '', 'A query string has to be specified');
  }
  const selection = parseSoql(soql);
  const object = api.database.schema.visibleObject(selection.object);
  if (object === undefined) throw noSuchObject(soql, selection.object);
  const render = compileRender(api.database, object, selection, call.version);
  const rows = run(api.database, object, selection, { withDeleted, ids: null });
  if (selection.countOnly) {
    return { status: 200, value: { totalSize: rows.length, done: true, records: [] } };
  }
  return { status: 200, value: api.cursors.start(rows, render, pageSize(call), call.version) };
}

/** `Sforce-Query-Options: batchSize=500`; Salesforce takes 200 to 2,000. */
function pageSize(call: Call): number {
  const asked = /batchSize=(\d+)/i.exec(call.headers['sforce-query-options'] ?? '')?.[1];
  if (asked === undefined) return PAGE;
  return Math.min(PAGE, Math.max(SMALLEST_PAGE, Number(asked)));
}
