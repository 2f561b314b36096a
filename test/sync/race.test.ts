// Two processes on one database and two CRMs: what one of them records late is looked at again, never lost.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servicesFor } from '../../src/api/services.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const LIVE = { cause: 'live', runId: null, recheck: true } as const;

describe('two processes that sync the same people at the same time', () => {
  it('make nobody twice, and leave both sides and the database in agreement', async () => {
    const other = await servicesFor(world.configuration, { maxConnections: 2 });
    const contacts = Array.from({ length: 25 }, (_, index) =>
      world.hubspot.portal.create({ email: `p${index}@example.com`, lastname: `P${index}` }),
    );
    const leads = Array.from({ length: 25 }, (_, index) =>
      world.salesforce.org.insert('Lead', {
        LastName: `L${index}`,
        Company: 'C',
        Email: `l${index}@example.com`,
      }),
    );
    const sightings = [
      ...contacts.map(({ id }) => ({ key: { side: 'hubspot' as const, id } })),
      ...leads.map((id) => ({ key: { side: 'salesforce' as const, object: 'Lead' as const, id } })),
    ];
    await Promise.all([
      world.pipeline.sync(sightings, LIVE),
      other.pipeline.sync(sightings, LIVE),
      world.pipeline.sync(sightings.toReversed(), LIVE),
    ]);
    await world.settle();

    const emails = (rows: readonly (string | null | undefined)[]): string[] =>
      rows.map((email) => email ?? '').sort();
    const expected = emails([
      ...contacts.map((_, index) => `p${index}@example.com`),
      ...leads.map((_, index) => `l${index}@example.com`),
    ]);
    expect(emails(world.salesforce.org.all('Lead').map(({ Email }) => String(Email)))).toEqual(
      expected,
    );
    expect(emails(world.hubspot.portal.all().map(({ properties }) => properties.email))).toEqual(
      expected,
    );
    expect(await world.pipeline.ports.store.links.summary()).toMatchObject([
      { state: 'inSync', count: 50 },
    ]);

    world.resetCalls();
    const again = await world.pipeline.sync(sightings, LIVE);
    expect(again.pairs.flatMap(({ writes }) => writes)).toEqual([]);
    await other.close();
  });
});
