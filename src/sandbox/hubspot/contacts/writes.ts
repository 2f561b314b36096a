// Writing contacts by HubSpot's rules, one at a time or as an all-or-nothing batch: prepare says what would
// be written or refuses, commit writes it. A batch prepares all its inputs before it commits the first;
// `Claims` keep two of them from taking the same e-mail.
import { PERSON_IN_UI, type ChangeSource } from '../auth.ts';
import { contactExists, invalidValues, type InvalidValue } from '../errors.ts';
import type { OptOuts } from '../preferences/opt-outs.ts';
import type { PropertyRegistry } from '../properties/registry.ts';
import type { Blocklist } from './blocklist.ts';
import { additionalEmails, type ContactRow } from './row.ts';
import type { ContactStore } from './store.ts';
import { invalidValue, type RawValue, type Validation } from './validation.ts';

export type RawProperties = Readonly<Record<string, RawValue>>;

export interface Writer {
  readonly source: ChangeSource;
  /** `v3`, `2026-09`, … */
  readonly version: string;
}

/** Unique values that earlier inputs of the same batch will take. */
export type Claims = Set<string>;

export type Prepared =
  | {
      readonly kind: 'ready';
      readonly isNew: boolean;
      /** Names of the properties that the commit writes. */
      readonly written: readonly string[];
      readonly commit: () => ContactRow;
    }
  | { readonly kind: 'invalid'; readonly invalid: readonly InvalidValue[] }
  | {
      readonly kind: 'conflict';
      /** The contact that has the e-mail; null when it is in the same batch. */
      readonly existingId: string | null;
    };

/** Stage that a portal gives new contacts unless told otherwise. */
const DEFAULT_LIFECYCLE_STAGE = 'lead';

export class ContactWrites {
  readonly #store: ContactStore;
  readonly #validation: Validation;
  readonly #registry: PropertyRegistry;
  readonly #optOuts: OptOuts;
  readonly #blocklist: Blocklist;

  constructor(
    store: ContactStore,
    validation: Validation,
    registry: PropertyRegistry,
    optOuts: OptOuts,
    blocklist: Blocklist,
  ) {
    this.#store = store;
    this.#validation = validation;
    this.#registry = registry;
    this.#optOuts = optOuts;
    this.#blocklist = blocklist;
  }

  create(raw: RawProperties, writer: Writer): ContactRow {
    return committed(this.prepareCreate(raw, writer));
  }

  update(row: ContactRow, raw: RawProperties, writer: Writer): ContactRow {
    return committed(this.prepareUpdate(row, raw, writer));
  }

  /** Erases a contact for privacy and keeps people from adding its e-mails again. */
  erase(row: ContactRow, source: ChangeSource): void {
    for (const email of [row.values.email, ...additionalEmails(row)])
      if (email !== undefined) this.#blocklist.add(email);
    this.#store.erase(row, source);
  }

  /** What erasing an e-mail without a contact does. */
  block(email: string): void {
    this.#blocklist.add(email);
  }

  /** Refuses an e-mail that another contact has, or that a person may not add. */
  demandFree(email: string, current: ContactRow, source: ChangeSource): void {
    const blocked = this.#blocked(email, source);
    if (blocked.length > 0) throw invalidValues(blocked);
    const conflict = this.#emailConflict(email, current, new Set());
    if (conflict) throw contactExists(conflict.existingId);
  }

  prepareCreate(raw: RawProperties, writer: Writer, claims: Claims = new Set()): Prepared {
    return this.#prepare(null, raw, writer, claims);
  }

  prepareUpdate(
    row: ContactRow,
    raw: RawProperties,
    writer: Writer,
    claims: Claims = new Set(),
  ): Prepared {
    return this.#prepare(row, raw, writer, claims);
  }

