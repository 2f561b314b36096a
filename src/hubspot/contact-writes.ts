// Creating, updating and unsubscribing contacts, each input with its own outcome (`write-each.ts`).
import {
  ApiException,
  AssociationSpecAssociationCategoryEnum,
  type SimplePublicObject,
} from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';
import { z } from 'zod';
import { modifiedAtOf } from './contact-rows.ts';
import { errorsOf } from './errors.ts';
import type { GeneratedClients } from './generated.ts';
import type { HubSpotContacts, HubSpotProperties, HubSpotWriteOutcome } from './port.ts';
import { writeEach, type BatchAnswer, type BatchWrite } from './write-each.ts';

type ContactWrites = Pick<HubSpotContacts, 'create' | 'update' | 'archive' | 'unsubscribeAll'>;
type BatchApi = GeneratedClients['contactBatches'];

interface Creation {
  readonly properties: HubSpotProperties;
  readonly companyId?: string;
}

interface Update {
  readonly id: string;
  readonly properties: HubSpotProperties;
}

const lower = (email: string | null | undefined): string | null =>
  email?.trim().toLowerCase() || null;

export function contactWritesOver(clients: GeneratedClients): ContactWrites {
  return {
    create: (inputs) => createEach(clients, inputs),
    update: (inputs) => writeEach(inputs, updates(clients.contactBatches)),
    archive: (ids) => writeEach(ids, archivals(clients.contactBatches)),
    unsubscribeAll: (emails) => writeEach(emails, unsubscriptions(clients)),
  };
}

/** With an e-mail a repeated create is refused and names the contact; without one it would make two. */
async function createEach(
  { contactBatches, contactBatchesOnce }: GeneratedClients,
  inputs: readonly Creation[],
): Promise<HubSpotWriteOutcome[]> {
  const isRepeatable = ({ properties }: Creation): boolean => lower(properties.email) !== null;
  const [repeatable, others] = await Promise.all([
    writeEach(inputs.filter(isRepeatable), creations(contactBatches)),
    writeEach(
      inputs.filter((input) => !isRepeatable(input)),
      creations(contactBatchesOnce),
    ),
  ]);
  const next = { repeatable: repeatable.values(), others: others.values() };
  return inputs.flatMap((input) => {
    const { value } = (isRepeatable(input) ? next.repeatable : next.others).next();
    return value ? [value] : [];
  });
}

function creations(batches: BatchApi): BatchWrite<Creation> {
  return {
    send: async (chunk) => {
      const answer = await batches.create({
        inputs: chunk.map(({ traceId, input }) => ({
          properties: input.properties,
          associations: input.companyId === undefined ? [] : [withCompany(input.companyId)],
          objectWriteTraceId: traceId,
        })),
      });
      return answerOf(answer, (contact) => lower(contact.properties.email));
    },
    tell: ({ properties }) => lower(properties.email),
    properties: ({ properties }) => properties,
  };
}

/** HubSpot's own association of a contact with a company. */
const CONTACT_TO_COMPANY = 279;

const withCompany = (companyId: string) => ({
  to: { id: companyId },
  types: [
    {
      associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined,
      associationTypeId: CONTACT_TO_COMPANY,
    },
  ],
});

/** HubSpot answers 204 whether a contact was there or not. */
function archivals(batches: BatchApi): BatchWrite<string> {
  return {
    send: async (chunk) => {
      await batches.archive({ inputs: chunk.map(({ input }) => ({ id: input })) });
      const written = chunk.map(({ traceId, input }) => ({
        traceId,
        id: input,
        modifiedAt: new Date(0).toISOString(),
        told: null,
      }));
      return { written, errors: [] };
    },
    tell: (id) => id,
    properties: () => ({}),
  };
}

function updates(batches: BatchApi): BatchWrite<Update> {
  return {
    send: async (chunk) => {
      const answer = await batches.update({
        inputs: chunk.map(({ traceId, input }) => ({
          id: input.id,
          properties: input.properties,
          objectWriteTraceId: traceId,
        })),
      });
      return answerOf(answer, ({ id }) => id);
    },
    tell: ({ id }) => id,
    properties: ({ properties }) => properties,
  };
}

function answerOf(
  answer: { results: SimplePublicObject[] },
  tell: (contact: SimplePublicObject) => string | null,
): BatchAnswer {
  return {
    written: answer.results.map((contact) => ({
      traceId: contact.objectWriteTraceId,
      id: contact.id,
      modifiedAt: modifiedAtOf(contact),
      told: tell(contact),
    })),
    errors: errorsOf(answer),
  };
}

const unsubscribedSchema = z.object({
  completedAt: z.string().optional(),
  results: z.array(z.object({ subscriberIdString: z.string() })).default([]),
});

/** The client has no method for it; `hs_email_optout` itself is read-only (native-connector §11.4). */
function unsubscriptions({ request }: GeneratedClients): BatchWrite<string> {
  return {
    send: async (chunk) => {
      const { status, text } = await request(
        'POST',
        '/communication-preferences/v4/statuses/batch/unsubscribe-all?channel=EMAIL',
        { inputs: chunk.map(({ input }) => input) },
      );
      const body: unknown = JSON.parse(text);
      if (status >= 300) throw new ApiException(status, 'unsubscribe-all was refused', body, {});
      const { results, completedAt } = unsubscribedSchema.parse(body);
      const modifiedAt = new Date(completedAt ?? 0).toISOString();
      const written = results.map(({ subscriberIdString: email }) => ({
        id: email,
        modifiedAt,
        told: lower(email),
      }));
      return { written, errors: errorsOf(body) };
    },
    tell: lower,
    properties: () => ({}),
  };
}
