// How filled the fields of a mapping are, counted by both CRMs when somebody asks: two searches in HubSpot, one call to
// Salesforce.
import type { SalesforceObject } from '../engine/fields.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { CallAnswer, CONTRACT, Filled } from './contract.ts';
import type { z } from 'zod';

export async function fieldUsage(
  { ports: { hubspot, salesforce }, workspaces }: Pipeline,
  asked: z.output<(typeof CONTRACT)['get-field-usage']['parameters']>,
): Promise<CallAnswer<'get-field-usage'>> {
  const { schemas } = await workspaces.current();
  const names = { Lead: asked.leadField, Contact: asked.contactField };
  const fields = (['Lead', 'Contact'] as const).flatMap((object: SalesforceObject) => {
    const field = schemas.salesforce[object].get(names[object] ?? '')?.name;
    return field === undefined ? [] : [{ object, field }];
  });
  const property = schemas.hubspot.get(asked.hubspotProperty ?? '')?.name;
  const [inHubSpot, counts] = await Promise.all([
    property === undefined
      ? null
      : Promise.all([hubspot.contacts.count(), hubspot.contacts.count(property)]),
    fields.length === 0 ? [] : salesforce.records.countFilled(fields),
  ]);
  const of = (object: SalesforceObject): Filled | null =>
    counts[fields.findIndex((one) => one.object === object)] ?? null;
  return {
    hubspot: inHubSpot && { total: inHubSpot[0], filled: inHubSpot[1] },
    lead: of('Lead'),
    contact: of('Contact'),
  };
}
