// Second room of the pipeline: from record keys to everything the plan needs of both sides, in a fixed
// handful of calls for the whole batch. A trigger's own rows may come along and spare a read; what they
// are paired with is always read.
import type { SalesforceObject } from '../engine/fields.ts';
import type { Link } from '../engine/link.ts';
import {
  emailOfContact,
  emailOfRecord,
  storedHubSpotId,
  storedSalesforceIds,
  type Sighted,
} from '../engine/match.ts';
import { holdsNothingNew } from '../engine/plan-fields.ts';
import type { HubSpotContact, RecordKey, SalesforceRecord } from '../engine/records.ts';
import type { Ports, Workspace } from './workspace.ts';

/** A record somebody noticed, with its row where the trigger came with one. */
export interface Sighting {
  readonly key: RecordKey;
  readonly contact?: HubSpotContact;
  readonly record?: SalesforceRecord;
  /** The row comes from HubSpot's lagging search index: never write to HubSpot on its word alone. */
  readonly fromIndex?: boolean;
}

export interface ReadBatch {
  readonly subjects: readonly RecordKey[];
  readonly sighted: Sighted;
  /** Contacts known only from the search index. */
  readonly fromIndex: ReadonlySet<string>;
  /** Subjects that hold nothing new: no need to look at their other side. */
  readonly unchanged: number;
}

export const keyName = (key: RecordKey): string => `${key.side} ${key.id}`;

/**
 * Reads both sides of every sighting, except of those that hold nothing new (`skipUnchanged`). With
 * `recheck` a row that was looked at before is news again unless both sides agreed on it.
 */
export async function readBoth(
  sightings: readonly Sighting[],
  workspace: Workspace,
  ports: Ports,
  recheck: boolean,
  skipUnchanged: boolean,
): Promise<ReadBatch> {
  const byKey = new Map(sightings.map((sighting) => [keyName(sighting.key), sighting]));
  const links = await ports.store.links.find(idsOf([...byKey.values()].map(({ key }) => key)));
  const reader = new BothSidesReader(workspace, ports, links);
  const pending: Sighting[] = [];
  for (const sighting of byKey.values()) {
    if (skipUnchanged && !reader.isNews(sighting, recheck)) continue;
    pending.push(sighting);
  }
  await reader.read(pending);
  return {
    subjects: pending.map(({ key }) => key),
    sighted: reader.sighted(),
    fromIndex: new Set(pending.filter((sighting) => sighting.fromIndex).map(({ key }) => key.id)),
    unchanged: byKey.size - pending.length,
  };
}

function idsOf(keys: readonly RecordKey[]): { hubspot: string[]; salesforce: string[] } {
  return {
    hubspot: keys.filter((key) => key.side === 'hubspot').map((key) => key.id),
    salesforce: keys.filter((key) => key.side === 'salesforce').map((key) => key.id),
  };
}

const objectOf = (id: string): SalesforceObject => (id.startsWith('003') ? 'Contact' : 'Lead');

class BothSidesReader {
  readonly #workspace: Workspace;
  readonly #ports: Ports;
  readonly #links = new Map<string, Link>();
  readonly #linkByHubSpot = new Map<string, Link>();
  readonly #linkBySalesforce = new Map<string, Link>();
  readonly #contacts = new Map<string, HubSpotContact>();
  readonly #contactsByEmail = new Map<string, HubSpotContact>();
  readonly #records = new Map<string, SalesforceRecord>();

  constructor(workspace: Workspace, ports: Ports, links: readonly Link[]) {
    this.#workspace = workspace;
    this.#ports = ports;
    this.#addLinks(links);
  }

