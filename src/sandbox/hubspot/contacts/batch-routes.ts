// Batches of up to 100 contacts (hubspot-api §2.1). Two regimes: without `objectWriteTraceId` a refused
// input fails the whole batch and nothing is written; with it each input has its own fate and the answer
// is a 207. Ids without a contact are listed in a 207 either way. Results don't come in the order of the
// inputs; this portal shuffles them.
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { batchAnswer, bodyOf, isTrue, type Answer, type Call, type Routes } from '../call.ts';
import { contactsNotFound, invalidRequest } from '../errors.ts';
import { associated, newAssociationsSchema, refusalOf } from './associations.ts';
import { runBatch, type BatchInput } from './batch.ts';
import { demandLimit, demandUniqueIds, refuseNonUnique } from './batch-checks.ts';
import type { ContactRow } from './row.ts';
import { rawPropertiesSchema, writerOf, type Contacts } from './routes.ts';

const readSchema = z.object({
  inputs: z.array(z.object({ id: z.coerce.string() })),
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).default([]),
  idProperty: z.string().optional(),
});

const createSchema = z.object({
  inputs: z.array(
    z.object({
      properties: rawPropertiesSchema,
      objectWriteTraceId: z.string().optional(),
      associations: newAssociationsSchema,
    }),
  ),
});

const updateSchema = z.object({
  inputs: z.array(
    z.object({
      id: z.coerce.string(),
      idProperty: z.string().optional(),
      properties: rawPropertiesSchema,
      objectWriteTraceId: z.string().optional(),
    }),
  ),
});

const archiveSchema = z.object({ inputs: z.array(z.object({ id: z.coerce.string() })) });

export interface BatchSurroundings {
  readonly clock: Clock;
  readonly random: () => number;
  readonly portalId: string;
}

export function batchRoutes(contacts: Contacts, surroundings: BatchSurroundings): Routes {
  const { store, lookup, writes, presenter, companies } = contacts;
  const { clock, random, portalId } = surroundings;
  const now = (): string => new Date(clock.now()).toISOString();

  const run = (inputs: readonly BatchInput[], success: 200 | 201): Answer => {
    const { results, errors } = runBatch(inputs, presenter);
    return batchAnswer(errors.length > 0 ? 207 : success, now(), shuffled(results, random), errors);
  };

  const read = (call: Call): Answer => {
    const body = bodyOf(call, readSchema);
    demandLimit(body.inputs.length, body.propertiesWithHistory.length > 0);
    const found = new Map<string, ContactRow>();
    const missing: string[] = [];
    const archived = isTrue(call, 'archived');
    for (const { id } of body.inputs) {
      const row = archived ? store.binned(id) : lookup.find(id, body.idProperty);
      if (row) found.set(row.id, row);
      else missing.push(id);
    }
    const wanted = { properties: body.properties, history: body.propertiesWithHistory };
    const results = [...found.values()].map((row) => presenter.present(row, wanted));
    const errors =
      missing.length === 0 ? [] : [{ status: 'error', ...contactsNotFound([...new Set(missing)]) }];
    return batchAnswer(errors.length > 0 ? 207 : 200, now(), shuffled(results, random), errors);
  };

  return {
    'POST /crm/objects/contacts/batch/read': read,

    'POST /crm/objects/contacts/batch/create': (call) => {
      const { inputs } = bodyOf(call, createSchema);
      demandLimit(inputs.length);
      const writer = writerOf(call);
      return run(
        inputs.map(({ properties, objectWriteTraceId, associations }) => ({
          traceId: objectWriteTraceId,
          prepare: (claims) => {
            const refusal = refusalOf(associations, companies);
            if (refusal) return { kind: 'refused', refusal };
            const prepared = writes.prepareCreate(properties, writer, claims);
            if (prepared.kind !== 'ready') return prepared;
            return {
              ...prepared,
              commit: () => associated(prepared.commit(), associations, companies),
            };
          },
        })),
        201,
      );
    },

    'POST /crm/objects/contacts/batch/update': (call) => {
      const { inputs } = bodyOf(call, updateSchema);
      demandLimit(inputs.length);
      refuseNonUnique(inputs, ['email', 'hs_object_id'], portalId);
      demandUniqueIds(inputs);
      const writer = writerOf(call);
      return run(
        inputs.map(({ id, idProperty, properties, objectWriteTraceId }) => ({
          traceId: objectWriteTraceId,
          prepare: (claims) => {
            const row = lookup.find(id, idProperty);
            return row
              ? writes.prepareUpdate(row, properties, writer, claims)
              : { kind: 'missing', id };
          },
        })),
        200,
      );
    },

    'POST /crm/objects/contacts/batch/upsert': (call) => {
      const { inputs } = bodyOf(call, updateSchema);
      demandLimit(inputs.length);
      refuseNonUnique(inputs, ['hs_object_id'], portalId);
      demandUniqueIds(inputs);
      const writer = writerOf(call);
      return run(
        inputs.map(({ id, idProperty, properties, objectWriteTraceId }) => {
          if (idProperty === undefined)
            throw invalidRequest('idProperty is required for every input of an upsert');
          if (idProperty !== 'email') lookup.demandUnique(idProperty);
          return {
            traceId: objectWriteTraceId,
            isUpsert: true,
            prepare: (claims) => {
              const row = lookup.find(id, idProperty);
              return row
                ? writes.prepareUpdate(row, properties, writer, claims)
                : writes.prepareCreate({ [idProperty]: id, ...properties }, writer, claims);
            },
          };
        }),
        200,
      );
    },

    'POST /crm/objects/contacts/batch/archive': (call) => {
      const { inputs } = bodyOf(call, archiveSchema);
      demandLimit(inputs.length);
      for (const { id } of inputs) {
        const row = store.get(id);
        if (row) store.archive(row, call.caller.source);
      }
      return { status: 204 };
    },
  };
}

function shuffled<T>(rows: readonly T[], random: () => number): T[] {
  return rows
    .map((row) => ({ row, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ row }) => row);
}
