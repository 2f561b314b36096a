// Open query results, paged by locator: `01g…-2000` names a result and the row its next page begins with.
// Salesforce keeps a result for two days and ten of them per user (salesforce-api §3).
import type { Clock } from '../../clock.ts';
import { fail } from '../errors.ts';
import { IdSequence, toId18 } from '../ids.ts';
import type { JsonRecord, Render } from '../soql/render.ts';
import type { Row } from '../values.ts';

const LIFETIME = 2 * 24 * 3_600_000;
const MOST_OPEN = 10;

interface Cursor {
  readonly rows: readonly Row[];
  readonly render: Render;
  readonly pageSize: number;
  readonly version: string;
  readonly openedAt: number;
}

export class Cursors {
  readonly #clock: Clock;
  readonly #ids = new IdSequence('01g');
  readonly #open = new Map<string, Cursor>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The first page of a result; keeps the rest for later. */
  start(rows: readonly Row[], render: Render, pageSize: number, version: string): JsonRecord {
    const cursor = { rows, render, pageSize, version, openedAt: this.#clock.now() };
    if (rows.length <= pageSize) return page(cursor, '', 0);
    const id = this.#ids.next();
    this.#open.set(id, cursor);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= MOST_OPEN) break;
      this.#open.delete(oldest);
    }
    return page(cursor, id, 0);
  }

  next(locator: string): JsonRecord {
    const [id15 = '', offset = ''] = locator.split('-');
    const id = toId18(id15) ?? '';
    const cursor = this.#open.get(id);
    const start = Number(offset);
    if (cursor === undefined || !Number.isInteger(start) || offset === '') {
      throw fail(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    if (this.#clock.now() - cursor.openedAt > LIFETIME) {
      this.#open.delete(id);
      throw fail(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return page(cursor, id, start);
  }
}

function page(cursor: Cursor, id: string, start: number): JsonRecord {
  const end = start + cursor.pageSize;
  const done = end >= cursor.rows.length;
  return {
    totalSize: cursor.rows.length,
    done,
    ...(done ? {} : { nextRecordsUrl: `/services/data/v${cursor.version}/query/${id}-${end}` }),
    records: cursor.rows.slice(start, end).map(cursor.render),
  };
}
