// Insert, update and delete of one row, in Salesforce's order: the row itself, read-only fields, each
// value, required fields, lookups, unique values, then save with stamps (salesforce-api §8). API calls
// and a test's own hand take the same path; they differ in who acts and what that user may see.
//
// Not built, and where they belong: validation rules, duplicate rules and before-save triggers between
// `#check` and `#save`; conversion and merges as writes of their own beside `remove`; Bulk API 2.0 as a
// resource in `../rest` that calls these.
import {
  badReference,
  convertedLead,
  entityIsDeleted,
  notWritable,
  requiredMissing,
  rowLocked,
  SalesforceError,
  type Refusal,
} from '../errors.ts';
import { fieldOf, textOf, toApiDatetime, type FieldValue, type Row } from '../values.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { isComputed, personName } from './computed.ts';
import type { Database } from './database.ts';
import { checkValue } from './field-rules.ts';
import type { Incoming } from './incoming.ts';
import { checkCampaignMember, checkReference, checkUnique } from './references.ts';
import type { Table } from './table.ts';

export interface Actor {
  readonly userId: string;
  /** API users are held back by field-level security and by rows others have locked. */
  readonly viaApi: boolean;
}

export class Writes {
  readonly #database: Database;
  readonly #locked = new Set<string>();
  readonly #defaults = new Map<string, Row>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** While locked, API writes to the row fail with UNABLE_TO_LOCK_ROW. */
  lock(id: string): void {
    this.#locked.add(id);
  }

  unlock(id: string): void {
    this.#locked.delete(id);
  }

