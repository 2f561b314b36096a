// Everything one batch reads: rows of both sides, who took over from those that are gone, and the links of
// all of them, each in as few calls as the CRMs take.
import type { SalesforceObject } from '../engine/fields.ts';
import type { CanonicalValue, Link, Unrecorded } from '../engine/link.ts';
import { CAMPAIGNS_FIELD, CAMPAIGNS_MAPPING } from '../engine/defaults.ts';
import {
  emailOfRecord,
  emailsOfContact,
  mergedContactIds,
  storedHubSpotId,
  storedSalesforceIds,
} from '../engine/partners.ts';
import { awaitsLook, holdsNothingNew, type OneSide } from '../engine/plan-fields.ts';
import type {
  ContactFate,
  HubSpotContact,
  RecordFate,
  RecordKey,
  SalesforceRecord,
} from '../engine/records.ts';
import { objectOfId } from '../engine/salesforce-ids.ts';
import type { Sighted } from '../engine/sighted.ts';
import { readSet } from '../engine/values.ts';
import { withCampaigns } from './campaigns.ts';
import type { Sighting } from './sighting.ts';
import type { Ports, Workspace } from './workspace.ts';

const byObject = (ids: readonly string[]): Record<SalesforceObject, string[]> => ({
  Lead: ids.filter((id) => objectOfId(id) === 'Lead'),
  Contact: ids.filter((id) => objectOfId(id) === 'Contact'),
});

/** A conversion into a contact that was merged away is two steps; more are not worth a look at once. */
const MOST_STEPS = 4;
/** Of a link that nobody may save from: whoever plans on it looks again. */
const NO_VERSION = 0;

export class BothSidesReader {
  readonly #workspace: Workspace;
  readonly #ports: Ports;
  readonly #begunAt: number;
  readonly #links = new Map<string, Link>();
  readonly #linkByHubSpot = new Map<string, Link>();
  readonly #linkBySalesforce = new Map<string, Link>();
  readonly #contacts = new Map<string, HubSpotContact>();
  readonly #contactsByEmail = new Map<string, HubSpotContact>();
  readonly #records = new Map<string, SalesforceRecord>();
  readonly #contactFates = new Map<string, ContactFate>();
  readonly #recordFates = new Map<string, RecordFate>();
  /** Ids that nothing could be found out about. */
  readonly #missing = new Set<string>();
  readonly #linksAskedFor = new Set<string>();
  readonly #unrecorded: Unrecorded[] = [];
  /** Campaigns that were read beside the records themselves, by Salesforce id. */
  readonly #campaignsAhead = new Map<string, readonly string[]>();

  constructor(workspace: Workspace, ports: Ports, links: readonly Link[]) {
    this.#workspace = workspace;
    this.#ports = ports;
    this.#begunAt = ports.now();
    this.#addLinks(links);
  }

