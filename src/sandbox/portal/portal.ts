// The portal as people and HubSpot itself see it, without the API: tests and simulations edit contacts here
// as somebody at the screen would (source CRM_UI), and fill it in bulk. Values are checked as the API checks
// them, except those of `seed`.
import type { ContactIndex } from './search/contact-index.ts';
import { PERSON_IN_UI } from './auth.ts';
import { filledProperties } from './contacts/computed.ts';
import type { ContactRow } from './contacts/row.ts';
import type { ContactStore } from './contacts/store.ts';
import type { RawProperties, ContactWrites } from './contacts/writes.ts';
import { notFound } from './errors.ts';
import type { ContactLists, NewList } from './lists/lists.ts';
import type { PendingRows } from './persistence.ts';
import type { OptOuts } from './preferences/opt-outs.ts';
import type { Preferences } from './preferences/routes.ts';

export interface PortalContact {
  readonly id: string;
  /** What holds something, with `createdate`, `lastmodifieddate` and `hs_object_id`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
}

export interface SeedContact {
  /** As stored: times ISO, dates `2026-11-23`; `createdate` and `lastmodifieddate` may be given. */
  readonly properties: Readonly<Record<string, string | null | undefined>>;
}

export interface Portal {
  /** Creates a contact and returns its id. Refusals are thrown with HubSpot's message. */
  create(properties: RawProperties): string;
  update(id: string, properties: RawProperties): void;
  archive(id: string): void;
  /** The recipient uses the link in an e-mail, whoever holds the address. */
  unsubscribe(email: string): void;
  /** Takes all e-mail again; no API does that. */
  resubscribe(email: string): void;
  /** The contact, archived or not. */
  get(id: string): PortalContact | undefined;
  /** Contacts that aren't archived. */
  all(): PortalContact[];
  /** Puts contacts in as they are, already in the search index and without webhooks; returns their ids. */
  seed(contacts: readonly SeedContact[]): string[];
  /** Returns the list's id; a list of that name only gets its filter back. */
  createList(list: NewList): string;
}

export interface PortalParts {
  readonly store: ContactStore;
  readonly writes: ContactWrites;
  readonly index: ContactIndex;
  readonly lists: ContactLists;
  readonly optOuts: OptOuts;
  readonly preferences: Preferences;
  readonly pending: PendingRows;
  /** Runs while nobody but lists and journal is told of changes. */
  readonly quietly: (work: () => void) => void;
}

export function portalOver(parts: PortalParts): Portal {
  const { store, writes, lists, preferences, pending } = parts;
  const person = { source: PERSON_IN_UI, version: 'v3' };

  const named = (id: string): ContactRow => {
    const row = store.get(id);
    if (!row) throw notFound(`no contact ${id}`);
    return row;
  };

  const kept = <Result>(work: () => Result): Result => {
    try {
      return work();
    } finally {
      pending.flush();
    }
  };

  return {
    create: (properties) => kept(() => writes.create(properties, person).id),
    update: (id, properties) => {
      kept(() => writes.update(named(id), properties, person));
    },
    archive: (id) => {
      kept(() => store.archive(named(id), PERSON_IN_UI));
    },
    unsubscribe: (email) => {
      kept(() => preferences.unsubscribeAll(email, PERSON_IN_UI));
    },
    resubscribe: (email) => {
      kept(() => {
        preferences.resubscribe(email, PERSON_IN_UI);
      });
    },
    get: (id) => {
      const row = store.find(id);
      return row && contactOf(row);
    },
    all: () => [...store.live()].map(contactOf),
    seed: (contacts) => kept(() => seed(parts, contacts)),
    createList: (list) => kept(() => lists.create(list)),
  };
}

function contactOf(row: ContactRow): PortalContact {
  return {
    id: row.id,
    properties: filledProperties(row),
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.modifiedAt).toISOString(),
    archived: row.archivedAt !== null,
  };
}

function seed(parts: PortalParts, contacts: readonly SeedContact[]): string[] {
  const { store, index, optOuts, quietly } = parts;
  const ids: string[] = [];
  quietly(() => {
    for (const { properties } of contacts) {
      const { createdate, lastmodifieddate, hs_object_id: id, ...given } = properties;
      const values: Record<string, string> = {};
      for (const [name, value] of Object.entries(given))
        if (value !== null && value !== undefined && value !== '')
          values[name] = name === 'email' ? value.trim().toLowerCase() : value;
      const row = store.create({
        values,
        source: PERSON_IN_UI,
        ...(id ? { id } : {}),
        ...(createdate ? { createdAt: instantOf(createdate) } : {}),
        ...(lastmodifieddate ? { modifiedAt: instantOf(lastmodifieddate) } : {}),
      });
      if (values.email !== undefined && values.hs_email_optout === 'true')
        optOuts.add(values.email, new Date(row.modifiedAt).toISOString());
      index.put(row);
      ids.push(row.id);
    }
  });
  return ids;
}

/** Milliseconds of an epoch or ISO text. */
function instantOf(text: string): number {
  const instant = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`not a time: ${text}`);
  return instant;
}
