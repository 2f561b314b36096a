// People in every state there is: in sync, with a conflict, in a campaign, with a problem, waiting, left out; settings in
// several versions, runs that are over. What screens are looked at with.
import type { World } from '../../e2e/support/world.ts';

const FROZEN = 12;

export interface EveryState {
  /** A pair with a conflict, in a campaign, with a history. */
  readonly ada: string;
  /** Has a problem. */
  readonly frozen: string;
  /** Is left out. */
  readonly nameless: string;
}

export async function peopleInEveryState(world: World): Promise<EveryState> {
  const { portal } = world.hubspot;
  const { org } = world.salesforce;
  await world.configure({ mappings: { defaultRules: { city: 'twoWay' } } });
  org.addValidationRule('Lead', {
    name: 'Frozen',
    message: 'Leads of Frost are frozen until the audit is over.',
    fails: ({ Company }) => Company === 'Frost',
  });
  const email = 'ada@engines.example.com';
  const LeadId = org.insert('Lead', {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Company: 'Analytical Engines Ltd',
    Email: email,
    Title: 'Chief Analyst',
    Phone: '+44 20 7946 0958',
    City: 'London',
    Country: 'United Kingdom',
    Industry: 'Technology',
  });
  for (const Name of ['Spring fair', 'Newsletter of the Analytical Society'])
    org.insert('CampaignMember', {
      CampaignId: org.insert('Campaign', { Name }),
      LeadId,
      Status: 'Sent',
    });
  for (let index = 0; index < 12; index += 1)
    org.insert('Lead', {
      LastName: `Walker ${index}`,
      Company: 'Acme',
      Email: `walker${index}@example.com`,
    });
  const ada = portal.create({ email, firstname: 'Ada', lastname: 'Lovelace' }).id;
  const frozen = Array.from(
    { length: FROZEN },
    (_, index) =>
      portal.create({
        email: `frozen${index}@example.com`,
        firstname: 'Grace',
        lastname: `Frost ${index}`,
        company: 'Frost',
      }).id,
  );
  const nameless = portal.create({ firstname: 'Nameless', lastname: 'Visitor' }).id;
  portal.createList({ name: 'Sales-ready', processingType: 'DYNAMIC', filter: () => true });
  portal.createList({ name: 'Picked by hand', processingType: 'MANUAL' });
  await world.settle();
  portal.update(ada, { city: 'Paris' });
  org.update('Lead', LeadId, { City: 'Turin' });
  await world.configure({
    mappings: {
      defaultRules: { city: 'twoWay' },
      custom: [
        {
          hubspotProperty: 'is_customer',
          leadField: 'Is_Customer__c',
          contactField: 'Is_Customer__c',
          rule: 'twoWay',
        },
      ],
    },
  });
  await world.configure({ mappings: { defaultRules: { city: 'twoWay', jobtitle: 'twoWay' } } });
  return { ada, frozen: frozen[0] ?? '', nameless };
}

/** A worker that says it is there, with lags as on a usual day; and runs that are over. */
export async function usualDay({ pipeline }: World): Promise<void> {
  const { health, runs } = pipeline.ports.store;
  await health.set('worker', {
    at: Date.now(),
    role: 'worker',
    version: '0',
    lag: {
      hubspotToSalesforce: { p50: 1.84, p95: 4.2, samples: 1_204 },
      salesforceToHubSpot: { p50: 12.4, p95: 31, samples: 87 },
    },
    queue: { waiting: 310, active: 50 },
  });
  for (const kind of ['import', 'everything', 'push'] as const) {
    const start = { settingsVersion: 1, startedBy: 'maya@example.com', dry: false };
    const { id } = await runs.start({ ...start, kind, scope: {} });
    await runs.take(id, 'worker');
    await runs.advance(id, 'worker', {
      checkpoint: { walk: 0, at: '1' },
      counts: {
        seen: 3_520,
        created: 2_300,
        updated: 900,
        paired: 40,
        unchanged: 260,
        skipped: 20,
        failed: 0,
      },
      total: 12_000,
      workedMs: 65_000,
      records: [],
      ends: kind !== 'push',
    });
  }
}
