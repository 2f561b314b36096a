// The associations that a new contact may bring along: with companies, in the same call as its creation.
import { z } from 'zod';
import { invalidAssociation, isPrimary, typesSchema } from '../companies/association-routes.ts';
import type { Companies } from '../companies/companies.ts';
import type { Refused } from '../errors.ts';
import type { ContactRow } from './row.ts';

export const newAssociationsSchema = z
  .array(z.object({ to: z.object({ id: z.coerce.string() }), types: typesSchema }))
  .default([]);
export type NewAssociations = z.infer<typeof newAssociationsSchema>;

/** Null when every company exists. */
export function refusalOf(associations: NewAssociations, companies: Companies): Refused | null {
  const missing = associations.find(({ to }) => !companies.get(to.id));
  return missing ? invalidAssociation('COMPANY', missing.to.id) : null;
}

export function associated(
  row: ContactRow,
  associations: NewAssociations,
  companies: Companies,
): ContactRow {
  return associations.reduce(
    (contact, { to, types }) =>
      companies.associate(contact.id, to.id, { primary: isPrimary(types) }),
    row,
  );
}
