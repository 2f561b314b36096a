// Who belongs with whom. From the links that exist and the records that were read, one pair for every
// record in question: by link, then by an id HubSpot stored, then by the external id Salesforce stored,
// then by e-mail. Among several Salesforce records the choice never depends on the order they came in:
// linked, then contact before lead, then most recently modified, then oldest, then lowest id.
//
// A pairing that exists changes only when one of its records is gone: a converted lead's link moves on to
// the contact it became, a merged record's to the one it was merged into, and the partner of a deleted one
// may find another. `sighted.ts` has the facts, `settle.ts` writes the change into history.
import type { FieldWrite } from './outcome.ts';
import { Holders, isPaired, type PairedLink } from './holders.ts';
import type { Base, Link } from './link.ts';
import {
  emailOfRecord,
  emailsOfContact,
  storedHubSpotId,
  storedSalesforceIds,
} from './partners.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact, RecordKey, SalesforceRecord, Side } from './records.ts';
import { objectOfId } from './salesforce-ids.ts';
import { Sight, type Sighted, type Succession } from './sighted.ts';

export type Found =
  'linked' | 'storedId' | 'externalId' | 'email' | Succession | 'mergedInHubSpot' | 'alone';

export interface Pair {
  /** The row that remembers this pair; without its memory of values where the pair is another than it was. */
  readonly link: Link | null;
  /** The values on which these two last agreed: what the link remembers, and what no link could yet. */
  readonly base: Base;
  /** Rows of either side alone that it takes over. */
  readonly absorbs: readonly Link[];
  /** Null when there is none, or none any more. */
  readonly hubspot: HubSpotContact | null;
  readonly salesforce: SalesforceRecord | null;
  readonly found: Found;
  /** Writes that arrived and that nobody remembered, since the worker was killed: for history. */
  readonly recovered?: readonly FieldWrite[];
  /** Set when the pairing itself forbids to go on. */
  readonly blocked: Reason | null;
  /** Which side's record is in that CRM's recycle bin, and not merely out of sight. */
  readonly deleted: Side | null;
  /** The side whose id the row gives up: that record belongs to another pair now. */
  readonly givesUp: Side | null;
}

/** One pair for every subject, and for records that turn out to be the better partner of one. */
export function pairUp(subjects: readonly RecordKey[], sighted: Sighted): Pair[] {
  return new Pairing(sighted).run(subjects);
}

type Partner = {
  readonly record: SalesforceRecord;
  readonly found: 'storedId' | 'externalId' | 'email';
};

class Pairing {
  readonly #sight: Sight;
  /** Ids of contacts and records that are in a pair: those of the two CRMs never look alike. */
  readonly #done = new Set<string>();
  readonly #doneLinks = new Set<string>();
  readonly #holders: Holders;
  readonly #pairs: Pair[] = [];

  constructor(sighted: Sighted) {
    this.#sight = new Sight(sighted);
    this.#holders = new Holders(this.#sight);
  }

