// A test's or the sample data's direct hand on the portal: what people and HubSpot itself do there, without
// HTTP, limits or faults. Creating and updating keep the API's rules (`Refused` is thrown); seeding doesn't.
import { HUBSPOT_ITSELF, PERSON_IN_UI, type ChangeSource } from './auth.ts';
import type { Companies } from './companies/companies.ts';
import { valueOf } from './contacts/computed.ts';
import type { ContactRow } from './contacts/row.ts';
import type { ContactStore } from './contacts/store.ts';
import type { ContactWrites, RawProperties } from './contacts/writes.ts';
import { notFound } from './errors.ts';
import type { ContactList } from './lists/list.ts';
import type { Lists, NewList } from './lists/lists.ts';
import type { Owner, Owners } from './owners.ts';
import type { PendingRows } from './persistence.ts';
import type { Preferences } from './preferences/preferences.ts';
import type { PropertyRegistry, RequiredProperty } from './properties/registry.ts';

export interface PortalContact {
  readonly id: string;
  /** Stored values; what is empty is absent. */
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly archived: boolean;
}

export interface SeedContact {
  /** Values as stored: e-mail in lower case, ISO dates, `;` between options. Not checked. */
  readonly properties: Readonly<Record<string, string>>;
  /** Digits; the next free id when absent. */
  readonly id?: string;
  readonly createdate?: Date;
  /** The creation date when absent. */
  readonly lastmodifieddate?: Date;
  readonly source?: ChangeSource;
}

export interface PortalParts {
  readonly store: ContactStore;
  readonly writes: ContactWrites;
  readonly lists: Lists;
  readonly companies: Companies;
  readonly preferences: Preferences;
  readonly owners: Owners;
  readonly registry: PropertyRegistry;
  readonly pending: PendingRows;
}

export class Portal {
  readonly #parts: PortalParts;

  constructor(parts: PortalParts) {
    this.#parts = parts;
  }

  /** @param source a person in HubSpot's UI unless given */
  create(properties: RawProperties, source: ChangeSource = PERSON_IN_UI): PortalContact {
    return this.#kept(this.#parts.writes.create(properties, { source, version: 'v3' }));
  }

  update(
    id: string,
    properties: RawProperties,
    source: ChangeSource = PERSON_IN_UI,
  ): PortalContact {
    const row = this.#demand(id);
    return this.#kept(this.#parts.writes.update(row, properties, { source, version: 'v3' }));
  }

  archive(id: string, source: ChangeSource = PERSON_IN_UI): void {
    this.#kept(this.#parts.store.archive(this.#demand(id), source));
  }

  /** Out of the recycle bin. */
  restore(id: string, source: ChangeSource = PERSON_IN_UI): PortalContact {
    const row = this.#parts.store.find(id);
    if (!row || row.archivedAt === null) throw notFound(`contact ${id} is not in the recycle bin`);
    return this.#kept(this.#parts.store.bringBack(row, source));
  }