  sighted(): Sighted {
    return {
      links: [...this.#links.values()],
      contacts: this.#contacts,
      contactsByEmail: this.#contactsByEmail,
      records: this.#records,
    };
  }

  /** False for our own echo, and for rows whose mapped values are what both sides agreed on. */
  isNews({ key, contact, record }: Sighting, recheck: boolean): boolean {
    const link = (key.side === 'hubspot' ? this.#linkByHubSpot : this.#linkBySalesforce).get(
      key.id,
    );
    if (!link) return true;
    // HubSpot stamps every change with its own millisecond; Salesforce's whole seconds can hide a second change.
    const seenBefore =
      contact && link.hubspotModifiedAt !== null && contact.modifiedAt <= link.hubspotModifiedAt;
    if (seenBefore && !recheck) return false;
    if (link.state !== 'inSync' || !link.hubspotId || !link.salesforceId || !link.salesforceObject)
      return true;
    const pairs = this.#workspace.table.pairs[link.salesforceObject];
    if (contact) return !holdsNothingNew(pairs, link, { side: 'hubspot', contact }, recheck);
    if (record && !record.isDeleted && !record.isConverted) {
      return !holdsNothingNew(pairs, link, { side: 'salesforce', record }, recheck);
    }
    return true;
  }

  async read(pending: readonly Sighting[]): Promise<void> {
    for (const { contact, record } of pending) {
      if (contact) this.#contacts.set(contact.id, contact);
      if (record && !record.isDeleted) this.#records.set(record.id, record);
    }
    await this.#readSubjectsAndPartners(pending);
    await this.#readCandidates(pending);
    await this.#readSuccessors();
  }

  /** The subjects that came without a row, and the other side of those that are linked. */
  async #readSubjectsAndPartners(pending: readonly Sighting[]): Promise<void> {
    const hubspotIds = new Set<string>();
    const salesforceIds = new Set<string>();
    for (const { key, contact, record } of pending) {
      const link = (key.side === 'hubspot' ? this.#linkByHubSpot : this.#linkBySalesforce).get(
        key.id,
      );
      if (key.side === 'hubspot') {
        if (!contact) hubspotIds.add(key.id);
        if (link?.salesforceId) salesforceIds.add(link.salesforceId);
      } else {
        if (!record) salesforceIds.add(key.id);
        if (link?.hubspotId) hubspotIds.add(link.hubspotId);
      }
    }
    await Promise.all([this.#readContacts(hubspotIds), this.#readRecords(salesforceIds, [])]);
  }

  /** Who the unlinked ones may belong to: by remembered ids and by e-mail. */
  async #readCandidates(pending: readonly Sighting[]): Promise<void> {
    const hubspotIds = new Set<string>();
    const salesforceIds = new Set<string>();
    const emailsInSalesforce = new Set<string>();
    const emailsInHubSpot = new Set<string>();
    for (const { key } of pending) {
      if (key.side === 'hubspot') {
        const contact = this.#contacts.get(key.id);
        if (!contact || this.#linkByHubSpot.get(key.id)?.salesforceId) continue;
        for (const id of storedSalesforceIds(contact)) salesforceIds.add(id);
        const email = emailOfContact(contact);
        if (email !== null) emailsInSalesforce.add(email);
      } else {
        const record = this.#records.get(key.id);
        if (!record || record.isConverted || this.#linkBySalesforce.get(key.id)?.hubspotId)
          continue;
        const hubspotId = storedHubSpotId(record);
        if (hubspotId !== null) hubspotIds.add(hubspotId);
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
    await this.#readLinks([...this.#contacts.keys()], [...this.#records.keys()]);
  }

  /** The contacts that linked leads were converted to. */
  async #readSuccessors(): Promise<void> {
    const ids = new Set<string>();
    for (const record of this.#records.values()) {
      const successor = record.convertedContactId;
      if (record.isConverted && successor && this.#linkBySalesforce.get(record.id)?.hubspotId)
        ids.add(successor);
    }
    await this.#readRecords(ids, []);
    await this.#readLinks([], [...ids]);
  }

  async #readContacts(ids: ReadonlySet<string>): Promise<void> {
    const unread = [...ids].filter((id) => !this.#contacts.has(id));
    if (unread.length === 0) return;
    const found = await this.#ports.hubspot.contacts.readByIds(
      unread,
      this.#workspace.hubspotProperties,
    );
    for (const [askedId, contact] of found) {
      // A merged-away id answers with the survivor, which is another person to us.
      if (contact.id === askedId && !contact.archived) this.#contacts.set(contact.id, contact);
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

  async #readRecords(ids: ReadonlySet<string>, emails: readonly string[]): Promise<void> {
    const unread = [...ids].filter((id) => !this.#records.has(id));
    if (unread.length === 0 && emails.length === 0) return;
    const wanted = {
      Lead: unread.filter((id) => objectOf(id) === 'Lead'),
      Contact: unread.filter((id) => objectOf(id) === 'Contact'),
    };
    const records = await this.#ports.salesforce.records.read(
      { ids: wanted, emails },
      this.#workspace.salesforceFields,
    );
    for (const record of records) if (!record.isDeleted) this.#records.set(record.id, record);
  }

  async #readLinks(hubspot: readonly string[], salesforce: readonly string[]): Promise<void> {
    const unread = {
      hubspot: hubspot.filter((id) => !this.#linkByHubSpot.has(id)),
      salesforce: salesforce.filter((id) => !this.#linkBySalesforce.has(id)),
    };
    if (unread.hubspot.length + unread.salesforce.length > 0)
      this.#addLinks(await this.#ports.store.links.find(unread));
  }

  #addLinks(links: readonly Link[]): void {
    for (const link of links) {
      this.#links.set(link.id, link);
      if (link.hubspotId) this.#linkByHubSpot.set(link.hubspotId, link);
      if (link.salesforceId) this.#linkBySalesforce.set(link.salesforceId, link);
    }
  }
}
