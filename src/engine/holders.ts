// Who holds whom already: by the links there are, and by the pairings made earlier in the same run. After a
// merge or a conversion several links may lead to one contact or one record; which of them stays is decided
// here, the same way whatever the order they are looked at in.
import type { Link } from './link.ts';
import { comparePartners, emailOfContact, emailOfRecord } from './partners.ts';
import type { HubSpotContact, SalesforceRecord, Side } from './records.ts';
import type { Sight } from './sighted.ts';

export type PairedLink = Link & { readonly hubspotId: string; readonly salesforceId: string };

export const isPaired = (link: Link | null | undefined): link is PairedLink =>
  link != null && link.hubspotId !== null && link.salesforceId !== null;

export class Holders {
  readonly #sight: Sight;
  /** Pairings made in this very run: contact id to record id, and back. */
  readonly #recordOf = new Map<string, string>();
  readonly #contactOf = new Map<string, string>();

  constructor(sight: Sight) {
    this.#sight = sight;
  }

  pairedOff(contactId: string, recordId: string): void {
    this.#recordOf.set(contactId, recordId);
    this.#contactOf.set(recordId, contactId);
  }

  /** The record a contact was paired with in this run. */
  recordOf(contactId: string): string | undefined {
    return this.#recordOf.get(contactId);
  }

  /** Of the links that lead to one contact, more than one after a merge, the one that stays. */
  winner(contact: HubSpotContact): PairedLink | null {
    const links = this.#sight.linksOf(contact).filter(isPaired);
    if (links.length < 2) return links[0] ?? null;
    const claims = links.map((link) => ({ link, record: this.claimOf(link, contact) }));
    claims.sort(
      (one, other) =>
        Number(other.record !== null) - Number(one.record !== null) ||
        Number(other.link.hubspotId === contact.id) - Number(one.link.hubspotId === contact.id) ||
        Number(other.link.pinned) - Number(one.link.pinned) ||
        Number(hasEmailOf(contact, other.record)) - Number(hasEmailOf(contact, one.record)) ||
        (one.record && other.record ? comparePartners(one.record, other.record) : 0) ||
        (one.link.id < other.link.id ? -1 : 1),
    );
    return claims[0]?.link ?? null;
  }

  /** The record a link leads to, unless another living contact has the one that took its place. */
  claimOf(link: PairedLink, contact: HubSpotContact): SalesforceRecord | null {
    const heir = this.#sight.successor(link.salesforceId);
    return heir && !(heir.by && this.rivalFor(heir.record, contact)) ? heir.record : null;
  }

  /** Rows that nothing is left of once this pair is saved: of merged contacts without a record, of an heir's own row. */
  leftovers(
    link: Link | null,
    contact: HubSpotContact | null,
    record: SalesforceRecord | null,
  ): readonly Link[] {
    const ofContact = contact ? this.#sight.linksOf(contact) : [];
    const ofRecord = record ? this.#sight.linkBySalesforce.get(record.id) : undefined;
    if (ofContact.every((one) => one === link) && (!ofRecord || ofRecord === link)) return [];
    const nothingLeft = ofContact.filter(
      (one) =>
        !isPaired(one) ||
        ((contact && this.claimOf(one, contact)) === null &&
          this.#sight.record(one.salesforceId) === null),
    );
    return [...new Set([...nothingLeft, ...(ofRecord ? [ofRecord] : [])])].filter(
      (one) => one !== link,
    );
  }

  /** Another living contact that holds the record already. */
  rivalFor(record: SalesforceRecord, contact: HubSpotContact | null): string | null {
    const holder = this.holderOf(record.id);
    return holder !== null && holder !== contact?.id ? holder : null;
  }

  /** Whether a link may look for another partner: the one it had is deleted, and nobody pinned the two. */
  isFree(link: PairedLink, gone: Side): boolean {
    if (link.pinned) return false;
    return gone === 'hubspot'
      ? this.#sight.isContactDeleted(link.hubspotId)
      : this.#sight.isRecordDeleted(link.salesforceId);
  }

  /** The Salesforce id a contact is paired with already: earlier in this run, or by link; null when that record is deleted. */
  partnerOf(contactId: string): string | null {
    const made = this.#recordOf.get(contactId);
    if (made !== undefined) return made;
    const contact = this.#sight.contact(contactId);
    const link = (contact && this.winner(contact)) ?? this.#sight.linkByHubSpot.get(contactId);
    if (!link?.salesforceId) return null;
    const record = this.#sight.successor(link.salesforceId)?.record;
    if (record) return record.id;
    return !link.pinned && this.#sight.isRecordDeleted(link.salesforceId)
      ? null
      : link.salesforceId;
  }

  /** The contact a record is paired with already; null when that contact is deleted. */
  holderOf(recordId: string): string | null {
    const made = this.#contactOf.get(recordId);
    if (made !== undefined) return made;
    const link = this.#sight.linkBySalesforce.get(recordId);
    if (isPaired(link)) {
      const contact = this.#sight.survivor(link.hubspotId);
      if (contact) return contact.id;
      if (!this.isFree(link, 'hubspot')) return link.hubspotId;
    }
    const heir = this.heirTo(recordId);
    return heir && (this.#sight.survivor(heir.hubspotId)?.id ?? null);
  }

  /** The link of a living contact whose record this one took the place of, by conversion or merge. */
  heirTo(recordId: string): PairedLink | null {
    return (
      this.#sight
        .linksOfHeir(recordId)
        .filter(isPaired)
        .find((link) => this.#sight.survivor(link.hubspotId) !== null) ?? null
    );
  }

  /** The records nobody else is paired with, best partner first. */
  free(
    candidates: readonly SalesforceRecord[],
    contact: HubSpotContact | null,
  ): SalesforceRecord[] {
    return candidates
      .filter((record) => {
        if (record.isConverted || record.isDeleted) return false;
        const holder = this.holderOf(record.id);
        return holder === null || holder === contact?.id;
      })
      .sort(comparePartners);
  }
}

/** HubSpot keeps the primary contact's e-mail address in a merge. */
const hasEmailOf = (contact: HubSpotContact, record: SalesforceRecord | null): boolean =>
  record !== null && emailOfRecord(record) === emailOfContact(contact);
