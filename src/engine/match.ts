// Who belongs with whom. From the links that exist and the records that were read, one pair for every
// record in question: by link, then by an id one side stored of the other, then by e-mail.
//
// Among several Salesforce records with one e-mail the choice never depends on the order they came in:
// linked, then contact before lead, then most recently modified, then oldest, then lowest id. Converted
// leads are never chosen. A pairing that exists is never changed here, except that a converted lead's
// link moves on to the contact it became.
import type { Link } from './link.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact, RecordKey, SalesforceRecord } from './records.ts';
import { salesforceId18 } from './salesforce-ids.ts';
import { readEmail, readText, salesforceText } from './values.ts';

export interface Pair {
  /** The row that remembers this pair, and rows of either side alone that it takes over. */
  readonly link: Link | null;
  readonly absorbs: readonly Link[];
  /** Null when there is none, or none any more. */
  readonly hubspot: HubSpotContact | null;
  readonly salesforce: SalesforceRecord | null;
  readonly found: 'linked' | 'storedId' | 'email' | 'alone';
  /** Set when the pairing itself forbids to go on. */
  readonly blocked: Reason | null;
}

export interface Sighted {
  readonly links: readonly Link[];
  /** By record id. */
  readonly contacts: ReadonlyMap<string, HubSpotContact>;
  /** Contacts by an e-mail they were looked up with, lower case: additional e-mails lead to the same contact. */
  readonly contactsByEmail: ReadonlyMap<string, HubSpotContact>;
  /** By 18-character id; live rows only. */
  readonly records: ReadonlyMap<string, SalesforceRecord>;
}

export const EXTERNAL_ID_FIELD = 'Tandem_HubSpot_Id__c';

export const emailOfContact = (contact: HubSpotContact): string | null =>
  readEmail(contact.properties.email ?? null);
export const emailOfRecord = (record: SalesforceRecord): string | null =>
  readEmail(salesforceText(record.fields.Email ?? null));

/** Salesforce ids a contact remembers of an earlier pairing, ours or the native connector's; contact before lead. */
export function storedSalesforceIds(contact: HubSpotContact): string[] {
  const { properties } = contact;
  return [
    properties.tandem_contact_id,
    properties.salesforcecontactid,
    properties.tandem_lead_id,
    properties.salesforceleadid,
  ]
    .map((id) => salesforceId18(readText(id ?? null) ?? ''))
    .filter((id) => id !== null);
}

/** The HubSpot id a Salesforce record remembers in the external-ID field. */
export const storedHubSpotId = (record: SalesforceRecord): string | null =>
  readText(salesforceText(record.fields[EXTERNAL_ID_FIELD] ?? null));

