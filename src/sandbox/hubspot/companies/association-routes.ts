// /crm/associations/contacts/companies: reading which companies contacts have, and adding some. The body of
// a refusal is one seen in the wild; it refuses the whole batch. Labels of the portal's own, associations
// from the company's side and taking associations back are not built.
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { batchAnswer, bodyOf, type Routes } from '../call.ts';
import type { ContactStore } from '../contacts/store.ts';
import { invalidRequest, Refused } from '../errors.ts';
import type { Companies } from './companies.ts';

/** HubSpot's own two kinds of association of a contact with a company. */
const PRIMARY = 1;
const UNLABELLED = 279;

const LARGEST_READ = 1_000;
const LARGEST_WRITE = 2_000;

const pairSchema = z.object({
  from: z.object({ id: z.coerce.string() }),
  to: z.object({ id: z.coerce.string() }),
});

export const typesSchema = z
  .array(
    z.object({
      associationCategory: z.literal('HUBSPOT_DEFINED'),
      associationTypeId: z.union([z.literal(PRIMARY), z.literal(UNLABELLED)]),
    }),
  )
  .min(1);
type Types = z.infer<typeof typesSchema>;

const idsSchema = z.object({ inputs: z.array(z.object({ id: z.coerce.string() })) });
const defaultSchema = z.object({ inputs: z.array(pairSchema) });
const labelledSchema = z.object({ inputs: z.array(pairSchema.extend({ types: typesSchema })) });

export const isPrimary = (types: Types): boolean =>
  types.some(({ associationTypeId }) => associationTypeId === PRIMARY);

/** The refusal of an association with something that doesn't exist. */
export function invalidAssociation(objectType: 'CONTACT' | 'COMPANY', id: string): Refused {
  return new Refused(400, {
    category: 'VALIDATION_ERROR',
    message: 'One or more associations are invalid',
    context: {
      INVALID_OBJECT_IDS: [`${objectType}=${id} is not valid`],
      objectId: [id],
      objectType: [objectType],
    },
  });
}

export function associationRoutes(
  companies: Companies,
  contacts: ContactStore,
  clock: Clock,
): Routes {
  const now = (): string => new Date(clock.now()).toISOString();

  const demandBoth = (pairs: readonly z.infer<typeof pairSchema>[]): void => {
    if (pairs.length > LARGEST_WRITE)
      throw invalidRequest(`At most ${LARGEST_WRITE} associations can be created at once.`);
    for (const { from, to } of pairs) {
      if (!contacts.get(from.id)) throw invalidAssociation('CONTACT', from.id);
      if (!companies.get(to.id)) throw invalidAssociation('COMPANY', to.id);
    }
  };

  return {
    'POST /crm/associations/contacts/companies/batch/read': (call) => {
      const { inputs } = bodyOf(call, idsSchema);
      if (inputs.length > LARGEST_READ)
        throw invalidRequest(`At most ${LARGEST_READ} ids can be read at once.`);
      const results: unknown[] = [];
      const errors: unknown[] = [];
      for (const { id } of inputs) {
        const known = companies.ofContact(contacts.get(id)?.id ?? id);
        if (known.length === 0) errors.push(noAssociations(id));
        else results.push({ from: { id }, to: known.map(presentAssociation) });
      }
      return batchAnswer(errors.length > 0 ? 207 : 200, now(), results, errors);
    },

    'POST /crm/associations/contacts/companies/batch/associate/default': (call) => {
      const { inputs } = bodyOf(call, defaultSchema);
      demandBoth(inputs);
      for (const { from, to } of inputs) companies.associate(from.id, to.id);
      const results = inputs.map(({ from, to }) => ({
        from,
        to,
        associationSpec: UNLABELLED_SPEC,
      }));
      return batchAnswer(200, now(), results);
    },

    'POST /crm/associations/contacts/companies/batch/create': (call) => {
      const { inputs } = bodyOf(call, labelledSchema);
      demandBoth(inputs);
      for (const { from, to, types } of inputs)
        companies.associate(from.id, to.id, { primary: isPrimary(types) });
      const results = inputs.map(({ from, to }) => ({
        fromObjectTypeId: '0-1',
        fromObjectId: from.id,
        toObjectTypeId: '0-2',
        toObjectId: to.id,
        labels: [],
      }));
      return batchAnswer(201, now(), results);
    },
  };
}

const UNLABELLED_SPEC = {
  associationCategory: 'HUBSPOT_DEFINED',
  associationTypeId: UNLABELLED,
};

/** The first is the primary one. */
function presentAssociation(companyId: string, place: number): unknown {
  const primary = { category: 'HUBSPOT_DEFINED', typeId: PRIMARY, label: 'Primary' };
  const unlabelled = { category: 'HUBSPOT_DEFINED', typeId: UNLABELLED, label: null };
  return {
    toObjectId: companyId,
    associationTypes: place === 0 ? [primary, unlabelled] : [unlabelled],
  };
}

function noAssociations(contactId: string): unknown {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No company is associated with contact ${contactId}.`,
    context: { fromObjectId: [contactId], fromObjectType: ['contact'], toObjectType: ['company'] },
  };
}
