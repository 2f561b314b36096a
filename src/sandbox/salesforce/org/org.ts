// A test's or a sandbox user's own hand on the org, past the API: what somebody does in Salesforce's own
// screens. Writes obey the same rules as API calls and throw the API's errors; `seed` puts whole rows in
// as they are, for sample data.
import { SalesforceError, badReference, otherRefusal } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import {
  fieldOf,
  textOf,
  toApiDatetime,
  parseDatetime,
  type FieldValue,
  type Row,
} from '../values.ts';
import { personName, reader, type ReadValue } from './computed.ts';
import { LeadConversion, type Conversion, type ConversionTargets } from './conversion.ts';
import type { Database } from './database.ts';
import { readBody } from './incoming.ts';
import { merge } from './merging.ts';
import type {
  AssignmentRule,
  DuplicateRule,
  OrgRules,
  Remove,
  Trigger,
  ValidationRule,
} from './org-rules.ts';
import { placePerson } from './person-accounts.ts';
import type { Actor, Writes } from './writes.ts';

export interface SeedRow {
  readonly object: string;
  /** Any field, system fields too; what is left out gets its default. Datetimes in ISO with a zone. */
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export interface Org {
  /** Creates a row as somebody in the org and returns its id. */
  insert(object: string, fields: Readonly<Record<string, FieldValue>>): string;
  update(object: string, id: string, fields: Readonly<Record<string, FieldValue>>): void;
  remove(object: string, id: string): void;
  /** Takes a row out of the recycle bin. */
  undelete(object: string, id: string): void;
  /** Converts a lead into the contact and account named, or into new ones; the account is named after its Company. */
  convertLead(leadId: string, targets?: ConversionTargets): Conversion;
  /** Merges leads, contacts or accounts into one of them. */
  merge(object: string, masterId: string, loserIds: readonly string[]): void;
  /** Creates a person account, where the org has them. */
  insertPerson(fields: Readonly<Record<string, FieldValue>>): {
    readonly accountId: string;
    readonly contactId: string;
  };
  /** Creates a queue that may own leads and returns its id. */
  addQueue(name: string): string;
  /** Every field of a row that may be deleted; null when there is no such row. */
  get(object: string, id: string): Readonly<Record<string, ReadValue>> | null;
  /** Every row that isn't deleted, in id order. */
  all(object: string): Readonly<Record<string, ReadValue>>[];
  /** Puts rows in without any check and returns their ids, in order. */
  seed(rows: readonly SeedRow[]): string[];
  /** API writes to the row fail with UNABLE_TO_LOCK_ROW until it is unlocked. */
  lock(id: string): void;
  unlock(id: string): void;
  /** Hides a field from the integration user, as field-level security does; null shows all again. */
  hideField(object: string, field: string | null): void;
  /** Takes a whole object away from the integration user, or gives it back. */
  hideObject(object: string, hidden: boolean): void;
  /** What an admin sets up; each is taken back by the function returned. They live as long as the process. */
  addValidationRule(object: string, rule: ValidationRule): Remove;
  addDuplicateRule(object: string, rule: DuplicateRule): Remove;
  addTrigger(object: string, trigger: Trigger): Remove;
  /** The active lead assignment rule; null for none. */
  setAssignmentRule(rule: AssignmentRule | null): void;
}

export class SandboxOrg implements Org {
  readonly #database: Database;
  readonly #writes: Writes;
  readonly #rules: OrgRules;
  readonly #actor: Actor;
  readonly #visibleAfterMs: () => number;

  /** `visibleAfterMs` says how long after its stamp a change becomes visible to the API. */
  constructor(
    database: Database,
    writes: Writes,
    rules: OrgRules,
    userId: string,
    visibleAfterMs: () => number,
  ) {
    this.#database = database;
    this.#writes = writes;
    this.#rules = rules;
    // Somebody who sees a warning about duplicates and saves all the same.
    this.#actor = { userId, viaApi: false, autoAssign: false, allowDuplicates: true };
    this.#visibleAfterMs = visibleAfterMs;
  }

  insert(object: string, fields: Readonly<Record<string, FieldValue>>): string {
    const schema = this.#object(object);
    return this.#commit(() => this.#writes.insert(schema, readBody(schema, fields), this.#actor));
  }

