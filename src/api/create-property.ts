// Makes the HubSpot property that a Salesforce field needs, from where it is mapped: type and options follow the field.
import { CallRejected } from '../engine/failures.ts';
import type { SalesforceField, SalesforceObject } from '../engine/fields.ts';
import { propertyFor, type PropertyProposal } from '../engine/property-proposal.ts';
import { hubspotTypeLabel } from '../engine/types.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { CallAnswer, CONTRACT } from './contract.ts';
import { ApiFailure } from './failure.ts';
import type { z } from 'zod';

type Parameters<Name extends keyof typeof CONTRACT> = z.output<
  (typeof CONTRACT)[Name]['parameters']
>;

export async function propertyProposal(
  pipeline: Pipeline,
  asked: Parameters<'get-property-proposal'>,
): Promise<CallAnswer<'get-property-proposal'>> {
  const [{ schemas }, groups] = await Promise.all([
    pipeline.workspaces.current(),
    pipeline.ports.hubspot.schema.propertyGroups(),
  ]);
  const { name, label, type, fieldType, options } = await proposalFor(pipeline, asked);
  return {
    name: freeName(name, schemas.hubspot),
    label,
    type: hubspotTypeLabel({
      name,
      label,
      type,
      fieldType,
      options,
      readOnly: false,
      hasUniqueValue: false,
      referencedObjectType: null,
    }),
    options: options.length,
    groups,
  };
}

/** HubSpot compares names without case. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  for (let number = 2; taken.has(name) && number < 100; number += 1) {
    const next = `${name}_${number}`;
    if (!taken.has(next)) return next;
  }
  return name;
}

export async function createdProperty(
  pipeline: Pipeline,
  asked: Parameters<'create-property'>,
): Promise<CallAnswer<'create-property'>> {
  const { name, label, group } = asked;
  const proposal = await proposalFor(pipeline, asked);
  try {
    await pipeline.ports.hubspot.schema.createProperty(group, { ...proposal, name, label });
  } catch (error) {
    throw error instanceof CallRejected ? refused(error, name) : error;
  }
  pipeline.workspaces.refresh();
  return { name };
}

function refused(error: CallRejected, name: string): ApiFailure {
  const isTaken = error.status === 409;
  return new ApiFailure({
    code: isTaken ? 'PROPERTY_EXISTS' : 'PROPERTY_REFUSED',
    message: isTaken
      ? `HubSpot has a property “${name}” already.`
      : `HubSpot did not create the property: ${error.message}`,
    fix: isTaken
      ? 'Choose another name, or map the one that is there.'
      : 'If it is about permissions, give the app the scope crm.schemas.contacts.write.',
    field: isTaken ? 'name' : null,
  });
}

async function proposalFor(
  { workspaces }: Pipeline,
  { object, field: name }: { readonly object: SalesforceObject; readonly field: string },
): Promise<PropertyProposal> {
  const { schemas } = await workspaces.current();
  const field: SalesforceField | undefined = schemas.salesforce[object].get(name);
  const proposal = field && propertyFor(field);
  if (proposal) return proposal;
  throw new ApiFailure({
    code: field ? 'FIELD_NOT_MAPPABLE' : 'FIELD_NOT_FOUND',
    message: field
      ? `No HubSpot property can hold what “${field.label}” holds.`
      : `Salesforce has no ${object} field “${name}” that Tandem may see.`,
    fix: 'Choose another field.',
    field: 'field',
  });
}