  #prepare(
    current: ContactRow | null,
    raw: RawProperties,
    writer: Writer,
    claims: Claims,
  ): Prepared {
    const { values, invalid } = this.#validation.check(raw, current, writer.version);
    const isNewEmail = values.email !== undefined && values.email !== current?.values.email;
    const wrong = [
      ...invalid,
      ...this.#takenValues(values, current, claims),
      ...(isNewEmail ? this.#blocked(values.email, writer.source) : []),
    ];
    if (wrong.length > 0) return { kind: 'invalid', invalid: wrong };
    const conflict = this.#emailConflict(values.email, current, claims);
    if (conflict) return { kind: 'conflict', ...conflict };
    const written = Object.keys(values);
    return {
      kind: 'ready',
      isNew: current === null,
      written,
      commit: () =>
        current === null
          ? this.#commitCreate(values, writer.source)
          : this.#commitUpdate(current, values, writer.source),
    };
  }

  #commitCreate(values: Readonly<Record<string, string>>, source: ChangeSource): ContactRow {
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    return this.#store.create({
      values: {
        lifecyclestage: DEFAULT_LIFECYCLE_STAGE,
        ...filled,
        ...this.#optOutOf(filled.email),
      },
      source,
    });
  }

  #commitUpdate(
    prepared: ContactRow,
    values: Readonly<Record<string, string>>,
    source: ChangeSource,
  ): ContactRow {
    const current = this.#store.get(prepared.id) ?? prepared;
    const { email } = values;
    const others = additionalEmails(current);
    const promoted = email !== undefined && others.includes(email);
    return this.#store.update(
      current,
      {
        ...values,
        ...(promoted
          ? { hs_additional_emails: others.filter((other) => other !== email).join(';') }
          : {}),
        ...this.#optOutOf(email),
      },
      source,
    );
  }

  /** An e-mail that opted out stays opted out, whichever contact comes to hold it. */
  #optOutOf(email: string | undefined): Record<string, string> {
    return email !== undefined && this.#optOuts.has(email) ? { hs_email_optout: 'true' } : {};
  }

  /** The text is decided; that HubSpot's screens refuse the e-mail is documented. */
  #blocked(email: string | undefined, { sourceType }: ChangeSource): InvalidValue[] {
    if (email === undefined || sourceType !== PERSON_IN_UI.sourceType) return [];
    if (!this.#blocklist.has(email)) return [];
    const message = `Email address ${email} was permanently deleted and cannot be added again.`;
    return [invalidValue('email', 'INVALID_EMAIL', message)];
  }

  #emailConflict(
    email: string | undefined,
    current: ContactRow | null,
    claims: Claims,
  ): { readonly existingId: string | null } | null {
    if (email === undefined || email === '') return null;
    const holder = this.#store.byEmail(email);
    if (holder && holder.id !== current?.id) return { existingId: holder.id };
    const claim = `email ${email}`;
    if (claims.has(claim)) return { existingId: null };
    claims.add(claim);
    return null;
  }

  /** HubSpot's text and code for a taken unique value, from memory. */
  #takenValues(
    values: Readonly<Record<string, string>>,
    current: ContactRow | null,
    claims: Claims,
  ): InvalidValue[] {
    return this.#registry.uniqueNames().flatMap((name) => {
      const value = values[name];
      if (value === undefined || value === '') return [];
      const holder = this.#store.byUnique(name, value);
      const claim = `${name} ${value.toLowerCase()}`;
      const isTaken = (holder && holder.id !== current?.id) ?? claims.has(claim);
      claims.add(claim);
      if (!isTaken) return [];
      const message = `${holder?.id ?? 'Another contact'} already has that value.`;
      return [invalidValue(name, 'CONFLICTING_UNIQUE_VALUE', message)];
    });
  }
}

/** Commits what is ready; throws what isn't. */
export function committed(prepared: Prepared): ContactRow {
  switch (prepared.kind) {
    case 'ready':
      return prepared.commit();
    case 'invalid':
      throw invalidValues(prepared.invalid);
    case 'conflict':
      throw contactExists(prepared.existingId);
  }
}
