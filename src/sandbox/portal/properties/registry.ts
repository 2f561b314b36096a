// The portal's contact properties and groups: HubSpot's own, the sample portal's, and those created through
// the API, which the journal keeps. What a definition must look like to be taken is in `definitions.ts`.
import type { JournalEntry } from '../../journal.ts';
import type { PendingRows } from '../persistence.ts';
import { SAMPLE_GROUP, SAMPLE_PROPERTIES } from '../schema/sample.ts';
import type { PropertyDefinition } from '../schema/property.ts';
import { STANDARD_GROUPS, standardProperties, type PropertyGroup } from '../schema/standard.ts';

export const PROPERTY_TABLE = 'property';
export const GROUP_TABLE = 'propertyGroup';

/** An admin's rule that writes through 2026-09 and later must keep (hubspot-api §0.2). */
export interface RequiredProperty {
  readonly property: string;
  /** Whether the rule applies to a contact with these values; without it, to every contact. */
  readonly when?: (values: Readonly<Record<string, string>>) => boolean;
}

export class PropertyRegistry {
  readonly #properties = new Map<string, PropertyDefinition>();
  readonly #groups = new Map<string, PropertyGroup>();
  readonly #required: RequiredProperty[] = [];
  readonly #pending: PendingRows;

  constructor(pending: PendingRows) {
    this.#pending = pending;
    for (const group of [...STANDARD_GROUPS, SAMPLE_GROUP]) this.#groups.set(group.name, group);
    for (const property of [...standardProperties(), ...SAMPLE_PROPERTIES])
      this.#properties.set(property.name, property);
  }

  restore(entry: JournalEntry): void {
    if (entry.table === PROPERTY_TABLE)
      this.#properties.set(entry.id, entry.row as PropertyDefinition);
    if (entry.table === GROUP_TABLE) this.#groups.set(entry.id, entry.row as PropertyGroup);
  }

  get(name: string): PropertyDefinition | undefined {
    return this.#properties.get(name);
  }

  all(): PropertyDefinition[] {
    return [...this.#properties.values()];
  }

  /** Names of the properties whose values are unique, besides e-mail and record id. */
  uniqueNames(): string[] {
    return this.all()
      .filter((property) => property.hasUniqueValue && !property.hubspotDefined)
      .map((property) => property.name);
  }

  put(property: PropertyDefinition): void {
    this.#properties.set(property.name, property);
    this.#pending.add(PROPERTY_TABLE, property.name, () => property);
  }

  remove(name: string): void {
    this.#properties.delete(name);
    this.#pending.add(PROPERTY_TABLE, name, () => null);
  }

  group(name: string): PropertyGroup | undefined {
    return this.#groups.get(name);
  }

  groups(): PropertyGroup[] {
    return [...this.#groups.values()];
  }

  putGroup(group: PropertyGroup): void {
    this.#groups.set(group.name, group);
    this.#pending.add(GROUP_TABLE, group.name, () => group);
  }

  require(rule: RequiredProperty): void {
    this.#required.push(rule);
  }

  required(): readonly RequiredProperty[] {
    return this.#required;
  }
}
