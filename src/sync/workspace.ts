// Everything a sync needs to know besides the records: settings, both schemas, owners, the mappings in
// force. Read once and kept; settings are looked at before every batch, schemas every few minutes.
import type { SalesforceField, SalesforceObject, Schemas } from '../engine/fields.ts';
import {
  hubspotPropertiesToRead,
  mappingTable,
  salesforceFieldsToRead,
  type MappingTable,
} from '../engine/mapping.ts';
import { EXTERNAL_ID_FIELD } from '../engine/partners.ts';
import { OWN_GROUP, OWN_PROPERTIES } from '../engine/own-properties.ts';
import { ownerMap, type OwnerMap } from '../engine/owners.ts';
import type { Settings } from '../engine/settings.ts';
import type { HubSpotList, HubSpotPort } from '../hubspot/port.ts';
import type { FieldsByObject, SalesforcePort } from '../salesforce/port.ts';
import type { SettingsVersion, Store } from '../store/port.ts';
import { CATALOGUE_LIFE_MS, Catalogues, type Catalogue, type People } from './catalogue.ts';

export interface Ports {
  readonly hubspot: HubSpotPort;
  readonly salesforce: SalesforcePort;
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface Workspace {
  readonly settings: SettingsVersion;
  readonly schemas: Schemas;
  readonly owners: OwnerMap;
  readonly people: People;
  readonly table: MappingTable;
  readonly hubspotProperties: readonly string[];
  readonly salesforceFields: FieldsByObject;
  readonly externalIdOn: Readonly<Record<SalesforceObject, boolean>>;
  readonly lists: ChosenLists;
}

/** Null: none is chosen. `missing`: it was deleted or cannot be read. */
export type ChosenList = HubSpotList | 'missing' | null;

export interface ChosenLists {
  /** Whose members sync. */
  readonly inclusion: ChosenList;
  /** Whose members receive updates from Salesforce; the inclusion list unless the settings say otherwise. */
  readonly receivers: ChosenList;
  readonly exclusion: ChosenList;
}

/** A list that was deleted stops sending within this time. */
const LIST_LIFE_MS = 60_000;

/** Keeps a workspace fresh; one per process. */
export class Workspaces {
  readonly #ports: Ports;
  readonly #catalogues: Catalogues;
  /** Under way: who comes meanwhile waits for the same answer. */
  #listsComing: { readonly version: number; readonly lists: Promise<ChosenLists> } | null = null;
  #workspace: { value: Workspace; listReadAt: number } | null = null;
  #companies = { since: 0, byAccount: new Map<string, string | null>() };

  constructor(ports: Ports) {
    this.#ports = ports;
    this.#catalogues = new Catalogues(ports);
  }

