// Insert, update and delete of one row, in Salesforce's order: the row itself, read-only fields, each
// value, the org's triggers, required fields, lookups, unique values, validation and duplicate rules, then
// save with stamps and lead assignment (salesforce-api §8). API calls and a test's own hand take the same path;
// they differ in who acts and what that user may see. Conversion and merges, which go past all that, are
// `conversion.ts` and `merging.ts`; what the admin set up is `org-rules.ts`.
import {
  badReference,
  convertedLead,
  entityIsDeleted,
  notWritable,
  ofPersonAccount,
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
import type { OrgRules } from './org-rules.ts';
import { fieldsOfTheAccount, renameAccount } from './person-accounts.ts';
import { settlePlaces } from './places.ts';
import { checkCampaignMember, checkReference, checkUnique } from './references.ts';
import type { Table } from './table.ts';

export interface Actor {
  readonly userId: string;
  /** API users are held back by field-level security and by rows others have locked. */
  readonly viaApi: boolean;
  /** The lead assignment rule chooses owners, over any that is given (`Sforce-Auto-Assign`). */
  readonly autoAssign: boolean;
  /** Duplicates that a rule only warns of are saved (`Sforce-Duplicate-Rule-Header: allowSave=true`). */
  readonly allowDuplicates: boolean;
}

export class Writes {
  readonly #database: Database;
  readonly #rules: OrgRules;
  readonly #locked = new Set<string>();
  readonly #defaults = new Map<string, Row>();

  constructor(database: Database, rules: OrgRules) {
    this.#database = database;
    this.#rules = rules;
  }

  /** While locked, API writes to the row fail with UNABLE_TO_LOCK_ROW. */
  lock(id: string): void {
    this.#locked.add(id);
  }

  unlock(id: string): void {
    this.#locked.delete(id);
  }

  insert(object: ObjectSchema, incoming: Incoming, actor: Actor): string {
    const refusals: Refusal[] = [];
    this.#refuseUnwritable(object, incoming, actor, 'updateOnly', refusals);
    const values = checkAll(object, incoming, {}, refusals);

    const defaults = this.defaults(object);
    const given = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => value !== null || !(name in defaults)),
    );
    const wanted = {
      ...defaults,
      ...(object.field('OwnerId') ? { OwnerId: actor.userId } : {}),
      ...given,
    };
    const row = this.#rules.rewrite(object.name, wanted, null);
    const missing = object.fields.filter(
      (field) =>
        !field.nillable &&
        field.access !== 'read' &&
        !isComputed(object.name, field.name) &&
        (row[field.name] ?? null) === null,
    );
    if (missing.length > 0) refusals.push(requiredMissing(missing.map((field) => field.name)));
    stopIf(refusals);

    this.#checkReferences(object, { ...given, ...differences(wanted, row) }, refusals);
    const id = this.#database.table(object.name).ids.next();
    this.#checkAgainstOthers(object, { ...row, Id: id }, null, actor, refusals);
    return this.place(object, { ...row, Id: id }, actor);
  }

  update(object: ObjectSchema, id: string, incoming: Incoming, actor: Actor): void {
    const before = this.live(object, id, actor);
    if (before.IsConverted === true) throw new SalesforceError(400, [convertedLead()]);
    const refusals: Refusal[] = [];
    this.#refuseUnwritable(object, incoming, actor, 'createOnly', refusals);
    if (actor.viaApi && before.IsPersonAccount === true) {
      const elsewhere = fieldsOfTheAccount(object, [...incoming.keys()]);
      if (elsewhere.length > 0) throw new SalesforceError(400, [ofPersonAccount(elsewhere)]);
    }
    const values = checkAll(object, incoming, before, refusals);

    const row = this.#rules.rewrite(object.name, { ...before, ...values }, before);
    const changed = differences(before, row);
    const blanked = object.fields.filter(
      ({ name, nillable }) => !nillable && name !== 'OwnerId' && changed[name] === null,
    );
    if (blanked.length > 0) refusals.push(requiredMissing(blanked.map((field) => field.name)));
    stopIf(refusals);

    this.#checkReferences(object, changed, refusals);
    this.#checkAgainstOthers(object, row, before, actor, refusals);
    // Even a save that changes nothing moves the stamps.
    this.alter(object, id, row, actor);
    if (before.IsPersonAccount === true) renameAccount(this.#database, this, row, actor);
  }

  /** Puts a new row in as it is, but for its stamps and, where there is a rule, its owner. */
  place(object: ObjectSchema, row: Row, actor: Actor): string {
    const table = this.#database.table(object.name);
    const now = toApiDatetime(this.#database.clock.now());
    const id = textOf(row, 'Id') || table.ids.next();
    this.#save(table, {
      ...this.#assigned(object, row, actor),
      Id: id,
      CreatedDate: now,
      CreatedById: actor.userId,
      ...modified(now, actor),
    });
    return id;
  }

  /** Changes a row past all rules but assignment; its stamps move. */
  alter(object: ObjectSchema, id: string, fields: Row, actor: Actor): void {
    const table = this.#database.table(object.name);
    const before = table.get(id);
    if (before === undefined) throw new SalesforceError(404, [badReference()]);
    const row = this.#assigned(object, { ...before, ...fields }, actor);
    this.#save(table, { ...row, ...modified(this.#nowAfter(before), actor) });
  }

  /** Deletes a row and, as Salesforce does, what hangs on it. */
  remove(object: ObjectSchema, id: string, actor: Actor): void {
    const table = this.#database.table(object.name);
    const before = this.live(object, id, actor);
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
    const row = {
      ...before,
      IsDeleted: false,
      ...(object.field('MasterRecordId') ? { MasterRecordId: null } : {}),
      ...modified(this.#nowAfter(before), actor),
    };
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

  /** A row that may be written; throws what Salesforce says of others. */
  live(object: ObjectSchema, id: string, actor: Actor): Row {
    const row = this.#database.table(object.name).get(id);
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

  #checkAgainstOthers(
    object: ObjectSchema,
    row: Row,
    before: Row | null,
    actor: Actor,
    refusals: Refusal[],
  ): void {
    const refusal =
      checkUnique(this.#database, object, row) ??
      (object.name === 'CampaignMember' ? checkCampaignMember(this.#database, row) : null);
    if (refusal !== null) refusals.push(refusal);
    stopIf(refusals);
    const { allowDuplicates } = actor;
    stopIf(this.#rules.refusals(this.#database, object.name, row, before, allowDuplicates));
  }

  #assigned(object: ObjectSchema, row: Row, actor: Actor): Row {
    const ownerId = actor.autoAssign ? this.#rules.ownerOf(object.name, row) : null;
    return ownerId === null ? row : { ...row, OwnerId: ownerId };
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

function checkAll(object: ObjectSchema, incoming: Incoming, before: Row, refusals: Refusal[]): Row {
  const checked: Record<string, FieldValue> = {};
  for (const [field, value] of incoming) {
    const result = checkValue(field, value);
    if (result.ok) checked[field.name] = result.value;
    else refusals.push(result.refusal);
  }
  stopIf(refusals);
  const { values, refusals: misplaced } = settlePlaces(object, checked, before);
  stopIf(misplaced);
  return values;
}

/** The fields of a row that differ from the version before. */
function differences(before: Row, row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => value !== fieldOf(before, name)),
  );
}

function stopIf(refusals: readonly Refusal[]): void {
  if (refusals.length > 0) throw new SalesforceError(400, [...refusals]);
}
