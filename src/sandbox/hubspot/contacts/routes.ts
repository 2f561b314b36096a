// Single contacts and pages of them: /crm/objects/contacts (hubspot-api §2.1). Batches are in
// `batch-routes.ts`, search in `../search`.
import { z } from 'zod';
import { bodyOf, isTrue, limitOf, listOf, pathPart, type Call, type Routes } from '../call.ts';
import { notFound } from '../errors.ts';
import type { Companies } from '../companies/companies.ts';
import { associated, newAssociationsSchema, refusalOf } from './associations.ts';
import type { ContactLookup } from './lookup.ts';
import type { ContactPresenter, Wanted } from './present.ts';
import type { ContactRow } from './row.ts';
import type { ContactStore } from './store.ts';
import type { ContactWrites, Writer } from './writes.ts';

export interface Contacts {
  readonly store: ContactStore;
  readonly lookup: ContactLookup;
  readonly writes: ContactWrites;
  readonly presenter: ContactPresenter;
  readonly companies: Companies;
}

export const rawPropertiesSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

const mergeSchema = z.object({
  primaryObjectId: z.coerce.string(),
  objectIdToMerge: z.coerce.string(),
});
const eraseSchema = z.object({ objectId: z.coerce.string(), idProperty: z.string().optional() });

const writeSchema = z.object({ properties: rawPropertiesSchema });
const createSchema = writeSchema.extend({ associations: newAssociationsSchema });

const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 10;

function wantedBy(call: Call): Wanted {
  return {
    properties: listOf(call, 'properties'),
    history: listOf(call, 'propertiesWithHistory'),
  };
}

export function writerOf(call: Call): Writer {
  return { source: call.caller.source, version: call.version };
}

export function contactRoutes(contacts: Contacts): Routes {
  const { store, lookup, writes, presenter, companies } = contacts;
  const named = (call: Call): ContactRow => {
    const row = lookup.find(pathPart(call, 'contactId'), call.request.query.get('idProperty'));
    if (!row) throw notFound();
    return row;
  };

  return {
    'GET /crm/objects/contacts': (call) => {
      const limit = limitOf(call, DEFAULT_PAGE, LARGEST_PAGE);
      const archived = isTrue(call, 'archived');
      const rows = store.page(call.request.query.get('after'), limit + 1, archived);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const wanted = wantedBy(call);
      return {
        status: 200,
        value: {
          results: page.map((row) => presenter.present(row, wanted)),
          ...(rows.length > limit && last ? { paging: { next: nextPage(call, last.id) } } : {}),
        },
      };
    },

    'GET /crm/objects/contacts/{contactId}': (call) => {
      if (!isTrue(call, 'archived'))
        return { status: 200, value: presenter.present(named(call), wantedBy(call)) };
      const row = store.binned(pathPart(call, 'contactId'));
      if (!row) throw notFound();
      return { status: 200, value: presenter.present(row, wantedBy(call)) };
    },

    'POST /crm/objects/contacts': (call) => {
      const { properties, associations } = bodyOf(call, createSchema);
      const refusal = refusalOf(associations, companies);
      if (refusal) throw refusal;
      const created = writes.create(properties, writerOf(call));
      const row = associated(created, associations, companies);
      const shown = [...Object.keys(properties), 'lifecyclestage', 'hs_object_source'];
      return { status: 201, value: presenter.present(row, { properties: shown }) };
    },

    'POST /crm/objects/contacts/merge': (call) => {
      const { primaryObjectId, objectIdToMerge } = bodyOf(call, mergeSchema);
      const [primary, other] = [store.get(primaryObjectId), store.get(objectIdToMerge)];
      if (!primary || !other) throw notFound();
      const row = store.merge(primary, other, call.caller.source, 'newId');
      return { status: 200, value: presenter.present(row, { properties: [] }) };
    },

    'POST /crm/objects/contacts/gdpr-delete': (call) => {
      const { objectId, idProperty } = bodyOf(call, eraseSchema);
      const row = lookup.find(objectId, idProperty) ?? store.binned(objectId);
      if (row) writes.erase(row, call.caller.source);
      else if (idProperty === 'email') writes.block(objectId);
      return { status: 204 };
    },

    'PATCH /crm/objects/contacts/{contactId}': (call) => {
      const { properties } = bodyOf(call, writeSchema);
      const row = writes.update(named(call), properties, writerOf(call));
      return {
        status: 200,
        value: presenter.present(row, {
          properties: ['lifecyclestage', ...Object.keys(properties)],
        }),
      };
    },

    'DELETE /crm/objects/contacts/{contactId}': (call) => {
      const row = store.get(pathPart(call, 'contactId'));
      // An id without a contact is answered like any other: what was asked for is the case.
      if (row) store.archive(row, call.caller.source);
      return { status: 204 };
    },
  };
}

function nextPage(call: Call, after: string): { after: string; link: string } {
  const query = new URLSearchParams(call.request.query);
  query.set('after', after);
  return { after, link: `https://api.hubapi.com${call.request.path}?${query.toString()}` };
}
