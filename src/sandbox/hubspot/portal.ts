// A test's or the sample data's direct hand on the portal: what people and HubSpot itself do there, without
// HTTP, limits or faults. Creating and updating keep the API's rules (`Refused` is thrown); seeding doesn't.
import { HUBSPOT_ITSELF, PERSON_IN_UI, type ChangeSource } from './auth.ts';
import type { Companies } from './companies/companies.ts';
import { valueOf } from './contacts/computed.ts';
import { additionalEmails, type ContactRow } from './contacts/row.ts';
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

  /** Out of the recycle bin: within 90 days, and unless another contact has the e-mail by now. */
  restore(id: string, source: ChangeSource = PERSON_IN_UI): PortalContact {
    const row = this.#parts.store.binned(id);
    if (!row) throw notFound(`contact ${id} is not in the recycle bin`);
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

  /** Erases a contact for privacy, out of the recycle bin too; people can't add its e-mails again. */
  gdprDelete(id: string): void {
    const row = this.#parts.store.binned(id) ?? this.#demand(id);
    this.#parts.writes.erase(row, PERSON_IN_UI);
    this.#parts.pending.flush();
  }

  /** Creates a company of properties that the portal has, and answers its id. */
  createCompany(properties: Readonly<Record<string, string>>): string {
    const { id } = this.#parts.companies.create(properties);
    this.#parts.pending.flush();
    return id;
  }

  /** '' clears. */
  updateCompany(id: string, properties: Readonly<Record<string, string>>): void {
    this.#parts.companies.update(id, properties);
    this.#parts.pending.flush();
  }

  /** A text property; `salesforceaccountid` is what the native connector adds (see `nativeConnector`). */
  addCompanyProperty(name: string, label: string = name): void {
    this.#parts.companies.addProperty(name, label);
    this.#parts.pending.flush();
  }

  /** A contact's first company is its primary one, until another is made so. */
  associateCompany(
    contactId: string,
    companyId: string,
    options: { primary?: boolean } = {},
  ): void {
    this.#kept(this.#parts.companies.associate(contactId, companyId, options));
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

  /** Gives the contact a further e-mail, as adding one in HubSpot's screens does. */
  addEmail(id: string, email: string): PortalContact {
    const row = this.#demand(id);
    const added = email.trim().toLowerCase();
    this.#parts.writes.demandFree(added, row, PERSON_IN_UI);
    return this.#withAdditional(row, [...new Set([...additionalEmails(row), added])]);
  }

  removeEmail(id: string, email: string): PortalContact {
    const row = this.#demand(id);
    const removed = email.trim().toLowerCase();
    return this.#withAdditional(
      row,
      additionalEmails(row).filter((one) => one !== removed),
    );
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

  /** Within 90 days. */
  restoreList(listId: string): void {
    this.#parts.lists.undelete(this.#list(listId));
    this.#parts.pending.flush();
  }

  /** Keeps the list from every app, as an admin's access settings do: a read of it is a 403. */
  hideList(listId: string, isHidden = true): void {
    this.#parts.lists.hide(this.#list(listId), isHidden);
  }

  /** Adds the owner, or replaces the one with its id. Owners are not journaled. */
  putOwner(owner: Owner): void {
    this.#parts.owners.put(owner);
  }

  /** An admin makes a property required: writes through 2026-09 keep to it, v3 doesn't (hubspot-api §0.2). */
  require(rule: RequiredProperty): void {
    this.#parts.registry.require(rule);
  }

  #withAdditional(row: ContactRow, emails: readonly string[]): PortalContact {
    const change = { hs_additional_emails: emails.join(';') };
    return this.#kept(this.#parts.store.update(row, change, PERSON_IN_UI));
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