/** Negative when `one` is the better partner. */
export function comparePartners(one: SalesforceRecord, other: SalesforceRecord): number {
  if (one.object !== other.object) return one.object === 'Contact' ? -1 : 1;
  if (one.modifiedAt !== other.modifiedAt) return one.modifiedAt > other.modifiedAt ? -1 : 1;
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? -1 : 1;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/** One pair for every subject, and for records that turn out to be the better partner of one. */
export function pairUp(subjects: readonly RecordKey[], sighted: Sighted): Pair[] {
  return new Pairing(sighted).run(subjects);
}

class Pairing {
  readonly #sighted: Sighted;
  readonly #linkByHubSpot = new Map<string, Link>();
  readonly #linkBySalesforce = new Map<string, Link>();
  readonly #contactsByEmail: Map<string, HubSpotContact>;
  readonly #recordsByEmail = new Map<string, SalesforceRecord[]>();
  readonly #recordsByStoredHubSpotId = new Map<string, SalesforceRecord[]>();
  readonly #done = new Set<string>();
  /** Pairings made in this very run: contact id to record id, and back. */
  readonly #recordOf = new Map<string, string>();
  readonly #contactOf = new Map<string, string>();
  readonly #pairs: Pair[] = [];

  constructor(sighted: Sighted) {
    this.#sighted = sighted;
    for (const link of sighted.links) {
      if (link.hubspotId !== null) this.#linkByHubSpot.set(link.hubspotId, link);
      if (link.salesforceId !== null) this.#linkBySalesforce.set(link.salesforceId, link);
    }
    this.#contactsByEmail = new Map(sighted.contactsByEmail);
    for (const contact of sighted.contacts.values()) {
      const email = emailOfContact(contact);
      if (email !== null) this.#contactsByEmail.set(email, contact);
    }
    for (const record of sighted.records.values()) {
      const email = emailOfRecord(record);
      if (email !== null) append(this.#recordsByEmail, email, record);
      const hubspotId = storedHubSpotId(record);
      if (hubspotId !== null) append(this.#recordsByStoredHubSpotId, hubspotId, record);
    }
  }

  run(subjects: readonly RecordKey[]): Pair[] {
    for (const subject of subjects) {
      const link = this.#linkOf(subject);
      if (link?.hubspotId && link.salesforceId) this.#linked(link);
      else if (this.#isDone(subject)) continue;
      else if (subject.side === 'hubspot') this.#unpairedContact(subject.id, link);
      else this.#unpairedRecord(subject.id, link);
    }
    return this.#pairs;
  }

  #linkOf(subject: RecordKey): Link | null {
    const links = subject.side === 'hubspot' ? this.#linkByHubSpot : this.#linkBySalesforce;
    return links.get(subject.id) ?? null;
  }

  #isDone(subject: RecordKey): boolean {
    return this.#done.has(`${subject.side} ${subject.id}`);
  }

  #linked(link: Link): void {
    if (this.#done.has(`link ${link.id}`)) return;
    const contact = this.#sighted.contacts.get(link.hubspotId ?? '') ?? null;
    const record = this.#sighted.records.get(link.salesforceId ?? '') ?? null;
    const successor = record?.isConverted
      ? this.#sighted.records.get(record.convertedContactId ?? '')
      : undefined;
    const successorLink = successor && this.#linkBySalesforce.get(successor.id);
    const takenOver = successor !== undefined && (successorLink?.hubspotId ?? null) === null;
    this.#emit({
      link,
      absorbs: takenOver && successorLink ? [successorLink] : [],
      hubspot: contact,
      salesforce: takenOver ? successor : record,
      found: 'linked',
      blocked: record?.isConverted && !takenOver ? reason('LEAD_CONVERTED') : null,
    });
  }

  #unpairedContact(id: string, link: Link | null): void {
    const contact = this.#sighted.contacts.get(id) ?? null;
    if (contact === null) {
      this.#emit(
        {
          link,
          absorbs: [],
          hubspot: null,
          salesforce: null,
          found: 'alone',
          blocked: reason('HUBSPOT_CONTACT_DELETED', { id }),
        },
        id,
      );
      return;
    }
    const stored = this.#free(this.#storedPartners(contact));
    const email = emailOfContact(contact);
    const mates = email === null ? [] : (this.#recordsByEmail.get(email) ?? []);
    const partner = stored[0] ?? this.#free(mates)[0];
    if (partner) {
      this.#pairOff(contact, partner, stored[0] ? 'storedId' : 'email');
      return;
    }
    this.#emit({
      link,
      absorbs: [],
      hubspot: contact,
      salesforce: null,
      found: 'alone',
      blocked: this.#noPartnerBecause(mates),
    });
  }

  #unpairedRecord(id: string, link: Link | null): void {
    const record = this.#sighted.records.get(id) ?? null;
    if (record === null || record.isConverted) {
      const blocked = record
        ? reason('LEAD_CONVERTED')
        : reason('SALESFORCE_RECORD_DELETED', { id, object: link?.salesforceObject ?? 'record' });
      this.#emit(
        { link, absorbs: [], hubspot: null, salesforce: record, found: 'alone', blocked },
        id,
      );
      return;
    }
    const storedId = storedHubSpotId(record);
    const storedContact = storedId === null ? undefined : this.#sighted.contacts.get(storedId);
    if (storedContact && this.#partnerOf(storedContact.id) === null) {
      this.#pairOff(storedContact, record, 'storedId');
      return;
    }
    const email = emailOfRecord(record);
    if (email === null) {
      this.#emit({
        link,
        absorbs: [],
        hubspot: null,
        salesforce: record,
        found: 'alone',
        blocked: reason('NO_EMAIL'),
      });
      return;
    }
    const contact = this.#contactsByEmail.get(email) ?? null;
    const partnerId = contact && this.#partnerOf(contact.id);
    // Which of several records with this e-mail is the partner doesn't depend on which of them woke us.
    const best = this.#free(this.#recordsByEmail.get(email) ?? [])[0] ?? record;
    if (partnerId) {
      this.#duplicate(record, link, email, partnerId);
    } else if (contact) {
      this.#pairOff(contact, best, 'email');
      if (best !== record) this.#duplicate(record, link, email, best.id);
    } else if (best === record) {
      this.#emit({
        link,
        absorbs: [],
        hubspot: null,
        salesforce: record,
        found: 'alone',
        blocked: null,
      });
    } else {
      if (!this.#done.has(`salesforce ${best.id}`))
        this.#unpairedRecord(best.id, this.#linkBySalesforce.get(best.id) ?? null);
      this.#duplicate(record, link, email, best.id);
    }
  }

  #duplicate(record: SalesforceRecord, link: Link | null, email: string, id: string): void {
    const object =
      this.#sighted.records.get(id)?.object ?? (id.startsWith('003') ? 'Contact' : 'Lead');
    this.#emit({
      link,
      absorbs: [],
      hubspot: null,
      salesforce: record,
      found: 'alone',
      blocked: reason('DUPLICATE_IN_SALESFORCE', { email, object, id }),
    });
  }

  #pairOff(contact: HubSpotContact, record: SalesforceRecord, found: 'storedId' | 'email'): void {
    const contactLink = this.#linkByHubSpot.get(contact.id) ?? null;
    const recordLink = this.#linkBySalesforce.get(record.id) ?? null;
    this.#emit({
      link: contactLink ?? recordLink,
      absorbs: contactLink && recordLink && contactLink.id !== recordLink.id ? [recordLink] : [],
      hubspot: contact,
      salesforce: record,
      found,
      blocked: null,
    });
  }

  /** The Salesforce id a contact is paired with already: by link, or earlier in this run. */
  #partnerOf(contactId: string): string | null {
    return (
      this.#linkByHubSpot.get(contactId)?.salesforceId ?? this.#recordOf.get(contactId) ?? null
    );
  }

  /** The HubSpot id a record is paired with already. */
  #holderOf(recordId: string): string | null {
    return this.#linkBySalesforce.get(recordId)?.hubspotId ?? this.#contactOf.get(recordId) ?? null;
  }

  #storedPartners(contact: HubSpotContact): SalesforceRecord[] {
    const remembered = storedSalesforceIds(contact)
      .map((id) => this.#sighted.records.get(id))
      .filter((record) => record !== undefined);
    return [...remembered, ...(this.#recordsByStoredHubSpotId.get(contact.id) ?? [])];
  }

  /** The records nobody else is paired with, best partner first. */
  #free(candidates: readonly SalesforceRecord[]): SalesforceRecord[] {
    return candidates
      .filter(
        (record) => !record.isConverted && !record.isDeleted && this.#holderOf(record.id) === null,
      )
      .sort(comparePartners);
  }

  #noPartnerBecause(mates: readonly SalesforceRecord[]): Reason | null {
    for (const mate of mates) {
      const holder = this.#holderOf(mate.id);
      if (holder !== null) {
        return reason('PAIRED_WITH_ANOTHER_CONTACT', {
          object: mate.object,
          id: mate.id,
          contact: holder,
        });
      }
    }
    return mates.some((mate) => mate.isConverted) ? reason('LEAD_CONVERTED') : null;
  }

  #emit(pair: Pair, missingId?: string): void {
    this.#pairs.push(pair);
    if (pair.link) this.#done.add(`link ${pair.link.id}`);
    const hubspotId =
      pair.hubspot?.id ??
      (pair.salesforce === null && pair.found === 'alone' ? missingId : undefined);
    if (hubspotId !== undefined) this.#done.add(`hubspot ${hubspotId}`);
    const salesforceId = pair.salesforce?.id ?? missingId;
    if (salesforceId !== undefined) this.#done.add(`salesforce ${salesforceId}`);
    if (pair.hubspot && pair.salesforce) {
      this.#recordOf.set(pair.hubspot.id, pair.salesforce.id);
      this.#contactOf.set(pair.salesforce.id, pair.hubspot.id);
    }
  }
}

function append<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
