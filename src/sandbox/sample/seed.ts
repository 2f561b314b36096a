// Puts the sample into both stand-ins, a thousand people at a time: keys become ids, owners become the
// ids of users, queues and HubSpot owners.
import { SAMPLE_OWNERS } from '../hubspot/schema/sample.ts';
import type { HubSpotStandIn } from '../hubspot/stand-in.ts';
import type { SalesforceStandIn, SeedRow } from '../salesforce/stand-in.ts';
import { sampleCampaigns, samplePeople, type SampleOptions } from './people.ts';
import { seedSegments } from './segments.ts';
import type { HubSpotRow, SalesforceObjectName, SalesforceRow, SampleOwner } from './rows.ts';

export interface SampleTargets {
  readonly hubspot: Pick<HubSpotStandIn, 'portal'>;
  readonly salesforce: Pick<SalesforceStandIn, 'org'>;
}

const PEOPLE_AT_ONCE = 1_000;

/** Rows of a later object may point to rows of an earlier one. */
const ORDER: readonly SalesforceObjectName[] = [
  'Campaign',
  'Account',
  'Contact',
  'Lead',
  'CampaignMember',
];

export function seedSample({ hubspot, salesforce }: SampleTargets, options: SampleOptions): void {
  const org = new OrgSeeder(salesforce.org);
  org.seed(sampleCampaigns(options));
  let inSalesforce: SalesforceRow[] = [];
  let inHubSpot: HubSpotRow[] = [];
  const flush = (): void => {
    org.seed(inSalesforce);
    hubspot.portal.seed(inHubSpot.map(contactOf));
    inSalesforce = [];
    inHubSpot = [];
  };
  for (const person of samplePeople(options)) {
    inSalesforce.push(...person.salesforce);
    inHubSpot.push(...person.hubspot);
    if (person.index % PEOPLE_AT_ONCE === PEOPLE_AT_ONCE - 1) flush();
  }
  flush();
  seedSegments(hubspot.portal);
}

const OWNER_IDS = new Map(
  SAMPLE_OWNERS.flatMap(({ email, id }) => (email === null ? [] : [[email, id] as const])),
);

function contactOf({ properties, ownerEmail, createdAt, modifiedAt }: HubSpotRow) {
  const ownerId = ownerEmail === null ? undefined : found(OWNER_IDS, ownerEmail);
  return {
    properties: ownerId === undefined ? properties : { ...properties, hubspot_owner_id: ownerId },
    createdate: createdAt,
    lastmodifieddate: modifiedAt,
  };
}

class OrgSeeder {
  readonly #org: SalesforceStandIn['org'];
  readonly #idByKey = new Map<string, string>();
  readonly #idByOwner = new Map<string, string>();

  constructor(org: SalesforceStandIn['org']) {
    this.#org = org;
    this.#addOwners('User', 'Email');
    this.#addOwners('Group', 'Name');
  }

  seed(rows: readonly SalesforceRow[]): void {
    for (const object of ORDER) {
      const ofObject = rows.filter((row) => row.object === object);
      const ids = this.#org.seed(ofObject.map((row) => this.#withIds(row)));
      for (const [index, { key }] of ofObject.entries()) this.#idByKey.set(key, ids[index] ?? '');
    }
  }

  #addOwners(object: string, nameField: string): void {
    for (const { Id: id, [nameField]: name } of this.#org.all(object)) {
      if (typeof id === 'string' && typeof name === 'string') this.#idByOwner.set(name, id);
    }
  }

  #withIds({ object, fields, refs, owner }: SalesforceRow): SeedRow {
    const ids: Record<string, string> = {};
    for (const [field, key] of Object.entries(refs)) ids[field] = found(this.#idByKey, key);
    if (owner !== null) ids['OwnerId'] = found(this.#idByOwner, nameOf(owner));
    return { object, fields: { ...fields, ...ids } };
  }
}

const nameOf = (owner: SampleOwner): string => (owner.kind === 'person' ? owner.email : owner.name);

function found(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`the sample names ${name}, which is not there`);
  return id;
}
