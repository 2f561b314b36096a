// Finding the contact that a call names by id or by `idProperty`: e-mail (primary or additional) or a
// property with unique values (hubspot-api §2.1).
import { notUniqueProperty } from '../errors.ts';
import type { PropertyRegistry } from '../properties/registry.ts';
import type { ContactRow } from './row.ts';
import type { ContactStore } from './store.ts';

export class ContactLookup {
  readonly #store: ContactStore;
  readonly #registry: PropertyRegistry;
  readonly #portalId: string;

  constructor(store: ContactStore, registry: PropertyRegistry, portalId: string) {
    this.#store = store;
    this.#registry = registry;
    this.#portalId = portalId;
  }

  /** The contact, or undefined; refuses an `idProperty` whose values aren't unique. */
  find(id: string, idProperty: string | null | undefined): ContactRow | undefined {
    if (idProperty === null || idProperty === undefined || idProperty === 'hs_object_id')
      return this.#store.get(id);
    if (idProperty === 'email') return this.#store.byEmail(id);
    this.demandUnique(idProperty);
    return this.#store.byUnique(idProperty, id);
  }

  /** Refuses what isn't a custom property with unique values. */
  demandUnique(idProperty: string): void {
    const property = this.#registry.get(idProperty);
    if (!property?.hasUniqueValue || property.hubspotDefined)
      throw notUniqueProperty(idProperty, this.#portalId);
  }
}