  update(object: string, id: string, fields: Readonly<Record<string, FieldValue>>): void {
    const schema = this.#object(object);
    this.#commit(() => {
      this.#writes.update(schema, known(id), readBody(schema, fields), this.#actor);
    });
  }

  remove(object: string, id: string): void {
    this.#commit(() => {
      this.#writes.remove(this.#object(object), known(id), this.#actor);
    });
  }

  undelete(object: string, id: string): void {
    this.#commit(() => {
      this.#writes.undelete(this.#object(object), known(id), this.#actor);
    });
  }

  convertLead(leadId: string, targets: ConversionTargets = {}): Conversion {
    const conversion = new LeadConversion(this.#database, this.#writes, this.#actor);
    const { contactId, accountId } = targets;
    return this.#commit(() =>
      conversion.convert(known(leadId), {
        ...(contactId === undefined ? {} : { contactId: known(contactId) }),
        ...(accountId === undefined ? {} : { accountId: known(accountId) }),
      }),
    );
  }

  merge(object: string, masterId: string, loserIds: readonly string[]): void {
    const schema = this.#object(object);
    const losers = loserIds.map(known);
    this.#commit(() => {
      merge(this.#database, this.#writes, schema, known(masterId), losers, this.#actor);
    });
  }

  insertPerson(fields: Readonly<Record<string, FieldValue>>): {
    accountId: string;
    contactId: string;
  } {
    if (this.#object('Contact').field('IsPersonAccount') === undefined)
      throw new Error('the sandbox org has no person accounts: set `personAccounts`');
    return this.#commit(() => placePerson(this.#database, this.#writes, fields, this.#actor));
  }

  addQueue(name: string): string {
    const [id = ''] = this.seed([{ object: 'Group', fields: { Name: name, Type: 'Queue' } }]);
    this.seed([{ object: 'QueueSobject', fields: { QueueId: id, SobjectType: 'Lead' } }]);
    return id;
  }

  get(object: string, id: string): Readonly<Record<string, ReadValue>> | null {
    const schema = this.#object(object);
    const row = this.#database.table(schema.name).get(known(id));
    return row === undefined ? null : this.#fields(schema, row);
  }

  all(object: string): Readonly<Record<string, ReadValue>>[] {
    const schema = this.#object(object);
    return [...this.#database.table(schema.name).byId()]
      .filter((row) => row.IsDeleted !== true)
      .map((row) => this.#fields(schema, row));
  }

  seed(rows: readonly SeedRow[]): string[] {
    const ids = rows.map(({ object, fields }) => {
      const table = this.#database.table(this.#object(object).name);
      const row = this.#complete(table.schema, fields, () => table.ids.next());
      const id = textOf(row, 'Id');
      this.#database.put(table, id, row);
      return id;
    });
    this.#database.commit();
    return ids;
  }

  lock(id: string): void {
    this.#writes.lock(known(id));
  }

  unlock(id: string): void {
    this.#writes.unlock(known(id));
  }

  hideField(object: string, field: string | null): void {
    this.#object(object).hide(field);
  }

  hideObject(object: string, hidden: boolean): void {
    this.#object(object).isHiddenObject = hidden;
  }

  addValidationRule(object: string, rule: ValidationRule): Remove {
    return this.#rules.validationRules.add(this.#object(object).name, rule);
  }

  addDuplicateRule(object: string, rule: DuplicateRule): Remove {
    return this.#rules.duplicateRules.add(this.#object(object).name, rule);
  }

  addTrigger(object: string, trigger: Trigger): Remove {
    return this.#rules.triggers.add(this.#object(object).name, trigger);
  }

  setAssignmentRule(rule: AssignmentRule | null): void {
    this.#rules.assignmentRule = rule;
  }

  #object(name: string): ObjectSchema {
    const object = this.#database.schema.object(name);
    if (object === undefined) {
      throw new SalesforceError(404, [
        otherRefusal('INVALID_TYPE', `sObject type '${name}' is not supported.`),
      ]);
    }
    return object;
  }

  #commit<T>(write: () => T): T {
    const mark = this.#database.mark();
    try {
      const result = write();
      this.#database.commit(this.#visibleAfterMs());
      return result;
    } catch (error) {
      this.#database.undoTo(mark);
      throw error;
    }
  }

  #fields(schema: ObjectSchema, row: Row): Record<string, ReadValue> {
    return Object.fromEntries(
      schema.fields.map(({ name }) => [name, reader(schema.name, name)(row, this.#database)]),
    );
  }

  #complete(schema: ObjectSchema, given: Row, nextId: () => string): Row {
    const fields = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        schema.field(name)?.name ?? name,
        toStored(schema, name, value),
      ]),
    );
    const now = toApiDatetime(this.#database.clock.now());
    const created = textOf(fields, 'CreatedDate') || textOf(fields, 'SystemModstamp') || now;
    const stamp = textOf(fields, 'SystemModstamp') || created;
    return {
      ...this.#writes.defaults(schema),
      ...(schema.field('OwnerId') ? { OwnerId: this.#actor.userId } : {}),
      CreatedDate: created,
      CreatedById: this.#actor.userId,
      LastModifiedDate: stamp,
      LastModifiedById: this.#actor.userId,
      SystemModstamp: stamp,
      ...(schema.field('LastName') ? { Name: personName(fields) } : {}),
      ...fields,
      Id: fieldOf(fields, 'Id') ?? nextId(),
    };
  }
}

function known(id: string): string {
  const id18 = toId18(id);
  if (id18 === null) throw new SalesforceError(404, [badReference()]);
  return id18;
}

function toStored(schema: ObjectSchema, name: string, value: FieldValue): FieldValue {
  if (typeof value !== 'string') return value;
  const type = schema.field(name)?.type;
  if (type === 'id' || type === 'reference') return toId18(value) ?? value;
  const instant = type === 'datetime' ? parseDatetime(value) : null;
  return instant === null ? value : toApiDatetime(instant);
}