  run(subjects: readonly RecordKey[]): Pair[] {
    for (const subject of subjects) {
      const { id, side } = subject;
      const links = side === 'hubspot' ? this.#sight.linkByHubSpot : this.#sight.linkBySalesforce;
      const link = links.get(id) ?? null;
      if (isPaired(link)) this.#linked(link);
      else if (this.#done.has(id)) continue;
      else if (side === 'hubspot') this.#unpairedContact(id, link);
      else this.#unpairedRecord(id, link);
    }
    return this.#pairs;
  }

  #linked(link: PairedLink): void {
    if (this.#doneLinks.has(link.id)) return;
    const contact = this.#sight.survivor(link.hubspotId);
    const winner = contact && this.#holders.winner(contact);
    if (winner && winner !== link) {
      this.#linked(winner);
      this.#othersGiveUp(contact);
      return;
    }
    const heir = this.#sight.successor(link.salesforceId);
    const rival =
      heir && (heir.by || !contact) ? this.#holders.rivalFor(heir.record, contact) : null;
    const blocked =
      heir && rival !== null && rival !== link.hubspotId
        ? pairedWithAnother(heir.record, rival)
        : this.#convertedAway(link);
    if (blocked) {
      this.#emit({ link, hubspot: contact, salesforce: null, found: 'linked', blocked });
      return;
    }
    const record = heir?.record ?? null;
    if (contact && !record && this.#holders.isFree(link, 'salesforce')) {
      const partner = this.#partnerFor(contact, link);
      if (partner) {
        const { record: salesforce, found } = partner;
        this.#emit({ link, hubspot: contact, salesforce, found });
        return;
      }
    }
    if (record && !contact && this.#holders.isFree(link, 'hubspot')) {
      const other = this.#contactFor(record);
      if (
        other &&
        this.#holders.partnerOf(other.contact.id) === null &&
        this.#bestFor(other.contact)?.record === record
      ) {
        this.#pairOff(other.contact, record, other.found);
        return;
      }
    }
    this.#emit({
      link,
      hubspot: contact,
      salesforce: record,
      found: contact && contact.id !== link.hubspotId ? 'mergedInHubSpot' : (heir?.by ?? 'linked'),
    });
    if (contact) this.#othersGiveUp(contact);
  }

  /** After a merge in HubSpot nobody may ever name the contact that is gone again: its record is told now. */
  #othersGiveUp(contact: HubSpotContact): void {
    for (const link of this.#sight.linksOf(contact).filter(isPaired)) {
      if (this.#doneLinks.has(link.id)) continue;
      const record = this.#holders.claimOf(link, contact);
      const own = this.#sight.record(link.salesforceId);
      if (record && record.id !== this.#holders.recordOf(contact.id))
        this.#givesUpContact(link, record, contact);
      else if (own) this.#convertedAlone(own, link);
    }
  }

  /** A lead whose contact is another pair's now, or out of sight: its row stays, and says so. */
  #convertedAlone(record: SalesforceRecord, link: Link): void {
    const blocked = reason('LEAD_CONVERTED');
    const alone = { hubspot: null, salesforce: record, found: 'alone' as const };
    this.#emit({ ...alone, link, blocked, givesUp: 'hubspot' });
  }

  /** After a merge in HubSpot: the contact has a better record, this one is a duplicate now. */
  #givesUpContact(link: Link, record: SalesforceRecord, contact: HubSpotContact): void {
    const kept = this.#holders.recordOf(contact.id);
    if (kept === undefined || kept === record.id) return;
    this.#duplicate(record, link, emailOfRecord(record) ?? '', kept, 'hubspot');
  }

  #convertedAway(link: PairedLink): Reason | null {
    const record = this.#sight.record(link.salesforceId);
    return record?.isConverted && !this.#sight.successor(record.id)
      ? reason('LEAD_CONVERTED')
      : null;
  }

  #unpairedContact(id: string, link: Link | null): void {
    const contact = this.#sight.contact(id);
    if (contact === null) {
      const into = this.#sight.survivor(id);
      const blocked =
        deletedByUs(link) ??
        (into
          ? reason('HUBSPOT_CONTACT_MERGED', { id, into: into.id })
          : reason('HUBSPOT_CONTACT_DELETED', { id }));
      this.#emit({ link, hubspot: null, salesforce: null, found: 'alone', blocked }, id);
      return;
    }
    const winner = this.#holders.winner(contact);
    if (winner) {
      this.#linked(winner);
      if (this.#done.has(id)) return;
    }
    const partner = this.#partnerFor(contact, link);
    if (partner) this.#pairOff(contact, partner.record, partner.found);
    else {
      const blocked = this.#noPartnerBecause(contact, link);
      this.#emit({ link, hubspot: contact, salesforce: null, found: 'alone', blocked });
    }
  }

  #unpairedRecord(id: string, link: Link | null): void {
    const record = this.#sight.record(id);
    if (record === null || record.isConverted) {
      const blocked = record ? reason('LEAD_CONVERTED') : this.#goneBecause(id, link);
      this.#emit({ link, hubspot: null, salesforce: record, found: 'alone', blocked }, id);
      return;
    }
    // Who had the lead this was converted from, or a record merged into it, comes before anybody new.
    const heir = this.#holders.heirTo(id);
    if (heir && !this.#doneLinks.has(heir.id)) {
      this.#linked(heir);
      if (this.#done.has(id)) return;
    }
    const mate = this.#contactFor(record);
    const partnerId = mate && this.#holders.partnerOf(mate.contact.id);
    const email = emailOfRecord(record);
    // Which of several records with this e-mail is the partner doesn't depend on which of them woke us.
    const partner = mate && this.#bestFor(mate.contact);
    const alike = email === null || mate ? [] : (this.#sight.recordsByEmail.get(email) ?? []);
    const best = partner?.record ?? this.#holders.free(alike, null)[0] ?? record;
    if (mate && partnerId === record.id) {
      const holder = this.#holders.winner(mate.contact);
      if (holder) this.#linked(holder);
    } else if (mate && this.#isKeptApart(mate.contact, record)) {
      const blocked = reason('KEPT_APART', { object: record.object, id });
      this.#emit({ link, hubspot: null, salesforce: record, found: 'alone', blocked });
    } else if (partnerId) {
      this.#duplicate(record, link, email ?? '', partnerId);
    } else if (mate) {
      this.#pairOff(mate.contact, best, partner?.found ?? mate.found);
      if (best !== record) this.#duplicate(record, link, email ?? '', best.id);
    } else if (best === record) {
      const blocked = email === null ? reason('NO_EMAIL') : null;
      this.#emit({ link, hubspot: null, salesforce: record, found: 'alone', blocked });
    } else {
      if (!this.#done.has(best.id))
        this.#unpairedRecord(best.id, this.#sight.linkBySalesforce.get(best.id) ?? null);
      this.#duplicate(record, link, email ?? '', best.id);
    }
  }

  #goneBecause(id: string, link: Link | null): Reason {
    const known = deletedByUs(link);
    if (known) return known;
    const into = this.#sight.successor(id)?.record;
    const object = link?.salesforceObject ?? into?.object ?? 'record';
    return into
      ? reason('SALESFORCE_RECORD_MERGED', { id, object, into: into.id })
      : reason('SALESFORCE_RECORD_DELETED', { id, object });
  }

  #duplicate(
    record: SalesforceRecord,
    link: Link | null,
    email: string,
    id: string,
    givesUp: Side | null = null,
  ): void {
    const object = this.#sight.record(id)?.object ?? objectOfId(id);
    const blocked = reason('DUPLICATE_IN_SALESFORCE', { email, object, id });
    this.#emit({ link, hubspot: null, salesforce: record, found: 'alone', blocked, givesUp });
  }

  #pairOff(contact: HubSpotContact, record: SalesforceRecord, found: Found): void {
    const contactLink = this.#sight.linkByHubSpot.get(contact.id) ?? this.#holders.winner(contact);
    const recordLink = this.#sight.linkBySalesforce.get(record.id) ?? null;
    this.#emit({ link: contactLink ?? recordLink, hubspot: contact, salesforce: record, found });
  }

  /** The best record nobody else has: by stored id, then external id, then e-mail. */
  #partnerFor(contact: HubSpotContact, link: Link | null): Partner | null {
    const remembered = storedSalesforceIds(contact).flatMap(
      (id) => this.#sight.successor(id)?.record ?? [],
    );
    const candidates = [
      ['storedId', remembered],
      ['externalId', this.#sight.recordsByExternalId.get(contact.id) ?? []],
      ['email', this.#mates(contact).filter((mate) => this.#isFor(mate, contact))],
    ] as const;
    for (const [found, records] of candidates) {
      const record = this.#holders
        .free(records, contact)
        .find(({ id }) => link?.keptApart.includes(id) !== true);
      if (record) return { record, found };
    }
    return null;
  }

  #bestFor(contact: HubSpotContact): Partner | null {
    return this.#partnerFor(contact, this.#sight.linkByHubSpot.get(contact.id) ?? null);
  }

  /** Whether no other contact has a better claim to a record with its e-mail address. */
  #isFor(record: SalesforceRecord, contact: HubSpotContact): boolean {
    const owner = this.#contactFor(record)?.contact;
    return owner === undefined || owner.id === contact.id;
  }

  /** The living contact a record belongs to, taken or not: by external id, then e-mail. */
  #contactFor(
    record: SalesforceRecord,
  ): { readonly contact: HubSpotContact; readonly found: 'externalId' | 'email' } | null {
    const storedId = storedHubSpotId(record);
    const stored = storedId === null ? null : this.#sight.survivor(storedId);
    const storedPartner = stored && this.#holders.partnerOf(stored.id);
    if (stored && (storedPartner === null || storedPartner === record.id))
      return { contact: stored, found: 'externalId' };
    const email = emailOfRecord(record);
    const contact = email === null ? undefined : this.#sight.contactsByEmail.get(email);
    return contact ? { contact, found: 'email' } : null;
  }

  #mates(contact: HubSpotContact): SalesforceRecord[] {
    const emails = emailsOfContact(contact);
    return emails.flatMap((email) => this.#sight.recordsByEmail.get(email) ?? []);
  }

  #isKeptApart(contact: HubSpotContact, record: SalesforceRecord): boolean {
    return this.#sight.linkByHubSpot.get(contact.id)?.keptApart.includes(record.id) === true;
  }

  #noPartnerBecause(contact: HubSpotContact, link: Link | null): Reason | null {
    const mates = this.#mates(contact);
    for (const mate of mates) {
      const { object, id } = mate;
      if (link?.keptApart.includes(id)) return reason('KEPT_APART', { object, id });
      const holder = this.#holders.holderOf(id);
      if (holder !== null && holder !== contact.id) return pairedWithAnother(mate, holder);
    }
    return mates.some((mate) => mate.isConverted) ? reason('LEAD_CONVERTED') : null;
  }

  #emit(
    found: Pick<Pair, 'link' | 'hubspot' | 'salesforce' | 'found'> & Partial<Pair>,
    missingId?: string,
  ): void {
    const { hubspot, salesforce } = found;
    const link = found.link && remembering(found.link, hubspot, salesforce);
    this.#pairs.push({
      base: link?.base ?? {},
      absorbs: this.#holders.leftovers(found.link, hubspot, salesforce),
      blocked: null,
      deleted: this.#deletedSide(found),
      givesUp: null,
      ...found,
      link,
    });
    if (link) {
      this.#doneLinks.add(link.id);
      if (link.hubspotId !== null && found.givesUp !== 'hubspot') this.#done.add(link.hubspotId);
      if (link.salesforceId !== null) this.#done.add(link.salesforceId);
    }
    for (const id of [missingId, hubspot?.id, salesforce?.id])
      if (id !== undefined) this.#done.add(id);
    if (hubspot && salesforce) {
      this.#holders.pairedOff(hubspot.id, salesforce.id);
    }
  }

  #deletedSide({ link, hubspot, salesforce }: Pick<Pair, 'link' | 'hubspot' | 'salesforce'>) {
    if (!isPaired(link)) return null;
    if (!hubspot && this.#sight.isContactDeleted(link.hubspotId)) return 'hubspot';
    if (!salesforce && this.#sight.isRecordDeleted(link.salesforceId)) return 'salesforce';
    return null;
  }
}

/** Values agreed on with another record say nothing about this one: a field it never had would look cleared. */
function remembering(
  link: Link,
  hubspot: HubSpotContact | null,
  salesforce: SalesforceRecord | null,
): Link {
  const isSame =
    (link.hubspotId === null || !hubspot || link.hubspotId === hubspot.id) &&
    (link.salesforceId === null || !salesforce || link.salesforceId === salesforce.id);
  return isSame
    ? link
    : {
        ...link,
        base: {},
        refused: {},
        fieldReasons: {},
        leftDifferent: {},
        keptApart: link.keptApart,
      };
}

/** A record that Tandem deleted along with its partner comes back as deleted: that is no news. */
const deletedByUs = (link: Link | null): Reason | null =>
  link?.reason?.code === 'DELETED_THERE_TOO' ? link.reason : null;

const pairedWithAnother = ({ object, id }: SalesforceRecord, contact: string): Reason =>
  reason('PAIRED_WITH_ANOTHER_CONTACT', { object, id, contact });