  insert(object: ObjectSchema, incoming: Incoming, actor: Actor): string {
    const table = this.#database.table(object.name);
    const refusals: Refusal[] = [];
    this.#refuseUnwritable(object, incoming, actor, 'updateOnly', refusals);
    const values = checkAll(incoming, refusals);
    stopIf(refusals);

    const defaults = this.defaults(object);
    const given = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => value !== null || !(name in defaults)),
    );
    const now = toApiDatetime(this.#database.clock.now());
    const row: Record<string, FieldValue> = {
      ...defaults,
      ...(object.field('OwnerId') ? { OwnerId: actor.userId } : {}),
      ...given,
    };
    const missing = object.fields.filter(
      (field) =>
        !field.nillable &&
        field.access !== 'read' &&
        !isComputed(object.name, field.name) &&
        (row[field.name] ?? null) === null,
    );
    if (missing.length > 0) refusals.push(requiredMissing(missing.map((field) => field.name)));
    stopIf(refusals);

    this.#checkReferences(object, given, refusals);
    const id = table.ids.next();
    row.Id = id;
    this.#checkAgainstOthers(object, row, refusals);
    stopIf(refusals);

    this.#save(table, {
      ...row,
      CreatedDate: now,
      CreatedById: actor.userId,
      ...modified(now, actor),
    });
    return id;
  }

  update(object: ObjectSchema, id: string, incoming: Incoming, actor: Actor): void {
    const table = this.#database.table(object.name);
    const before = this.#live(table, id, actor);
    if (before.IsConverted === true) throw new SalesforceError(400, [convertedLead()]);
    const refusals: Refusal[] = [];
    this.#refuseUnwritable(object, incoming, actor, 'createOnly', refusals);
    const values = checkAll(incoming, refusals);
    stopIf(refusals);

    const blanked = object.fields.filter(
      (field) => !field.nillable && field.name !== 'OwnerId' && values[field.name] === null,
    );
    if (blanked.length > 0) refusals.push(requiredMissing(blanked.map((field) => field.name)));
    stopIf(refusals);

    const changed = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => value !== fieldOf(before, name)),
    );
    this.#checkReferences(object, changed, refusals);
    const row = { ...before, ...values };
    this.#checkAgainstOthers(object, row, refusals);
    stopIf(refusals);

    // Even a save that changes nothing moves the stamps.
    this.#save(table, { ...row, ...modified(this.#nowAfter(before), actor) });
  }

  /** Deletes a row and, as Salesforce does, what hangs on it. */
  remove(object: ObjectSchema, id: string, actor: Actor): void {
    const table = this.#database.table(object.name);
    const before = this.#live(table, id, actor);
    for (const child of object.spec.childRelationships.filter((each) => each.cascadeDelete)) {
      const children = this.#database.table(child.childObject);
      for (const childId of [...(children.withValue(child.field, id) ?? [])]) {
        if (children.get(childId)?.IsDeleted !== true) {
          this.remove(children.schema, childId, actor);
        }
      }
    }
    this.#database.put(
      table,
      id,
      object.spec.hardDeleted
        ? undefined
        : { ...before, IsDeleted: true, ...modified(this.#nowAfter(before), actor) },
    );
  }

  /** Takes a row out of the recycle bin; it keeps its id. */
  undelete(object: ObjectSchema, id: string, actor: Actor): void {
    const table = this.#database.table(object.name);
    const before = table.get(id);
    if (before?.IsDeleted !== true) throw new SalesforceError(400, [badReference()]);
    const row = { ...before, IsDeleted: false, ...modified(this.#nowAfter(before), actor) };
    const duplicate = checkUnique(this.#database, object, row);
    if (duplicate !== null) throw new SalesforceError(400, [duplicate]);
    this.#database.put(table, id, row);
  }

  /** What a new row has before anything is said about it. */
  defaults(object: ObjectSchema): Row {
    const known = this.#defaults.get(object.name);
    if (known !== undefined) return known;
    const row: Record<string, FieldValue> = {};
    for (const field of object.fields) {
      if (!field.defaulted || isComputed(object.name, field.name)) continue;
      if (field.type === 'boolean') row[field.name] = false;
      const value = field.values.find((entry) => entry.isDefault) ?? field.values[0];
      if (field.type === 'picklist' && value !== undefined) row[field.name] = value.value;
    }
    this.#defaults.set(object.name, row);
    return row;
  }

  #live(table: Table, id: string, actor: Actor): Row {
    const row = table.get(id);
    if (row === undefined) throw new SalesforceError(404, [badReference()]);
    if (row.IsDeleted === true) throw new SalesforceError(404, [entityIsDeleted()]);
    if (actor.viaApi && this.#locked.has(id)) throw new SalesforceError(400, [rowLocked(id)]);
    return row;
  }

  #refuseUnwritable(
    object: ObjectSchema,
    incoming: Incoming,
    actor: Actor,
    otherAccess: 'createOnly' | 'updateOnly',
    refusals: Refusal[],
  ): void {
    const refused = [...incoming.keys()].filter(
      (field) =>
        field.access === 'read' ||
        field.access === otherAccess ||
        (actor.viaApi && object.isHidden(field.name)),
    );
    if (refused.length > 0) refusals.push(notWritable(refused.map((field) => field.name)));
    stopIf(refusals);
  }

  #checkReferences(object: ObjectSchema, values: Row, refusals: Refusal[]): void {
    for (const [name, value] of Object.entries(values)) {
      const field = object.field(name);
      if (field?.type !== 'reference') continue;
      const refusal = checkReference(this.#database, object, field, value);
      if (refusal !== null) refusals.push(refusal);
    }
  }

  #checkAgainstOthers(object: ObjectSchema, row: Row, refusals: Refusal[]): void {
    const refusal =
      checkUnique(this.#database, object, row) ??
      (object.name === 'CampaignMember' ? checkCampaignMember(this.#database, row) : null);
    if (refusal !== null) refusals.push(refusal);
  }

  #save(table: Table, row: Row): void {
    const named =
      table.schema.field('LastName') && !isComputed(table.schema.name, 'Name')
        ? { ...row, Name: personName(row) }
        : row;
    this.#database.put(table, textOf(row, 'Id'), named);
  }

  /** Stamps never go back, whatever the clock says. */
  #nowAfter(before: Row): string {
    const now = toApiDatetime(this.#database.clock.now());
    const last = textOf(before, 'SystemModstamp');
    return now < last ? last : now;
  }
}

function modified(stamp: string, actor: Actor): Row {
  return { LastModifiedDate: stamp, LastModifiedById: actor.userId, SystemModstamp: stamp };
}

function checkAll(incoming: Incoming, refusals: Refusal[]): Row {
  const values: Record<string, FieldValue> = {};
  for (const [field, value] of incoming) {
    const checked = checkValue(field, value);
    if (checked.ok) values[field.name] = checked.value;
    else refusals.push(checked.refusal);
  }
  return values;
}

function stopIf(refusals: readonly Refusal[]): void {
  if (refusals.length > 0) throw new SalesforceError(400, [...refusals]);
}
