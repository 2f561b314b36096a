import type { HubSpotStandIn } from '../hubspot/stand-in.ts';
import type { SalesforceStandIn } from '../salesforce/stand-in.ts';
export function seedSample({ hubspot, salesforce }: { hubspot: HubSpotStandIn; salesforce: SalesforceStandIn }, _: { count: number; seed: number; now: number }): void {
  salesforce.org.seed(Array.from({ length: 150 }, (_x, i) => ({ object: 'Lead', fields: { LastName: `L${i}`, Company: 'C', Email: `l${i}@x.co`, City: 'Bonn' } })));
  hubspot.portal.seed(Array.from({ length: 220 }, (_x, i) => ({ properties: { email: `l${i + 50}@x.co`, firstname: `F${i}`, industry: 'Foo' } })));
}
