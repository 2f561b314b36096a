// How rows are put into collections of 200, and collections into composites of five, so that 1,000 rows
// cost one call (salesforce-api §4). What comes of them is `write.ts`.
import type { SalesforceField, SalesforceObject } from '../engine/fields.ts';
import { EXTERNAL_ID_FIELD } from '../engine/partners.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import { HEAVY_PER_COMPOSITE, type Subrequest } from './composite.ts';
import type { SalesforceFields, SalesforceWrite } from './port.ts';

/** Rows of one collection. */
const COLLECTION = 200;

export type FieldsOf = (object: SalesforceObject) => Promise<ReadonlyMap<string, SalesforceField>>;

export interface Row {
  readonly index: number;
  readonly write: SalesforceWrite;
}

/** Rows that can share a collection: same object, same way of writing, same headers. */
export interface Collection {
  readonly object: SalesforceObject;
  readonly kind: 'update' | 'upsert' | 'create' | 'delete';
  /** Whether the org's lead assignment rules choose the owners. */
  readonly assign: boolean;
  readonly rows: readonly Row[];
  /** How often these rows were sent before. */
  readonly tries: number;
  /** Not in one composite with others: an org's triggers may not manage that many rows at a time. */
  readonly alone: boolean;
}

/** Everything that can share collections, of any size; `partsOf` cuts them. */
export async function byKind(
  writes: readonly SalesforceWrite[],
  fieldsOf: FieldsOf,
): Promise<Collection[]> {
  const kinds = new Map<string, Omit<Collection, 'rows'> & { rows: Row[] }>();
  for (const [index, write] of writes.entries()) {
    const { object } = write;
    const kind = write.kind === 'create' ? await wayToCreate(object, fieldsOf) : write.kind;
    const assign = write.kind === 'create' && write.assign;
    const name = `${kind} ${object} ${assign}`;
    const known = kinds.get(name) ?? { object, kind, assign, rows: [], tries: 0, alone: false };
    known.rows.push({ index, write });
    kinds.set(name, known);
  }
  return [...kinds.values()];
}

export function partsOf(collection: Collection, size: number = COLLECTION): Collection[] {
  const parts: Collection[] = [];
  for (let start = 0; start < collection.rows.length; start += size)
    parts.push({ ...collection, rows: collection.rows.slice(start, start + size) });
  return parts;
}

/** Rows of a collection that is sent again because somebody held a lock: shorter transactions meet less often. */
const LOCKED_COLLECTION = 40;

/**
 * Locked rows in smaller collections. Saving a contact locks its account, so those of one account stay together:
 * two transactions would wait for each other.
 */
export function apartByAccount(collection: Collection): Collection[] {
  const byAccount = new Map<string, Row[]>();
  for (const row of collection.rows) {
    const name = accountOf(row.write) ?? `row ${row.index}`;
    byAccount.set(name, [...(byAccount.get(name) ?? []), row]);
  }
  const parts: Row[][] = [];
  for (const rows of byAccount.values()) {
    const last = parts.at(-1);
    if (last && last.length + rows.length <= LOCKED_COLLECTION) last.push(...rows);
    else parts.push([...rows]);
  }
  return parts.map((rows) => ({ ...collection, rows }));
}

function accountOf(write: SalesforceWrite): string | null {
  if (write.kind === 'delete' || write.object !== 'Contact') return null;
  const known = write.kind === 'update' ? write.accountId : undefined;
  const { AccountId = known } = write.fields;
  return typeof AccountId === 'string' ? (salesforceId18(AccountId) ?? AccountId) : null;
}

/** Upserting needs an external ID this user may write. */
async function wayToCreate(
  object: SalesforceObject,
  fieldsOf: FieldsOf,
): Promise<'upsert' | 'create'> {
  const field = (await fieldsOf(object)).get(EXTERNAL_ID_FIELD);
  return field?.externalId === true && field.createable ? 'upsert' : 'create';
}

/** A plain create that is sent twice makes two records; everything else may be repeated. */
export const isRepeatable = ({ kind }: Collection): boolean => kind !== 'create';

/** Takes the collections off the queue that go into the next call; creates that can't be repeated go last, apart. */
export function takeGroup(queue: Collection[]): Collection[] {
  const first = queue.find(isRepeatable) ?? queue[0];
  if (!first) return [];
  const companions = queue.filter(
    (other) => !other.alone && isRepeatable(other) === isRepeatable(first),
  );
  const group = first.alone ? [first] : companions.slice(0, HEAVY_PER_COMPOSITE);
  for (const taken of group) queue.splice(queue.indexOf(taken), 1);
  return group;
}

/** What a write puts into fields: nothing, when it deletes. */
export const fieldsIn = (write: SalesforceWrite): SalesforceFields =>
  write.kind === 'delete' ? {} : write.fields;

/** Left out, the header means TRUE, on updates too (salesforce-api §4). */
const assignmentHeader = (assign: boolean): Record<string, string> => ({
  'Sforce-Auto-Assign': assign ? 'TRUE' : 'FALSE',
});

export function subrequestOf({ object, kind, assign, rows }: Collection): Subrequest {
  const headers = assignmentHeader(assign);
  if (kind === 'delete') {
    const ids = rows.flatMap(({ write }) => (write.kind === 'delete' ? [write.id] : []));
    const path = `/composite/sobjects?ids=${ids.map(encodeURIComponent).join(',')}&allOrNone=false`;
    return { method: 'DELETE', path, headers };
  }
  const records = rows.map(({ write }) => ({
    attributes: { type: object },
    ...fieldsIn(write),
    ...(write.kind === 'update' ? { id: write.id } : {}),
    ...(kind === 'upsert' && write.kind === 'create'
      ? { [EXTERNAL_ID_FIELD]: write.hubspotId }
      : {}),
  }));
  const path =
    kind === 'upsert'
      ? `/composite/sobjects/${object}/${EXTERNAL_ID_FIELD}`
      : '/composite/sobjects';
  return {
    method: kind === 'create' ? 'POST' : 'PATCH',
    path,
    body: { allOrNone: false, records },
    headers,
  };
}