  sighted(): Sighted {
    return {
      links: [...this.#links.values()],
      contacts: this.#contacts,
      contactsByEmail: this.#contactsByEmail,
      records: this.#records,
      contactFates: this.#contactFates,
      recordFates: this.#recordFates,
    };
  }

  /** What others were, or are, writing to those in sight. */
  get unrecorded(): readonly Unrecorded[] {
    return this.#unrecorded;
  }

  /** False for our own echo, and for rows whose mapped values are what both sides agreed on. */
  isNews({ key, contact, record, campaigns }: Sighting, recheck: boolean): boolean {
    const link = this.#linkFor(key);
    if (!link || campaigns) return true;
    // Somebody's pair became part of this one.
    if (contact && mergedContactIds(contact).some((id) => this.#linkByHubSpot.has(id))) return true;
    // HubSpot stamps every change with its own millisecond; Salesforce's whole seconds can hide a second change.
    const seenBefore =
      contact && link.hubspotModifiedAt !== null && contact.modifiedAt <= link.hubspotModifiedAt;
    if (seenBefore && !recheck && !awaitsLook(link, 'hubspot')) return false;
    const object = link.salesforceObject;
    if (link.state !== 'inSync' || !link.hubspotId || !link.salesforceId || !object) return true;
    const nothingNew = (seen: OneSide): boolean =>
      holdsNothingNew(this.#workspace.table, object, link, seen, recheck);
    if (contact) return !nothingNew({ side: 'hubspot', contact });
    if (record && !record.isDeleted && !record.isConverted)
      return !nothingNew({ side: 'salesforce', record });
    return true;
  }

  /** ISO; null where nothing was ever written of it. */
  lastSyncedAt(key: RecordKey): string | null {
    return this.#linkFor(key)?.lastSyncedAt ?? null;
  }

  /** `lastmodifieddate` of the newest version of the contact that was looked at, ISO. */
  lastSeenStamp(key: RecordKey): string | null {
    return this.#linkFor(key)?.hubspotModifiedAt ?? null;
  }

  async read(pending: readonly Sighting[]): Promise<void> {
    for (const { contact, record } of pending) {
      if (contact) this.#contacts.set(contact.id, contact);
      if (record && !record.isDeleted) this.#records.set(record.id, record);
    }
    await Promise.all([this.#readSubjectsAndPartners(pending), this.#readCampaignsAhead(pending)]);
    await this.#readSuccession();
    await this.#readCandidates(pending);
    await this.#readSuccession();
    await this.#readCampaigns(pending);
  }

  #linkFor({ side, id }: RecordKey): Link | undefined {
    return (side === 'hubspot' ? this.#linkByHubSpot : this.#linkBySalesforce).get(id);
  }

  /** The subjects that came without a row, and the other side of those that are linked. */
  async #readSubjectsAndPartners(pending: readonly Sighting[]): Promise<void> {
    const hubspotIds: string[] = [];
    const salesforceIds: string[] = [];
    for (const { key, contact, record } of pending) {
      const link = this.#linkFor(key);
      if (key.side === 'hubspot') {
        if (!contact) hubspotIds.push(key.id);
        if (link?.salesforceId) salesforceIds.push(link.salesforceId);
      } else {
        if (!record) salesforceIds.push(key.id);
        if (link?.hubspotId) hubspotIds.push(link.hubspotId);
      }
    }
    await Promise.all([this.#readContacts(hubspotIds), this.#readRecords(salesforceIds, [])]);
  }

  /** Who those without a living partner may belong to: by remembered ids and by e-mail. */
  async #readCandidates(pending: readonly Sighting[]): Promise<void> {
    const hubspotIds: string[] = [];
    const salesforceIds: string[] = [];
    const emailsInSalesforce = new Set<string>();
    const emailsInHubSpot = new Set<string>();
    for (const { key } of pending) {
      const link = this.#linkFor(key);
      const contact = this.#contacts.get((key.side === 'hubspot' ? key.id : link?.hubspotId) ?? '');
      const record = this.#records.get(
        (key.side === 'salesforce' ? key.id : link?.salesforceId) ?? '',
      );
      if (contact && !record && this.#mayFindAnother(link?.salesforceId ?? null)) {
        salesforceIds.push(...storedSalesforceIds(contact));
        for (const email of emailsOfContact(contact)) emailsInSalesforce.add(email);
      }
      if (
        record &&
        !record.isConverted &&
        !contact &&
        this.#mayFindAnother(link?.hubspotId ?? null)
      ) {
        const hubspotId = storedHubSpotId(record);
        if (hubspotId !== null) hubspotIds.push(hubspotId);
        const email = emailOfRecord(record);
        if (email === null) continue;
        emailsInSalesforce.add(email);
        emailsInHubSpot.add(email);
      }
    }
    await Promise.all([
      this.#readContacts(hubspotIds),
      this.#readRecords(salesforceIds, [...emailsInSalesforce]),
      this.#readContactsByEmail([...emailsInHubSpot]),
    ]);
    await this.#readLinks();
    await this.#readRivals(new Set(salesforceIds), emailsInSalesforce);
  }

  /** Whom a contact belongs with doesn't depend on which of its records led to it: the others are read too. */
  async #readRivals(
    idsReadBefore: ReadonlySet<string>,
    emailsReadBefore: ReadonlySet<string>,
  ): Promise<void> {
    const alone = [...this.#contacts.values()].filter(
      ({ id }) => this.#linkByHubSpot.get(id)?.salesforceId == null,
    );
    const ids = alone.flatMap(storedSalesforceIds).filter((id) => !idsReadBefore.has(id));
    const emails = alone.flatMap(emailsOfContact).filter((email) => !emailsReadBefore.has(email));
    await this.#readRecords(ids, [...new Set(emails)]);
    await this.#readLinks();
  }

  /** True where there never was a partner, or where the one there was is deleted for sure. */
  #mayFindAnother(id: string | null): boolean {
    if (id === null) return true;
    const fate = this.#recordFates.get(id);
    return this.#contactFates.get(id)?.kind === 'archived' || fate?.isDeleted === true;
  }

  /** Both sides of every link in sight, and whoever took over from those that are gone. */
  async #readSuccession(): Promise<void> {
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const contacts = new Set<string>();
      const records = new Set<string>();
      for (const { hubspotId, salesforceId } of this.#links.values()) {
        if (hubspotId === null || salesforceId === null) continue;
        contacts.add(hubspotId);
        records.add(salesforceId);
      }
      for (const fate of this.#contactFates.values())
        if (fate.kind === 'mergedInto') contacts.add(fate.id);
      for (const { masterRecordId } of this.#recordFates.values())
        if (masterRecordId !== null) records.add(masterRecordId);
      for (const record of this.#records.values()) {
        const isPaired = this.#linkBySalesforce.get(record.id)?.hubspotId != null;
        if (record.isConverted && record.convertedContactId !== null && isPaired)
          records.add(record.convertedContactId);
      }
      const before = this.#known();
      await Promise.all([this.#readContacts([...contacts]), this.#readRecords([...records], [])]);
      await this.#readFates([...contacts], [...records]);
      await this.#readLinks();
      if (this.#known() === before) return;
    }
  }

  #known(): number {
    return (
      this.#contacts.size + this.#records.size + this.#contactFates.size + this.#recordFates.size
    );
  }

  /** What became of those that were looked for and not found. */
  async #readFates(contactIds: readonly string[], recordIds: readonly string[]): Promise<void> {
    const { hubspot, salesforce } = this.#ports;
    const unknown = (id: string): boolean => !this.#missing.has(id);
    const contacts = contactIds.filter(
      (id) => !this.#contacts.has(id) && !this.#contactFates.has(id) && unknown(id),
    );
    const records = recordIds.filter(
      (id) => !this.#records.has(id) && !this.#recordFates.has(id) && unknown(id),
    );
    const [contactFates, recordFates] = await Promise.all([
      contacts.length === 0 ? new Map<string, ContactFate>() : hubspot.contacts.fates(contacts),
      records.length === 0
        ? new Map<string, RecordFate>()
        : salesforce.records.fates(byObject(records)),
    ]);
    for (const [id, fate] of contactFates) this.#contactFates.set(id, fate);
    for (const [id, fate] of recordFates) this.#recordFates.set(id, fate);
    for (const id of [...contacts, ...records]) this.#missing.add(id);
  }

  /** Campaigns of people that are linked already, whatever their records turn out to hold: no need to wait for those. */
  async #readCampaignsAhead(pending: readonly Sighting[]): Promise<void> {
    if (!this.#workspace.settings.settings.campaigns.sync) return;
    const ids = pending.flatMap(({ key, record, campaigns }) => {
      const link = this.#linkFor(key);
      if (!link?.salesforceId || record?.fields[CAMPAIGNS_FIELD] !== undefined) return [];
      const isKnown = link.base[CAMPAIGNS_MAPPING.hubspotProperty] !== undefined;
      return campaigns || !isKnown ? [link.salesforceId] : [];
    });
    if (ids.length === 0) return;
    const found = await this.#ports.salesforce.records.campaigns(byObject([...new Set(ids)]));
    for (const id of ids) this.#campaignsAhead.set(id, found.get(id) ?? []);
  }

  /** Campaigns of people who are new to us or whose membership changed; one bulk read for all of them. */
  async #readCampaigns(pending: readonly Sighting[]): Promise<void> {
    if (!this.#workspace.settings.settings.campaigns.sync) return;
    const asked = new Set<string>();
    for (const { key, campaigns } of pending) {
      const link = this.#linkFor(key);
      const id = key.side === 'salesforce' ? key.id : link?.salesforceId;
      if (campaigns && id) asked.add(id);
    }
    for (const [id, campaigns] of this.#campaignsAhead) {
      const record = this.#records.get(id);
      if (record && !record.isConverted) this.#records.set(id, withCampaigns(record, campaigns));
    }
    const ids = [...this.#records.values()]
      .filter(({ id, fields, isConverted }) => {
        if (isConverted || fields[CAMPAIGNS_FIELD] !== undefined) return false;
        const link = this.#linkBySalesforce.get(id);
        const known = link?.base[CAMPAIGNS_MAPPING.hubspotProperty];
        return asked.has(id) || known === undefined || this.#showsOtherCampaigns(link, known);
      })
      .map(({ id }) => id);
    if (ids.length === 0) return;
    const campaigns = await this.#ports.salesforce.records.campaigns(byObject(ids));
    for (const id of ids) {
      const record = this.#records.get(id);
      if (record) this.#records.set(id, withCampaigns(record, campaigns.get(id) ?? []));
    }
  }

  /** Somebody edited the property in HubSpot, or a merge filled it. */
  #showsOtherCampaigns(link: Link | undefined, known: CanonicalValue): boolean {
    const contact = this.#contacts.get(link?.hubspotId ?? '');
    const shown = contact?.properties[CAMPAIGNS_MAPPING.hubspotProperty] ?? null;
    return contact !== undefined && readSet(shown) !== known;
  }

  async #readContacts(ids: readonly string[]): Promise<void> {
    const unread = [...new Set(ids)].filter(
      (id) => !this.#contacts.has(id) && !this.#contactFates.has(id) && !this.#missing.has(id),
    );
    if (unread.length === 0) return;
    const found = await this.#ports.hubspot.contacts.readByIds(
      unread,
      this.#workspace.hubspotProperties,
    );
    for (const [askedId, contact] of found) {
      if (contact.archived) continue;
      if (!this.#contacts.has(contact.id)) this.#contacts.set(contact.id, contact);
      // A merged-away id answers with the survivor.
      if (contact.id !== askedId)
        this.#contactFates.set(askedId, { kind: 'mergedInto', id: contact.id });
    }
  }

  async #readContactsByEmail(emails: readonly string[]): Promise<void> {
    if (emails.length === 0) return;
    const found = await this.#ports.hubspot.contacts.readByEmails(
      emails,
      this.#workspace.hubspotProperties,
    );
    for (const [email, contact] of found) {
      const known = this.#contacts.get(contact.id) ?? contact;
      this.#contacts.set(contact.id, known);
      this.#contactsByEmail.set(email, known);
    }
  }

  async #readRecords(ids: readonly string[], emails: readonly string[]): Promise<void> {
    const unread = [...new Set(ids)].filter(
      (id) => !this.#records.has(id) && !this.#recordFates.has(id) && !this.#missing.has(id),
    );
    if (unread.length === 0 && emails.length === 0) return;
    const records = await this.#ports.salesforce.records.read(
      { ids: byObject(unread), emails },
      this.#workspace.salesforceFields,
    );
    for (const record of records) {
      if (record.isDeleted) continue;
      // A row that came with its campaigns keeps them when an e-mail address finds it again.
      const campaigns = this.#records.get(record.id)?.fields[CAMPAIGNS_FIELD];
      const fields =
        campaigns === undefined
          ? record.fields
          : { ...record.fields, [CAMPAIGNS_FIELD]: campaigns };
      this.#records.set(record.id, { ...record, fields });
    }
  }

  /** Links of everybody in sight, of contacts merged into them too. */
  async #readLinks(): Promise<void> {
    const contactIds = [...this.#contacts.values()].flatMap((contact) => [
      contact.id,
      ...mergedContactIds(contact),
    ]);
    const unread = {
      hubspot: contactIds.filter((id) => !this.#linksAskedFor.has(id)),
      salesforce: [...this.#records.keys()].filter((id) => !this.#linksAskedFor.has(id)),
    };
    const ids = [...unread.hubspot, ...unread.salesforce];
    if (ids.length === 0) return;
    for (const id of ids) this.#linksAskedFor.add(id);
    // An id is in one link at the most. Where that changed meanwhile its version did too, and nobody saves from it.
    const unlinked = {
      hubspot: unread.hubspot.filter((id) => !this.#linkByHubSpot.has(id)),
      salesforce: unread.salesforce.filter((id) => !this.#linkBySalesforce.has(id)),
    };
    const { links } = this.#ports.store;
    const [found, unrecorded] = await Promise.all([links.find(unlinked), links.unrecorded(ids)]);
    this.#addLinks(found);
    for (const note of unrecorded) this.#unrecorded.push(note);
  }

  #isYoungerThanRows({ lastSyncedAt }: Link): boolean {
    return lastSyncedAt !== null && Date.parse(lastSyncedAt) >= this.#begunAt && this.#hasRows;
  }

  get #hasRows(): boolean {
    return this.#contacts.size + this.#records.size > 0;
  }

  #addLinks(links: readonly Link[]): void {
    for (const found of links) {
      // What both sides agreed on must be no younger than the rows it is compared with.
      if (this.#links.has(found.id)) continue;
      const link = this.#isYoungerThanRows(found) ? { ...found, version: NO_VERSION } : found;
      this.#links.set(link.id, link);
      if (link.hubspotId) this.#linkByHubSpot.set(link.hubspotId, link);
      if (link.salesforceId) this.#linkBySalesforce.set(link.salesforceId, link);
    }
  }
}
