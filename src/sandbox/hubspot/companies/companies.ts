// Companies of the portal, as far as contacts need them: their properties, which contacts belong to them,
// and which is a contact's primary one (the first it got). Not journaled; HubSpot's making of companies
// from e-mail domains is not built.
import { HUBSPOT_ITSELF } from '../auth.ts';
import type { ContactStore } from '../contacts/store.ts';

export interface Company {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
}

const FIRST_ID = 9_000_000_000;
/** Every portal has these; `salesforceaccountid` comes with the native connector. */
const STANDARD = ['hs_object_id', 'name', 'domain'] as const;

export class Companies {
  readonly #contacts: ContactStore;
  readonly #companies = new Map<string, Company>();
  readonly #ofContact = new Map<string, string[]>();
  readonly #properties = new Set<string>(STANDARD);

  constructor(contacts: ContactStore) {
    this.#contacts = contacts;
    contacts.onCommit(({ kind, row, mergedFrom }) => {
      if (kind !== 'merged' || !mergedFrom) return;
      const ids = [mergedFrom.primaryId, mergedFrom.otherId].flatMap((id) => this.ofContact(id));
      this.#ofContact.set(row.id, [...new Set(ids)]);
    });
  }

  create(properties: Readonly<Record<string, string>>): string {
    const id = String(FIRST_ID + this.#companies.size + 1);
    for (const name of Object.keys(properties)) this.#properties.add(name);
    this.#companies.set(id, { id, properties });
    return id;
  }

  update(id: string, properties: Readonly<Record<string, string>>): void {
    const company = this.#companies.get(id);
    if (!company) throw new Error(`company ${id} does not exist`);
    for (const name of Object.keys(properties)) this.#properties.add(name);
    this.#companies.set(id, { id, properties: { ...company.properties, ...properties } });
  }

  get(id: string): Company | undefined {
    return this.#companies.get(id);
  }

  all(): readonly Company[] {
    return [...this.#companies.values()];
  }

  hasProperty(name: string): boolean {
    return this.#properties.has(name);
  }

  /** Primary first. */
  ofContact(contactId: string): readonly string[] {
    return this.#ofContact.get(contactId) ?? [];
  }

  /** False when either does not exist. */
  associate(contactId: string, companyId: string): boolean {
    const contact = this.#contacts.get(contactId);
    if (!contact || !this.#companies.has(companyId)) return false;
    const known = this.ofContact(contact.id);
    if (known.includes(companyId)) return true;
    this.#ofContact.set(contact.id, [...known, companyId]);
    if (known.length === 0)
      this.#contacts.update(contact, { associatedcompanyid: companyId }, HUBSPOT_ITSELF);
    return true;
  }
}
