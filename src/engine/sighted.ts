// What a batch has seen of both sides, with the look-ups that pairing needs: who lives, who took over from
// whom (lead conversion, merges on either side), who was deleted for sure.
import type { Link } from './link.ts';
import { emailOfRecord, emailsOfContact, mergedContactIds, storedHubSpotId } from './partners.ts';
import type { ContactFate, HubSpotContact, RecordFate, SalesforceRecord } from './records.ts';

export interface Sighted {
  readonly links: readonly Link[];
  /** Live ones, by record id. */
  readonly contacts: ReadonlyMap<string, HubSpotContact>;
  /** Contacts by an e-mail they were looked up with, lower case: additional e-mails lead to the same contact. */
  readonly contactsByEmail: ReadonlyMap<string, HubSpotContact>;
  /** By 18-character id; live rows only, converted leads included. */
  readonly records: ReadonlyMap<string, SalesforceRecord>;
  /** What became of contacts and records that were looked for and not found. */
  readonly contactFates: ReadonlyMap<string, ContactFate>;
  readonly recordFates: ReadonlyMap<string, RecordFate>;
}

/** How a record came to stand for another. */
export type Succession = 'converted' | 'mergedInSalesforce';

export interface Successor {
  readonly record: SalesforceRecord;
  /** Null: it is the very record that was asked for. */
  readonly by: Succession | null;
}

/** A conversion into a contact that was merged into another is two steps; a ring would be a broken org. */
const MOST_STEPS = 10;

export class Sight {
  readonly linkByHubSpot = new Map<string, Link>();
  readonly linkBySalesforce = new Map<string, Link>();
  readonly contactsByEmail: ReadonlyMap<string, HubSpotContact>;
  readonly recordsByEmail = new Map<string, SalesforceRecord[]>();
  readonly recordsByExternalId = new Map<string, SalesforceRecord[]>();
  readonly #sighted: Sighted;
  readonly #linksByHeir = new Map<string, Link[]>();
  readonly #linksBySurvivor = new Map<string, Link[]>();
  /** Contact ids that are part of another contact now, by what that contact says of itself. */
  readonly #mergedInto = new Map<string, string>();

  constructor(sighted: Sighted) {
    this.#sighted = sighted;
    for (const contact of sighted.contacts.values())
      for (const id of mergedContactIds(contact)) this.#mergedInto.set(id, contact.id);
    for (const link of sighted.links) {
      if (link.salesforceId !== null) this.linkBySalesforce.set(link.salesforceId, link);
      if (link.hubspotId === null) continue;
      const heir = link.salesforceId === null ? null : this.successor(link.salesforceId);
      if (heir?.by) append(this.#linksByHeir, heir.record.id, link);
      this.linkByHubSpot.set(link.hubspotId, link);
      const survivor = this.survivor(link.hubspotId);
      if (survivor) append(this.#linksBySurvivor, survivor.id, link);
    }
    const byEmail = new Map(sighted.contactsByEmail);
    for (const contact of sighted.contacts.values())
      for (const email of emailsOfContact(contact)) byEmail.set(email, contact);
    this.contactsByEmail = byEmail;
    for (const record of sighted.records.values()) {
      const email = emailOfRecord(record);
      if (email !== null) append(this.recordsByEmail, email, record);
      const hubspotId = storedHubSpotId(record);
      if (hubspotId !== null)
        append(this.recordsByExternalId, this.survivor(hubspotId)?.id ?? hubspotId, record);
    }
  }

  contact(id: string): HubSpotContact | null {
    return this.#sighted.contacts.get(id) ?? null;
  }

  record(id: string): SalesforceRecord | null {
    return this.#sighted.records.get(id) ?? null;
  }

  /** The contact itself, or the one it was merged into; null when neither lives. */
  survivor(hubspotId: string): HubSpotContact | null {
    let id = hubspotId;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const contact = this.contact(id);
      if (contact) return contact;
      const fate = this.#sighted.contactFates.get(id);
      const into = fate?.kind === 'mergedInto' ? fate.id : this.#mergedInto.get(id);
      if (into === undefined || into === id) return null;
      id = into;
    }
    return null;
  }

  /** The record itself, the contact a lead was converted to, or the record it was merged into. */
  successor(salesforceId: string): Successor | null {
    let id = salesforceId;
    let by: Succession | null = null;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const record = this.record(id);
      if (record && !record.isConverted) return { record, by };
      const next: string | null = record
        ? record.convertedContactId
        : (this.#sighted.recordFates.get(id)?.masterRecordId ?? null);
      if (next === null) return null;
      by = record ? 'converted' : 'mergedInSalesforce';
      id = next;
    }
    return null;
  }

  /** True only when HubSpot says that the contact, or the one it was merged into, is in its recycle bin. */
  isContactDeleted(hubspotId: string): boolean {
    let fate = this.#sighted.contactFates.get(hubspotId);
    for (let step = 0; step < MOST_STEPS && fate?.kind === 'mergedInto'; step += 1)
      fate = this.#sighted.contactFates.get(fate.id);
    return fate?.kind === 'archived';
  }

  /** True only when Salesforce says that the record is in its recycle bin, and nothing took its place. */
  isRecordDeleted(salesforceId: string): boolean {
    const fate = this.#sighted.recordFates.get(salesforceId);
    return fate?.isDeleted === true && fate.masterRecordId === null;
  }

  /** Links whose record this one took the place of, by conversion or merge. */
  linksOfHeir(recordId: string): readonly Link[] {
    return this.#linksByHeir.get(recordId) ?? [];
  }

  /** Links whose contact is this one, or was merged into it. */
  linksOf(survivor: HubSpotContact): readonly Link[] {
    return this.#linksBySurvivor.get(survivor.id) ?? [];
  }
}

function append<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