  /** The other contact becomes part of the primary one; answers the survivor. */
  merge(
    primaryId: string,
    otherId: string,
    survivor: 'newId' | 'primaryId' = 'newId',
  ): PortalContact {
    const [primary, other] = [this.#demand(primaryId), this.#demand(otherId)];
    return this.#kept(this.#parts.store.merge(primary, other, PERSON_IN_UI, survivor));
  }

  /** Erases a contact for privacy. */
  gdprDelete(id: string): void {
    this.#parts.store.erase(this.#demand(id), PERSON_IN_UI);
    this.#parts.pending.flush();
  }

  /** Creates a company and answers its id; `salesforceaccountid` makes the portal one with the native connector. */
  createCompany(properties: Readonly<Record<string, string>>): string {
    return this.#parts.companies.create(properties);
  }

  updateCompany(id: string, properties: Readonly<Record<string, string>>): void {
    this.#parts.companies.update(id, properties);
  }

  associateCompany(contactId: string, companyId: string): void {
    this.#parts.companies.associate(this.#demand(contactId).id, companyId);
    this.#parts.pending.flush();
  }

  /** Company ids of a contact, primary first. */
  companiesOf(contactId: string): readonly string[] {
    return this.#parts.companies.ofContact(this.#demand(contactId).id);
  }

  /** HubSpot's own bookkeeping: moves `lastmodifieddate` and nothing that anybody maps. */
  touch(id: string): PortalContact {
    const row = this.#demand(id);
    const views = Number(row.values.hs_analytics_num_page_views ?? 0) + 1;
    const change = { hs_analytics_num_page_views: String(views) };
    return this.#kept(this.#parts.store.update(row, change, HUBSPOT_ITSELF));
  }

  /** Gives the contact a further e-mail, as merging contacts or adding one in the UI does. */
  addEmail(id: string, email: string): PortalContact {
    const row = this.#demand(id);
    const emails = [row.values.hs_additional_emails, email.trim().toLowerCase()].filter(Boolean);
    const change = { hs_additional_emails: emails.join(';') };
    return this.#kept(this.#parts.store.update(row, change, PERSON_IN_UI));
  }

  /** The link in an e-mail was followed: opts the e-mail out, or in again. */
  unsubscribe(email: string): void {
    this.#parts.preferences.unsubscribeAll(email, HUBSPOT_ITSELF);
    this.#parts.pending.flush();
  }

  resubscribe(email: string): void {
    this.#parts.preferences.resubscribe(email, HUBSPOT_ITSELF);
    this.#parts.pending.flush();
  }

  /** The contact, archived or not. */
  get(id: string): PortalContact | undefined {
    const row = this.#parts.store.find(id);
    return row && toContact(row);
  }

  byEmail(email: string): PortalContact | undefined {
    const row = this.#parts.store.byEmail(email);
    return row && toContact(row);
  }

  /** A value as the API would read it, computed ones included. */
  value(id: string, property: string): string | null {
    return valueOf(this.#demand(id), property);
  }

  /** All contacts but archived ones, in ascending id. */
  all(): PortalContact[] {
    return this.#parts.store.page(null, Infinity, false).map(toContact);
  }

  get size(): number {
    return this.#parts.store.size;
  }

  /** Puts contacts in as they are; searches find them at once and no webhook tells of them. */
  seed(contacts: readonly SeedContact[]): PortalContact[] {
    const rows = contacts.map((contact) => this.#seedOne(contact));
    this.#parts.pending.flush();
    return rows.map(toContact);
  }

  /** Creates a list and answers its id. */
  createList(list: NewList): string {
    const created = this.#parts.lists.create(list);
    this.#parts.pending.flush();
    return created.row.listId;
  }

  /** Member ids, ascending, as the list stands now. */
  members(listId: string): readonly string[] {
    return this.#list(listId).memberIds();
  }

  addMembers(listId: string, recordIds: readonly string[]): void {
    this.#parts.lists.addMembers(this.#list(listId), recordIds);
    this.#parts.pending.flush();
  }

  removeMembers(listId: string, recordIds: readonly string[]): void {
    this.#parts.lists.removeMembers(this.#list(listId), recordIds);
    this.#parts.pending.flush();
  }

  deleteList(listId: string): void {
    this.#parts.lists.delete(this.#list(listId));
    this.#parts.pending.flush();
  }

  /** Adds the owner, or replaces the one with its id. Owners are not journaled. */
  putOwner(owner: Owner): void {
    this.#parts.owners.put(owner);
  }

  /** An admin makes a property required: writes through 2026-09 keep to it, v3 doesn't (hubspot-api §0.2). */
  require(rule: RequiredProperty): void {
    this.#parts.registry.require(rule);
  }

  #seedOne(contact: SeedContact): ContactRow {
    const { id, createdate, lastmodifieddate, properties, source } = contact;
    const { email, hs_email_optout: optOut } = properties;
    if (email !== undefined && optOut === 'true') this.#parts.preferences.remember(email);
    const createdAt = (createdate ?? lastmodifieddate)?.getTime();
    const modifiedAt = lastmodifieddate?.getTime();
    return this.#parts.store.create(
      {
        values: { ...properties },
        source: source ?? PERSON_IN_UI,
        ...(id === undefined ? {} : { id }),
        ...(createdAt === undefined ? {} : { createdAt }),
        ...(modifiedAt === undefined ? {} : { modifiedAt }),
      },
      'seeded',
    );
  }

  #demand(id: string): ContactRow {
    const row = this.#parts.store.get(id);
    if (!row) throw notFound(`contact ${id} does not exist`);
    return row;
  }

  #list(listId: string): ContactList {
    const list = this.#parts.lists.find(listId);
    if (!list) throw notFound(`list ${listId} does not exist`);
    return list;
  }

  #kept(row: ContactRow): PortalContact {
    this.#parts.pending.flush();
    return toContact(row);
  }
}

function toContact(row: ContactRow): PortalContact {
  return {
    id: row.id,
    properties: row.values,
    createdAt: new Date(row.createdAt),
    modifiedAt: new Date(row.modifiedAt),
    archived: row.archivedAt !== null,
  };
}
