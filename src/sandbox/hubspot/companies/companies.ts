// Companies of the portal, as far as contacts need them: their properties, which contacts belong to them,
// and which is a contact's primary one: the first it got, until another is made so. HubSpot's own making of
// companies from e-mail domains is not built, nor is taking an association back.
import type { Clock } from '../../clock.ts';
import type { JournalEntry } from '../../journal.ts';
import { HUBSPOT_ITSELF } from '../auth.ts';
import type { ContactRow } from '../contacts/row.ts';
import type { ContactStore } from '../contacts/store.ts';
import { invalidRequest, notFound } from '../errors.ts';
import type { PendingRows } from '../persistence.ts';
import type { PropertyDefinition } from '../schema/property.ts';
import { companyProperty, STANDARD_COMPANY_PROPERTIES } from './properties.ts';

export interface Company {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Values that hold something. */
  readonly properties: Readonly<Record<string, string>>;
}

const COMPANY_TABLE = 'company';
const PROPERTY_TABLE = 'companyProperty';
/** Company ids of a contact, primary first. */
const ASSOCIATION_TABLE = 'contactCompanies';

const FIRST_ID = 9_000_000_000;

export class Companies {
  readonly #contacts: ContactStore;
  readonly #clock: Clock;
  readonly #pending: PendingRows;
  readonly #companies = new Map<string, Company>();
  readonly #ofContact = new Map<string, readonly string[]>();
  readonly #properties = new Map<string, PropertyDefinition>(
    STANDARD_COMPANY_PROPERTIES.map((property) => [property.name, property]),
  );

  constructor(contacts: ContactStore, clock: Clock, pending: PendingRows) {
    this.#contacts = contacts;
    this.#clock = clock;
    this.#pending = pending;
    contacts.onCommit(({ kind, row, mergedFrom }) => {
      if (kind === 'erased') this.#keep(row.id, []);
      if (kind !== 'merged' || !mergedFrom) return;
      const { primaryId, otherId } = mergedFrom;
      const ids = [primaryId, otherId].flatMap((id) => this.ofContact(id));
      for (const id of [primaryId, otherId]) this.#keep(id, []);
      this.#keep(row.id, [...new Set(ids)]);
    });
  }

  restore({ table, id, row }: JournalEntry): void {
    if (table === COMPANY_TABLE) this.#companies.set(id, row as Company);
    if (table === PROPERTY_TABLE) this.#properties.set(id, row as PropertyDefinition);
    if (table === ASSOCIATION_TABLE) this.#ofContact.set(id, row as readonly string[]);
  }

  properties(): readonly PropertyDefinition[] {
    return [...this.#properties.values()];
  }

  property(name: string): PropertyDefinition | undefined {
    return this.#properties.get(name);
  }

  /** A text property; one that is there already stays as it is. */
  addProperty(name: string, label: string): void {
    if (this.#properties.has(name)) return;
    const property = companyProperty(name, label);
    this.#properties.set(name, property);
    this.#pending.add(PROPERTY_TABLE, name, () => property);
  }

  create(properties: Readonly<Record<string, string>>): Company {
    const at = this.#clock.now();
    const id = String(FIRST_ID + this.#companies.size + 1);
    return this.#put({ id, createdAt: at, modifiedAt: at, properties }, properties);
  }

  /** '' clears. */
  update(id: string, changes: Readonly<Record<string, string>>): Company {
    const company = this.#companies.get(id);
    if (!company) throw notFound(`company ${id} does not exist`);
    const modifiedAt = Math.max(this.#clock.now(), company.modifiedAt + 1);
    const properties = { ...company.properties, ...changes };
    return this.#put({ ...company, modifiedAt, properties }, changes);
  }

  get(id: string): Company | undefined {
    return this.#companies.get(id);
  }

  all(): readonly Company[] {
    return [...this.#companies.values()];
  }

  /** Primary first. */
  ofContact(contactId: string): readonly string[] {
    return this.#ofContact.get(contactId) ?? [];
  }

  /**
   * Both must exist; associating twice changes nothing.
   * @param options.primary makes the company the primary one though the contact has another
   */
  associate(contactId: string, companyId: string, { primary = false } = {}): ContactRow {
    const contact = this.#contacts.get(contactId);
    if (!contact) throw notFound(`contact ${contactId} does not exist`);
    if (!this.#companies.has(companyId)) throw notFound(`company ${companyId} does not exist`);
    const known = this.ofContact(contact.id);
    const others = known.filter((id) => id !== companyId);
    if (known.includes(companyId) && !primary) return contact;
    this.#keep(contact.id, primary ? [companyId, ...others] : [...others, companyId]);
    const [first = ''] = this.ofContact(contact.id);
    return this.#contacts.update(contact, { associatedcompanyid: first }, HUBSPOT_ITSELF);
  }

  #put(company: Company, written: Readonly<Record<string, string>>): Company {
    const unknown = Object.keys(written).find((name) => !this.#properties.has(name));
    if (unknown !== undefined) throw invalidRequest(`Property "${unknown}" does not exist`);
    const filled = Object.entries(company.properties).filter(([, value]) => value !== '');
    const kept: Company = { ...company, properties: Object.fromEntries(filled) };
    this.#companies.set(kept.id, kept);
    this.#pending.add(COMPANY_TABLE, kept.id, () => kept);
    return kept;
  }

  #keep(contactId: string, companyIds: readonly string[]): void {
    if (companyIds.length === 0 && !this.#ofContact.has(contactId)) return;
    if (companyIds.length === 0) this.#ofContact.delete(contactId);
    else this.#ofContact.set(contactId, companyIds);
    this.#pending.add(ASSOCIATION_TABLE, contactId, () => this.#ofContact.get(contactId) ?? null);
  }
}
