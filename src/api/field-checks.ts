// Whether the integration user may do with each mapped Salesforce field what its rule asks for. Pure: from the
// mappings and both schemas, which show what the user sees. A field that field-level security hides is missing there.
import { SALESFORCE_OBJECTS, type SalesforceObject, type Schemas } from '../engine/fields.ts';
import type { Mapping } from '../engine/mapping.ts';
import { SENDS_TO } from '../engine/rules.ts';
import type { FieldCheck } from './connection-contract.ts';

const OBJECTS: Readonly<Record<SalesforceObject, string>> = { Lead: 'leads', Contact: 'contacts' };
const STATES = ['problem', 'attention', 'unknown', 'ok'];

export function fieldChecks(mappings: readonly Mapping[], schemas: Schemas): FieldCheck[] {
  const checks = SALESFORCE_OBJECTS.flatMap((object) =>
    mappings.flatMap((mapping) => fieldCheck(mapping, object, schemas) ?? []),
  );
  return checks.sort(
    (one, other) =>
      STATES.indexOf(one.state) - STATES.indexOf(other.state) ||
      one.label.localeCompare(other.label) ||
      one.object.localeCompare(other.object),
  );
}

function fieldCheck(
  mapping: Mapping,
  object: SalesforceObject,
  schemas: Schemas,
): FieldCheck | null {
  const name = object === 'Lead' ? mapping.leadField : mapping.contactField;
  // Campaigns are no field of a record, and what isn't synced needs no access.
  if (name === null || mapping.rule === 'off' || mapping.special === 'campaigns') return null;
  const field = schemas.salesforce[object].get(name);
  const needs = SENDS_TO[mapping.rule].salesforce && !field?.calculated ? 'edit' : 'read';
  const about = {
    object,
    field: name,
    label: field?.label ?? name,
    property: schemas.hubspot.get(mapping.hubspotProperty)?.label ?? mapping.hubspotProperty,
    needs,
  } as const;
  if (!field)
    return {
      ...about,
      access: 'none',
      state: 'problem',
      sentence: `Tandem doesn’t see ${name} on ${OBJECTS[object]}, so it isn’t synced there.`,
      fix: `In Salesforce give the integration user read${needs === 'edit' ? ' and edit' : ''} access to it (field-level security of its permission set), or remove the mapping if the field is gone.`,
    };
  const mayEdit = field.updateable;
  if (needs === 'edit' && !mayEdit)
    return {
      ...about,
      access: 'read',
      state: 'attention',
      sentence: `Tandem may read ${field.label} and not edit it, so nothing is sent there.`,
      fix: 'Give the integration user edit access to the field (field-level security of its permission set), or choose a rule that only reads it.',
    };
  return {
    ...about,
    access: mayEdit ? 'edit' : 'read',
    state: 'ok',
    sentence: mayEdit ? 'Can be read and edited.' : 'Can be read, which is all its rule needs.',
    fix: null,
  };
}