  /** The workspace for the settings as they are now. */
  async current(): Promise<Workspace> {
    const settings = await this.#ports.store.settings.current();
    const now = this.#ports.now();
    const known = this.#workspace;
    let catalogue = await this.#catalogues.current();
    // Who saves a mapping may just have made its property.
    const isNew = known !== null && known.value.settings.version !== settings.version;
    if (isNew && namesUnknown(settings.settings, catalogue)) {
      this.refresh();
      catalogue = await this.#catalogues.current();
    }
    const sameCatalogue = known?.value.schemas === catalogue.schemas;
    if (
      known &&
      sameCatalogue &&
      known.value.settings.version === settings.version &&
      now - known.listReadAt < LIST_LIFE_MS
    ) {
      return known.value;
    }
    const value: Workspace = {
      ...(known && sameCatalogue && known.value.settings.version === settings.version
        ? known.value
        : this.#build(settings, catalogue)),
      lists: await this.#listsFor(settings),
    };
    this.#workspace = { value, listReadAt: now };
    return value;
  }

  /** The workspace as it would be with other settings, such as a draft of them; nothing of it is kept. */
  async under(settings: Settings): Promise<Workspace> {
    const saved = await this.current();
    const version: SettingsVersion = { ...saved.settings, settings };
    const catalogue = await this.#catalogues.current();
    return { ...this.#build(version, catalogue), lists: await this.#chosenLists(version) };
  }

  /** Forgets schemas and owners, so that the next batch reads them again. */
  refresh(): void {
    this.#catalogues.refresh();
  }

  #build(settings: SettingsVersion, { schemas, people }: Catalogue): Omit<Workspace, 'lists'> {
    const { map } = settings.settings.owners;
    const owners = ownerMap({ ...people, map });
    const table = mappingTable(settings.settings, schemas, owners);
    const externalIdOn = {
      Lead: isExternalId(schemas.salesforce.Lead.get(EXTERNAL_ID_FIELD)),
      Contact: isExternalId(schemas.salesforce.Contact.get(EXTERNAL_ID_FIELD)),
    };
    const fieldsOf = (object: SalesforceObject): string[] => [
      ...salesforceFieldsToRead(table, object, settings.settings, schemas),
      ...(externalIdOn[object] ? [EXTERNAL_ID_FIELD] : []),
    ];
    return {
      settings,
      schemas,
      owners,
      people,
      table,
      hubspotProperties: hubspotPropertiesToRead(table, settings.settings),
      salesforceFields: { Lead: fieldsOf('Lead'), Contact: fieldsOf('Contact') },
      externalIdOn,
    };
  }

  async #listsFor(settings: SettingsVersion): Promise<ChosenLists> {
    const { version } = settings;
    const coming =
      this.#listsComing?.version === version
        ? this.#listsComing
        : { version, lists: this.#chosenLists(settings) };
    this.#listsComing = coming;
    try {
      return await coming.lists;
    } finally {
      if (this.#listsComing === coming) this.#listsComing = null;
    }
  }

  async #chosenLists({ settings }: SettingsVersion): Promise<ChosenLists> {
    const { listId, receivers, exclusionListId } = settings.inclusion;
    const receiversId =
      receivers === 'members' ? listId : receivers === 'everybody' ? null : receivers.listId;
    const ids = [listId, receiversId, exclusionListId].filter((id) => id !== null);
    const lists = new Map(
      await Promise.all(
        [...new Set(ids)].map(
          async (id) => [id, (await this.#ports.hubspot.lists.get(id)) ?? 'missing'] as const,
        ),
      ),
    );
    const chosen = (id: string | null): ChosenList =>
      id === null ? null : (lists.get(id) ?? 'missing');
    return {
      inclusion: chosen(listId),
      receivers: chosen(receiversId),
      exclusion: chosen(exclusionListId),
    };
  }

  /**
   * HubSpot's companies for Salesforce accounts, from memory where they were asked for lately: most people
   * of a page work for few companies.
   */
  async companiesFor(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const now = this.#ports.now();
    if (now - this.#companies.since >= CATALOGUE_LIFE_MS)
      this.#companies = { since: now, byAccount: new Map() };
    const { byAccount } = this.#companies;
    const unknown = [...new Set(accountIds)].filter((id) => !byAccount.has(id));
    if (unknown.length > 0) {
      const found = await this.#ports.hubspot.companies.byAccountIds(unknown);
      for (const id of unknown) byAccount.set(id, found.get(id) ?? null);
    }
    return new Map(
      accountIds.flatMap((id): [string, string][] => {
        const companyId = byAccount.get(id);
        return companyId == null ? [] : [[id, companyId]];
      }),
    );
  }
}

/** Whether a custom mapping has a property or field that there wasn't when the schemas were read. */
const namesUnknown = (
  { mappings }: Settings,
  { schemas: { hubspot, salesforce } }: Pick<Catalogue, 'schemas'>,
): boolean =>
  mappings.custom.some(
    ({ hubspotProperty, leadField, contactField }) =>
      !hubspot.has(hubspotProperty) ||
      (leadField !== null && !salesforce.Lead.has(leadField)) ||
      (contactField !== null && !salesforce.Contact.has(contactField)),
  );

const isExternalId = (field: SalesforceField | undefined): boolean =>
  field?.externalId === true && field.createable;

/** Makes sure the portal has Tandem's own properties; part of every start, writes only what is missing. */
export async function prepareHubSpot({ hubspot }: Ports): Promise<void> {
  await hubspot.schema.ensureProperties(OWN_GROUP, OWN_PROPERTIES);
}
