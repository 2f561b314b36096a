// Who should have been on a page of a CRM's listing and was not: deleted, merged away or out of sight, and
// no feed told of it. Pages come in the order of ids, so what is remembered between two pages' ends and not
// on the page is gone; what became of it is read like everything else.
import type { SalesforceObject } from '../../engine/fields.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Sighting } from '../sighting.ts';

interface Listed {
  readonly records: readonly { readonly id: string }[];
  /** Id of the last of the page; null when the listing ends with it. */
  readonly afterId: string | null;
}

type Which =
  { readonly side: 'hubspot' } | { readonly side: 'salesforce'; readonly object: SalesforceObject };

const KEY_PREFIXES: Readonly<Record<SalesforceObject, string>> = { Lead: '00Q', Contact: '003' };

/** @param afterId last id of the page before; null for the first page */
export async function unseen(
  { ports }: Pipeline,
  which: Which,
  { records, afterId: upTo }: Listed,
  afterId: string | null,
): Promise<Sighting[]> {
  // Leads and contacts share one order of ids, each with its own beginning.
  const prefix = which.side === 'hubspot' ? '' : KEY_PREFIXES[which.object];
  const remembered = await ports.store.links.idsBetween(
    which.side,
    afterId ?? (prefix === '' ? null : prefix),
    upTo ?? (prefix === '' ? null : `${prefix}~`),
  );
  const shown = new Set(records.map(({ id }) => id));
  return remembered
    .filter((id) => !shown.has(id))
    .map((id): Sighting => ({
      key: which.side === 'hubspot' ? { side: 'hubspot', id } : { ...which, id },
    }));
}
