// A small crowd on both sides with the cases that matter for crashes: only here, only there, in both with
// differing values, two records with one e-mail, opted out, without e-mail. And what must hold in the end.
import { expect } from 'vitest';
import type { HubSpotStandIn } from '../../../src/sandbox/hubspot/stand-in.ts';
import type { SalesforceStandIn } from '../../../src/sandbox/salesforce/stand-in.ts';
import type { Pipeline } from '../../../src/sync/pipeline.ts';

export interface BothStandIns {
  readonly hubspot: HubSpotStandIn;
  readonly salesforce: SalesforceStandIn;
}

/** Puts the crowd into empty stand-ins; `size` people of each kind. */
export function fillCrowd({ hubspot, salesforce }: BothStandIns, size: number): void {
  for (let index = 0; index < size; index += 1) {
    const email = (kind: string): string => `${kind}${index}@example.com`;
    const { org } = salesforce;
    const { portal } = hubspot;
    org.insert('Lead', {
      LastName: `Lead ${index}`,
      Company: 'Acme',
      Email: email('lead'),
      City: 'Bonn',
      HasOptedOutOfEmail: index === 0,
    });
    org.insert('Contact', {
      LastName: `Contact ${index}`,
      Email: email('contact'),
      MailingCity: 'Köln',
    });
    portal.create({
      email: email('hubspot'),
      firstname: 'Hub',
      lastname: `Spot ${index}`,
      city: 'Paris',
    });
    portal.create({ email: email('bare') });
    org.insert('Lead', {
      LastName: `Both ${index}`,
      Company: 'Acme',
      Email: email('both'),
      Phone: '123',
    });
    portal.create({
      email: email('both'),
      lastname: `both ${index}`,
      jobtitle: 'Chief',
      phone: '456',
    });
  }
  salesforce.org.insert('Lead', { LastName: 'Twin', Company: 'A', Email: 'twin@example.com' });
  salesforce.org.insert('Contact', { LastName: 'Twin', Email: 'twin@example.com' });
  salesforce.org.insert('Lead', { LastName: 'Silent', Company: 'A' });
  hubspot.portal.create({ firstname: 'Silent' });
}

const emailsOf = (rows: readonly unknown[]): string[] =>
  rows
    .flatMap((email) => (typeof email === 'string' && email !== '' ? [email.toLowerCase()] : []))
    .sort();

/** Everybody on both sides exactly once, agreeing field by field, with a row that says where they stand. */
export async function expectAllWell(
  { hubspot, salesforce }: BothStandIns,
  pipeline: Pipeline,
  size: number,
): Promise<void> {
  const kinds = ['lead', 'contact', 'hubspot', 'bare', 'both'];
  const people = [
    ...kinds.flatMap((kind) =>
      Array.from({ length: size }, (_, index) => `${kind}${index}@example.com`),
    ),
    'twin@example.com',
  ].sort();
  expect(emailsOf(hubspot.portal.all().map(({ properties }) => properties.email))).toEqual(people);
  const inSalesforce = emailsOf(
    [...salesforce.org.all('Lead'), ...salesforce.org.all('Contact')].map(({ Email }) => Email),
  );
  expect(inSalesforce).toEqual([...people, 'twin@example.com'].sort());

  const everyone = [
    ...hubspot.portal.all().map(({ id }) => ({ key: { side: 'hubspot', id } as const })),
    ...(['Lead', 'Contact'] as const).flatMap((object) =>
      salesforce.org
        .all(object)
        .map(({ Id }) => ({ key: { side: 'salesforce', object, id: String(Id) } as const })),
    ),
  ];
  for (const { pair, plan } of await pipeline.dryRun(everyone)) {
    const who = `${pair.hubspot?.properties.email ?? ''} ${pair.salesforce?.id ?? ''}`;
    if (plan.kind === 'update') {
      expect({
        who,
        hubspot: plan.hubspot,
        salesforce: plan.salesforce,
        unsubscribe: plan.unsubscribe,
      }).toEqual({ who, hubspot: {}, salesforce: {}, unsubscribe: null });
    } else {
      expect({ who, kind: plan.kind }).toEqual({ who, kind: 'leave' });
    }
    expect({ who, remembered: pair.link !== null }).toEqual({ who, remembered: true });
  }
  const left = (await pipeline.ports.store.links.summary()).filter(
    ({ state }) => state === 'waiting',
  );
  expect(left).toEqual([]);
  expect(hubspot.portal.byEmail('lead0@example.com')?.properties.hs_email_optout).toBe('true');
}
