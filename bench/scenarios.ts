// The scenarios whose API calls are counted: the real sync against both stand-ins over HTTP.
import { settingsSchema } from '../src/engine/settings.ts';
import { fullSync } from '../src/sync/full-sync.ts';
import {
  campaignsFloor,
  hubspotChangesFloor,
  hubspotEchoFloor,
  importFloor,
  listFloor,
  LOOK,
  pairingFloor,
  pushFloor,
  salesforceChangesFloor,
  salesforceEchoFloor,
} from './floor.ts';
import { openWorld, type Measured } from './world.ts';

export interface ScenarioSizes {
  readonly people: number;
  readonly changes: number;
}

const stampOf = (minutesAgo: number): string =>
  new Date(Date.now() - minutesAgo * 60_000).toISOString();

const person = (index: number) => ({
  first: `First${index}`,
  last: `Last${index}`,
  email: `person${index}@company${index % 500}.example.com`,
});

/** Half leads, half contacts in Salesforce; HubSpot is empty. Then changes on both sides. */
async function firstSyncFromSalesforce(
  connectionString: string,
  { people, changes }: ScenarioSizes,
): Promise<Measured[]> {
  const world = await openWorld(connectionString);
  const { salesforce, hubspot, pipeline, live, measure } = world;
  const at = stampOf(60);
  salesforce.org.seed(
    Array.from({ length: people }, (_, index) => {
      const { first, last, email } = person(index);
      const isLead = index % 2 === 0;
      return {
        object: isLead ? 'Lead' : 'Contact',
        fields: {
          FirstName: first,
          LastName: last,
          Email: email,
          ...(isLead
            ? { Company: `Company ${index % 500}`, City: 'Bonn' }
            : { MailingCity: 'Bonn' }),
          CreatedDate: at,
          SystemModstamp: at,
          LastModifiedDate: at,
        },
      };
    }),
  );
  const { settings } = pipeline.ports.store;
  await settings.save(
    0,
    settingsSchema.parse({ mappings: { defaultRules: { city: 'twoWay', jobtitle: 'twoWay' } } }),
    'bench',
    '',
  );
  await pipeline.workspaces.current();
  const half = people / 2;
  const results = [
    await measure(
      `first sync: ${people} people in Salesforce, HubSpot empty`,
      [
        ...importFloor({ leads: half, contacts: half, unknownToHubSpot: people }),
        ...listFloor(people),
        ...LOOK,
      ],
      async () => {
        await fullSync(pipeline, live, ['import', 'push']);
      },
    ),
  ];
  await world.settle();
  const some = <Row>(rows: readonly Row[]): Row[] =>
    rows.filter((_, index) => index % Math.floor(people / changes) === 0).slice(0, changes);
  results.push(
    await measure(
      `${changes} changes in Salesforce`,
      [...salesforceChangesFloor(changes), ...LOOK],
      async () => {
        for (const object of ['Lead', 'Contact']) {
          for (const row of some(salesforce.org.all(object)).slice(0, changes / 2))
            salesforce.org.update(object, String(row.Id), { Title: 'Changed in Salesforce' });
        }
        await world.settle();
      },
    ),
    await measure(
      `${changes} changes in HubSpot`,
      [...hubspotChangesFloor(changes), ...LOOK],
      async () => {
        for (const { id } of some(hubspot.portal.all()))
          hubspot.portal.update(id, { city: 'Paris' });
        await world.settle();
      },
    ),
    await measure(
      'a pass without changes',
      [
        ...listFloor(people),
        { why: 'read Salesforce, 2,000 a query', calls: 2 * Math.ceil(half / 2_000) },
        campaignsFloor(people),
        ...LOOK,
      ],
      async () => {
        await fullSync(pipeline, live, ['import', 'push']);
      },
    ),
  );
  await world.close();
  return results;
}

async function firstSyncFromHubSpot(
  connectionString: string,
  { people }: ScenarioSizes,
): Promise<Measured[]> {
  const world = await openWorld(connectionString);
  const { hubspot, pipeline, live, measure } = world;
  const at = new Date(Date.now() - 60 * 60_000);
  hubspot.portal.seed(
    Array.from({ length: people }, (_, index) => {
      const { first, last, email } = person(index);
      return {
        properties: {
          firstname: first,
          lastname: last,
          email,
          company: `Company ${index % 500}`,
          city: 'Bonn',
        },
        createdate: at,
        lastmodifieddate: at,
      };
    }),
  );
  const found = await measure(
    `first sync: ${people} people in HubSpot, Salesforce empty`,
    [
      { why: 'an empty Salesforce, both objects', calls: 2 },
      ...listFloor(people),
      ...pushFloor(people),
      ...hubspotEchoFloor(people),
      ...salesforceEchoFloor(people),
      ...LOOK,
    ],
    async () => {
      await fullSync(pipeline, live, ['import', 'push']);
    },
  );
  await world.close();
  return [found];
}

/** Half on both sides, each side with something the other lacks; a quarter on either side alone. */
async function firstSyncOfBoth(
  connectionString: string,
  { people }: ScenarioSizes,
): Promise<Measured[]> {
  const world = await openWorld(connectionString);
  const { hubspot, salesforce, pipeline, live, measure } = world;
  const at = stampOf(60);
  const everybody = Array.from({ length: people }, (_, index) => ({ index, ...person(index) }));
  const inSalesforce = everybody.filter(({ index }) => index % 4 !== 3);
  const inHubSpot = everybody.filter(({ index }) => index % 4 !== 2);
  const isLead = (index: number): boolean => index % 8 < 4;
  salesforce.org.seed(
    inSalesforce.map(({ index, first, last, email }) => ({
      object: isLead(index) ? 'Lead' : 'Contact',
      fields: {
        FirstName: first,
        LastName: last,
        Email: email,
        Title: 'Known in Salesforce only',
        ...(isLead(index) ? { Company: `Company ${index % 500}` } : {}),
        CreatedDate: at,
        SystemModstamp: at,
        LastModifiedDate: at,
      },
    })),
  );
  hubspot.portal.seed(
    inHubSpot.map(({ first, last, email }) => ({
      properties: { firstname: first, lastname: last, email, city: 'Known in HubSpot only' },
      createdate: new Date(at),
      lastmodifieddate: new Date(at),
    })),
  );
  const inBoth = inSalesforce.length + inHubSpot.length - people;
  const leads = inSalesforce.filter(({ index }) => isLead(index)).length;
  const onlyInHubSpot = people - inSalesforce.length;
  const measured = await measure(
    `first sync: ${people} people, half on both sides, a quarter on either side alone`,
    [
      ...importFloor({
        leads,
        contacts: inSalesforce.length - leads,
        unknownToHubSpot: people - inHubSpot.length,
      }),
      ...pairingFloor(inBoth),
      ...listFloor(people),
      ...pushFloor(onlyInHubSpot),
      ...hubspotEchoFloor(onlyInHubSpot),
      ...salesforceEchoFloor(inBoth + onlyInHubSpot),
      ...LOOK,
    ],
    async () => {
      await fullSync(pipeline, live, ['import', 'push']);
    },
  );
  await world.close();
  return [measured];
}

/** Runs every scenario, each on a database of its own. */
export async function runScenarios(
  databases: () => Promise<string>,
  sizes: ScenarioSizes,
): Promise<Measured[]> {
  return [
    ...(await firstSyncFromSalesforce(await databases(), sizes)),
    ...(await firstSyncFromHubSpot(await databases(), sizes)),
    ...(await firstSyncOfBoth(await databases(), sizes)),
  ];
}
