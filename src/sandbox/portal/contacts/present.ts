// A contact as the API answers with it (hubspot-api §2.1): the asked properties that exist, three that
// always come, null for empty, and the record's own dates beside them.
import type { PropertyRegistry } from '../properties/registry.ts';
import { valueOf } from './computed.ts';
import type { Change, ContactRow } from './row.ts';

const ALWAYS = ['createdate', 'hs_object_id', 'lastmodifieddate'] as const;
const DEFAULT = [...ALWAYS, 'email', 'firstname', 'lastname'] as const;

export interface Wanted {
  /** Empty: HubSpot's default ones. Unknown ones are left out without a word. */
  readonly properties: readonly string[];
  readonly history?: readonly string[];
}

export class ContactPresenter {
  readonly #registry: PropertyRegistry;
  readonly #portalId: string;

  constructor(registry: PropertyRegistry, portalId: string) {
    this.#registry = registry;
    this.#portalId = portalId;
  }

  present(row: ContactRow, wanted: Wanted): Record<string, unknown> {
    const names = wanted.properties.length === 0 ? DEFAULT : [...ALWAYS, ...wanted.properties];
    const properties: Record<string, string | null> = {};
    for (const name of names) if (this.#registry.get(name)) properties[name] = valueOf(row, name);
    const { history } = wanted;
    return {
      id: row.id,
      properties,
      ...(history && history.length > 0
        ? { propertiesWithHistory: this.#histories(row, history) }
        : {}),
      createdAt: new Date(row.createdAt).toISOString(),
      updatedAt: new Date(row.modifiedAt).toISOString(),
      archived: row.archivedAt !== null,
      ...(row.archivedAt === null ? {} : { archivedAt: new Date(row.archivedAt).toISOString() }),
      url: `https://app.hubspot.com/contacts/${this.#portalId}/record/0-1/${row.id}`,
    };
  }

  #histories(row: ContactRow, names: readonly string[]): Record<string, unknown[]> {
    const known = names.filter((name) => this.#registry.get(name));
    return Object.fromEntries(known.map((name) => [name, history(row, name)]));
  }
}

/** Every value the property had, newest first. */
function history(row: ContactRow, name: string): unknown[] {
  const versions: unknown[] = [];
  for (let change: Change | null = row.log; change; change = change.previous) {
    const value = change.values[name];
    if (value === undefined) continue;
    versions.push({ value, timestamp: new Date(change.at).toISOString(), ...change.source });
  }
  return versions;
}
