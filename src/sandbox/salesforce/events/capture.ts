// What Change Data Capture makes of a transaction: one event for each record, or for all records of an object
// that changed in the same way. Only what changed is in it, as a bitmap and with its values.
import { createHash } from 'node:crypto';
import type { RowChange } from '../org/database.ts';
import { fieldOf, textOf, type Row } from '../values.ts';
import type { ChangeType, EventSchema } from './avro-schemas.ts';

/** An event that has no place in the stream yet. */
export interface CapturedEvent {
  readonly object: string;
  readonly recordIds: readonly string[];
  readonly schemaId: string;
  readonly payload: Buffer;
}

export interface Transaction {
  readonly changes: readonly RowChange[];
  readonly commitNumber: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The app that made it through the API; '' for one that doesn't say its name, null for a person. */
  readonly client: string | null;
  /** What happened is told without what changed, as when Salesforce can't build the event. */
  readonly asGaps: boolean;
}

interface Group {
  readonly change: RowChange;
  readonly changeType: ChangeType;
  readonly changed: ReadonlySet<string>;
  readonly recordIds: string[];
}

const NOTHING: Row = {};

export function captured(
  { changes, commitNumber, at, client, asGaps }: Transaction,
  schemaOf: (object: string) => EventSchema | null,
): CapturedEvent[] {
  const groups = new Map<string, Group>();
  for (const change of changes) {
    const schema = schemaOf(change.object);
    const changeType = changeTypeOf(change);
    if (schema === null || changeType === null) continue;
    const changed = changedFields(change, changeType, schema);
    if (changeType === 'UPDATE' && changed.size === 0) continue;
    const values = [...changed].map((name) => [name, fieldOf(change.after ?? NOTHING, name)]);
    const sameness = JSON.stringify([change.object, changeType, values]);
    const group = groups.get(sameness);
    if (group) group.recordIds.push(change.id);
    else groups.set(sameness, { change, changeType, changed, recordIds: [change.id] });
  }
  const transactionKey = createHash('md5').update(`transaction ${commitNumber}`).digest('hex');
  return [...groups.values()].flatMap(({ change, changeType, changed, recordIds }, sequence) => {
    const schema = schemaOf(change.object);
    if (schema === null) return [];
    const row = change.after ?? NOTHING;
    const commitUser = textOf(row, 'LastModifiedById');
    const nulled = [...changed].filter((name) => fieldOf(row, name) === null);
    const isUpdate = changeType === 'UPDATE';
    const none = new Set<string>();
    const told = asGaps ? none : changed;
    const header = {
      entityName: change.object,
      recordIds,
      changeType: asGaps ? gapOf(changeType) : changeType,
      changeOrigin: originOf(client),
      transactionKey,
      sequenceNumber: sequence + 1,
      commitTimestamp: at,
      commitNumber,
      commitUser,
      nulledFields: schema.bitmap(isUpdate && !asGaps ? new Set(nulled) : none),
      diffFields: [],
      changedFields: schema.bitmap(isUpdate ? told : none),
    };
    const payload = schema.encode(header, row, told);
    return [{ object: change.object, recordIds, schemaId: schema.id, payload }];
  });
}

function originOf(client: string | null): string {
  if (client === null) return '';
  return `com/salesforce/api/rest/64.0${client === '' ? '' : `;client=${client}`}`;
}

const isThere = (row: Row | undefined): boolean => row !== undefined && row.IsDeleted !== true;

function changeTypeOf({ before, after }: RowChange): ChangeType | null {
  if (!isThere(after)) return isThere(before) ? 'DELETE' : null;
  if (before === undefined) return 'CREATE';
  return isThere(before) ? 'UPDATE' : 'UNDELETE';
}

function changedFields(
  { before = NOTHING, after = NOTHING }: RowChange,
  changeType: ChangeType,
  { fields }: EventSchema,
): Set<string> {
  if (changeType === 'DELETE') return new Set();
  const known = changeType === 'UPDATE' ? before : NOTHING;
  const names = fields.map(({ name }) => name);
  return new Set(names.filter((name) => fieldOf(known, name) !== fieldOf(after, name)));
}

const gapOf = (changeType: ChangeType): ChangeType => {
  switch (changeType) {
    case 'CREATE':
      return 'GAP_CREATE';
    case 'DELETE':
      return 'GAP_DELETE';
    case 'UNDELETE':
      return 'GAP_UNDELETE';
    default:
      return 'GAP_UPDATE';
  }
};
