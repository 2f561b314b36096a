// POST /crm/objects/contacts/search (hubspot-api §2.2). Pages of one query come from one result list, kept
// while nothing arrives in the index: paging through 10,000 contacts doesn't read all of them per page.
import { bodyOf, type Routes } from '../call.ts';
import type { ContactPresenter } from '../contacts/present.ts';
import type { ContactRow } from '../contacts/row.ts';
import type { PropertyRegistry } from '../properties/registry.ts';
import type { ContactIndex } from './contact-index.ts';
import { searchSchema, toQuery, type Query } from './query.ts';

interface Found {
  readonly key: string;
  readonly revision: number;
  readonly rows: readonly ContactRow[];
}

class Search {
  readonly #index: ContactIndex;
  #last: Found | null = null;

  constructor(index: ContactIndex) {
    this.#index = index;
  }

  run(query: Query): { total: number; rows: readonly ContactRow[] } {
    const found = this.#rowsOf(query);
    const start = query.aboveId === null ? 0 : firstAbove(found, query.aboveId);
    return {
      total: found.length - start,
      rows: found.slice(start + query.offset, start + query.offset + query.limit),
    };
  }

  #rowsOf(query: Query): readonly ContactRow[] {
    const { revision } = this.#index;
    if (this.#last?.key === query.key && this.#last.revision === revision) return this.#last.rows;
    const { from, until } = query.window;
    const rows = this.#index.modifiedBetween(from, until).filter(query.matches).sort(query.order);
    this.#last = { key: query.key, revision, rows };
    return rows;
  }
}

/** Index of the first row whose id is greater; rows are in ascending id. */
function firstAbove(rows: readonly ContactRow[], id: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(rows[middle]?.id ?? Infinity) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function searchRoutes(
  index: ContactIndex,
  registry: PropertyRegistry,
  presenter: ContactPresenter,
): Routes {
  const search = new Search(index);
  return {
    'POST /crm/objects/contacts/search': (call) => {
      const request = bodyOf(call, searchSchema);
      const query = toQuery(request, registry);
      const { total, rows } = search.run(query);
      const next = query.offset + rows.length;
      return {
        status: 200,
        value: {
          total,
          results: rows.map((row) => presenter.present(row, { properties: request.properties })),
          ...(next < total ? { paging: { next: { after: String(next) } } } : {}),
        },
      };
    },
  };
}
