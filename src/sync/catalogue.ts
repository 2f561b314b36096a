// Both schemas, owners, users and queues: read from the CRMs every few minutes by whoever needs them first, and kept
// in the store for everybody else. A function that has just been started makes a handful of calls less, and waits for
// none of them.
import { z } from 'zod';
import type { HubSpotProperty, SalesforceField, Schemas } from '../engine/fields.ts';
import type { HubSpotOwner } from '../hubspot/port.ts';
import type { SalesforceQueue, SalesforceUser } from '../salesforce/port.ts';
import type { Ports } from './workspace.ts';

/** Whoever can own a record, as both sides list them. */
export interface People {
  readonly owners: readonly HubSpotOwner[];
  readonly users: readonly SalesforceUser[];
  readonly queues: readonly SalesforceQueue[];
}

export interface Catalogue {
  readonly schemas: Schemas;
  readonly people: People;
}

/** A catalogue that is older is read again. */
export const CATALOGUE_LIFE_MS = 10 * 60_000;

/** Another name whenever what is kept looks different: an older version then reads for itself. */
const KEPT = 'catalogue 1';
const keptSchema = z.object({
  readAt: z.number(),
  properties: z.array(z.custom<HubSpotProperty>()),
  leadFields: z.array(z.custom<SalesforceField>()),
  contactFields: z.array(z.custom<SalesforceField>()),
  owners: z.array(z.custom<HubSpotOwner>()),
  users: z.array(z.custom<SalesforceUser>()),
  queues: z.array(z.custom<SalesforceQueue>()),
});
type Kept = z.infer<typeof keptSchema>;

interface Read {
  readonly readAt: number;
  readonly catalogue: Catalogue;
}

export class Catalogues {
  readonly #ports: Ports;
  #known: Read | null = null;
  /** Under way: who comes meanwhile waits for the same answer. */
  #coming: Promise<Read> | null = null;
  /** Somebody asked for what is there now: what others read before doesn't count. */
  #mayTakeKept = true;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** The same object until it is read again. */
  async current(): Promise<Catalogue> {
    if (this.#known !== null && this.#isYoung(this.#known)) return this.#known.catalogue;
    const coming = (this.#coming ??= this.#find());
    try {
      const found = await coming;
      // Who refreshed meanwhile wants a newer one.
      if (this.#coming === coming) {
        this.#known = found;
        this.#mayTakeKept = true;
      }
      return found.catalogue;
    } finally {
      if (this.#coming === coming) this.#coming = null;
    }
  }

  refresh(): void {
    this.#known = null;
    this.#coming = null;
    this.#mayTakeKept = false;
  }

  async #find(): Promise<Read> {
    const kept = this.#mayTakeKept ? await this.#kept() : null;
    const found = kept ?? (await this.#read());
    return { readAt: found.readAt, catalogue: catalogueOf(found) };
  }

  async #kept(): Promise<Kept | null> {
    const kept = keptSchema.safeParse(await this.#ports.store.cursors.get(KEPT));
    if (!kept.success || !this.#isYoung(kept.data)) return null;
    const { salesforce } = this.#ports;
    salesforce.knowFields('Lead', kept.data.leadFields);
    salesforce.knowFields('Contact', kept.data.contactFields);
    return kept.data;
  }

  /** Clocks of processes differ a little; one that is far ahead is not believed. */
  #isYoung({ readAt }: { readonly readAt: number }): boolean {
    return Math.abs(this.#ports.now() - readAt) < CATALOGUE_LIFE_MS;
  }

  async #read(): Promise<Kept> {
    const { hubspot, salesforce, store, now } = this.#ports;
    const readAt = now();
    const [properties, owners, leadFields, contactFields, users, queues] = await Promise.all([
      hubspot.schema.contactProperties(),
      hubspot.schema.owners(),
      salesforce.schema.describe('Lead'),
      salesforce.schema.describe('Contact'),
      salesforce.schema.users(),
      salesforce.schema.queues(),
    ]);
    const kept: Kept = {
      ...{ readAt, properties: [...properties], owners: [...owners] },
      ...{ leadFields: [...leadFields], contactFields: [...contactFields] },
      ...{ users: [...users], queues: [...queues] },
    };
    await store.cursors.set(KEPT, kept);
    return kept;
  }
}

function catalogueOf(kept: Kept): Catalogue {
  const byName = <T extends { name: string }>(fields: readonly T[]): ReadonlyMap<string, T> =>
    new Map(fields.map((field) => [field.name, field]));
  const { properties, leadFields, contactFields, owners, users, queues } = kept;
  return {
    people: { owners, users, queues },
    schemas: {
      hubspot: byName(properties),
      salesforce: { Lead: byName(leadFields), Contact: byName(contactFields) },
    },
  };
}
