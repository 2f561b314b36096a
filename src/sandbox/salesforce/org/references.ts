// Rules that need other rows: lookups must point at a live row of the right object, owners must be active,
// unique values must be free, a person is a member of a campaign once.
import {
  alreadyMember,
  badReference,
  duplicateValue,
  entityIsDeleted,
  idOfWrongObject,
  inactiveOwner,
  ownerBlank,
  requiredMissing,
  type Refusal,
} from '../errors.ts';
import type { FieldSpec } from '../schema/field.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { textOf, type FieldValue, type Row } from '../values.ts';
import type { Database } from './database.ts';

/** What is wrong with a lookup's new value; null when nothing is. */
export function checkReference(
  database: Database,
  object: ObjectSchema,
  field: FieldSpec,
  value: FieldValue,
): Refusal | null {
  if (value === null) return field.name === 'OwnerId' ? ownerBlank() : null;
  const id = String(value);
  const targets = field.referenceTo.filter((name) => database.schema.object(name) !== undefined);
  if (targets.length === 0) return null; // objects this org doesn't model: any id will do
  const target = database.schema.objectOfId(id);
  if (target === undefined || !targets.includes(target.name)) {
    return idOfWrongObject(field.label, field.name, id);
  }
  const row = database.table(target.name).get(id);
  if (row === undefined) return badReference();
  if (row.IsDeleted === true) return entityIsDeleted();
  if (field.name !== 'OwnerId') return null;
  if (target.name === 'User' && row.IsActive !== true) return inactiveOwner(id, object.name);
  if (target.name === 'Group' && row.Type !== 'Queue') return badReference();
  return null;
}

/** A live row of the object that already holds a unique value this row wants. */
export function checkUnique(database: Database, object: ObjectSchema, row: Row): Refusal | null {
  const table = database.table(object.name);
  for (const field of object.fields) {
    const value = field.unique ? textOf(row, field.name) : '';
    if (value === '') continue;
    for (const id of table.withValue(field.name, value) ?? []) {
      if (id !== row.Id && table.get(id)?.IsDeleted !== true) {
        return duplicateValue(field.name, id);
      }
    }
  }
  return null;
}

/** One person, once, in one campaign. */
export function checkCampaignMember(database: Database, member: Row): Refusal | null {
  const leadId = textOf(member, 'LeadId');
  const contactId = textOf(member, 'ContactId');
  if (leadId === '' && contactId === '') return requiredMissing(['LeadId', 'ContactId']);
  const table = database.table('CampaignMember');
  const samePerson =
    contactId === '' ? table.withValue('LeadId', leadId) : table.withValue('ContactId', contactId);
  for (const otherId of samePerson ?? []) {
    const other = table.get(otherId);
    if (other !== undefined && otherId !== member.Id && other.CampaignId === member.CampaignId) {
      return alreadyMember();
    }
  }
  return null;
}
