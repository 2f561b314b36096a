// Runs of every kind against both stand-ins: whom they reach, what they leave alone, and what may happen to
// them on the way.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unfinishedRuns } from '../../src/sync/full-sync.ts';
import { controlRun, run, startRun } from '../../src/sync/runs/control.ts';
import type { RunRequestInput } from '../../src/sync/runs/request.ts';
import { workOnRun } from '../../src/sync/runs/work.ts';
import type { Run } from '../../src/store/runs-port.ts';
import { aList, writesIn, NOTHING } from './support/inclusion.ts';
import { aPerson, linkOf, properties } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  await world.configure({});
  await world.settle();
});
afterAll(() => world.close());

let sequence = 0;
const email = (): string => `runner${(sequence += 1)}@example.com`;

function lead(fields: Record<string, unknown> = {}): { id: string; email: string } {
  const address = email();
  const id = world.salesforce.org.insert('Lead', {
    LastName: 'Runner',
    Company: 'Acme',
    Email: address,
    ...fields,
  });
  return { id, email: address };
}
const contactIn = (address: string) => world.hubspot.portal.byEmail(address);
const doRun = (request: RunRequestInput): Promise<Run> => run(world.pipeline, request);
const recordsOf = async ({ id }: Run) =>
  (await world.pipeline.ports.store.runs.records(id, null, 100)).records;

describe('An import', () => {
  it('of a campaign’s members brings them and nobody else, with all their fields', async () => {
    const { org } = world.salesforce;
    const campaign = org.insert('Campaign', { Name: 'Spring' });
    const [member, stranger] = [lead({ City: 'Bonn', Title: 'Chief' }), lead()];
    const contact = org.insert('Contact', { LastName: 'Member', Email: email() });
    org.insert('CampaignMember', { CampaignId: campaign, LeadId: member.id });
    org.insert('CampaignMember', { CampaignId: campaign, ContactId: contact });
    const done = await doRun({ kind: 'import', scope: { campaignId: campaign } });
    expect(done).toMatchObject({
      state: 'finished',
      total: 2,
      counts: { seen: 2, created: 2 },
    });
    expect(contactIn(member.email)?.properties).toMatchObject({
      city: 'Bonn',
      jobtitle: 'Chief',
      tandem_campaign_ids: campaign,
    });
    expect(contactIn(stranger.email)).toBeUndefined();
  });

  it('of one object under a condition brings those who meet it', async () => {
    const [meets, fails] = [lead({ Title: "O'Runner 7" }), lead({ Title: 'Other' })];
    const done = await doRun({
      kind: 'import',
      scope: { object: 'Lead', condition: "Title = 'O\\'Runner 7' AND IsConverted = false" },
    });
    expect(done).toMatchObject({ state: 'finished', total: 1, counts: { seen: 1, created: 1 } });
    expect(contactIn(meets.email)).toBeDefined();
    expect(contactIn(fails.email)).toBeUndefined();
  });

  it('refuses a scope that makes no sense', async () => {
    await expect(
      startRun(
        world.pipeline,
        { kind: 'import', scope: { condition: "City = 'Bonn'" } },
        { startedBy: 'test' },
      ),
    ).rejects.toThrow('leads or contacts');
  });
});

describe('A dry run', () => {
  it('tells what would be done and does nothing', async () => {
    const { email: fresh } = lead({ City: 'Bonn' });
    const silent = world.salesforce.org.insert('Lead', { LastName: 'Silent', Company: 'A' });
    world.resetCalls();
    world.salesforce.subrequests.reset();
    const started = await startRun(
      world.pipeline,
      { kind: 'import', scope: { object: 'Lead' } },
      { dry: true, startedBy: 'test' },
    );
    const done = await workOnRun(world.pipeline, started.id);
    expect(done).toMatchObject({ state: 'finished', dry: true, counts: { created: 1 } });
    expect(writesIn(world)).toEqual(NOTHING);
    expect(contactIn(fresh)).toBeUndefined();
    const records = await recordsOf(started);
    expect(records).toContainEqual(
      expect.objectContaining({
        result: 'createdInHubSpot',
        writes: expect.arrayContaining([
          expect.objectContaining({ side: 'hubspot', field: 'city', after: 'Bonn' }),
        ]) as unknown,
      }),
    );
    expect(records).toContainEqual(
      expect.objectContaining({
        salesforceId: silent,
        result: 'skipped',
        reason: expect.objectContaining({ code: 'NO_EMAIL' }) as unknown,
      }),
    );
    // Nothing is remembered of it either: the real one still has everything to do.
    expect(await doRun({ kind: 'import', scope: { object: 'Lead' } })).toMatchObject({
      counts: { created: 1 },
    });
  });
});

describe('A resync of a list', () => {
  it('reaches its members alone', async () => {
    const [inside, outside] = [await aPerson(world), await aPerson(world)];
    for (const { contactId } of [inside, outside])
      world.hubspot.portal.update(contactId, { website: 'https://example.com/new' });
    const { id } = aList(world, [inside.contactId]);
    const done = await doRun({ kind: 'list', scope: { listId: id } });
    expect(done).toMatchObject({ state: 'finished', total: 1, counts: { seen: 1, updated: 1 } });
    const website = ({ salesforceId }: { salesforceId: string }) =>
      world.salesforce.org.get('Lead', salesforceId)?.Website;
    expect(website(inside)).toBe('https://example.com/new');
    expect(website(outside) ?? null).toBeNull();
  });
});

describe('A back-fill of a mapping', () => {
  it('brings a new mapping to every pair that is at rest', async () => {
    const person = await aPerson(world, { Rating: 'Hot' });
    world.salesforce.org.update('Lead', person.salesforceId, { MobilePhone: '+49 170 1' });
    await world.settle();
    await world.configure({
      mappings: {
        custom: [
          {
            hubspotProperty: 'mobilephone',
            leadField: 'MobilePhone',
            contactField: 'MobilePhone',
            rule: 'preferSalesforceUnlessBlank',
          },
        ],
      },
    });
    expect(properties(world, person.contactId).mobilephone).toBeUndefined();
    const done = await doRun({ kind: 'backfill', scope: { hubspotProperty: 'mobilephone' } });
    expect(done.state).toBe('finished');
    expect(properties(world, person.contactId).mobilephone).toBe('+49 170 1');
  });
});

describe('A retry of errors', () => {
  it('tries those again whose reasons are of the category, and nobody else', async () => {
    const person = await aPerson(world);
    const removeRule = world.salesforce.org.addValidationRule('Lead', {
      name: 'Not_This_One',
      fails: ({ Website }) => Website === 'https://forbidden.example.com',
      message: 'Not this one.',
    });
    world.hubspot.portal.update(person.contactId, { website: 'https://forbidden.example.com' });
    await world.settle();
    expect((await linkOf(world, person.contactId))?.reason?.code).toBe(
      'SALESFORCE_VALIDATION_RULE',
    );
    removeRule();
    const retry = (category: 'deduplication' | 'customSalesforceCode') =>
      doRun({ kind: 'retry', scope: { categories: [category] } });
    expect(await retry('deduplication')).toMatchObject({ counts: { updated: 0 } });
    expect(await retry('customSalesforceCode')).toMatchObject({
      state: 'finished',
      counts: { seen: 1, updated: 1 },
    });
    expect(world.salesforce.org.get('Lead', person.salesforceId)?.Website).toBe(
      'https://forbidden.example.com',
    );
  });
});

describe('A reconciliation', () => {
  it('finds what no feed told of: values that were changed behind it, and who is gone on either side', async () => {
    const [changed, gone, goneInHubSpot] = [
      await aPerson(world),
      await aPerson(world),
      await aPerson(world),
    ];
    // Moved on, as if every look had missed these.
    world.salesforce.org.update('Lead', changed.salesforceId, { City: 'Trier' });
    world.salesforce.org.remove('Lead', gone.salesforceId);
    world.hubspot.portal.archive(goneInHubSpot.contactId);
    const done = await doRun({ kind: 'reconcile', scope: {} });
    expect(done.state).toBe('finished');
    expect(properties(world, changed.contactId).city).toBe('Trier');
    expect((await linkOf(world, gone.contactId))?.reason?.code).toBe('SALESFORCE_RECORD_DELETED');
    expect((await linkOf(world, goneInHubSpot.contactId))?.reason?.code).toBe(
      'HUBSPOT_CONTACT_DELETED',
    );
  });
});

// Before anybody runs everything, which is a first sync too.
describe('A first sync', () => {
  it('is not taken for done, nor for undone, because of a run over some records', async () => {
    const { org } = world.salesforce;
    const campaignId = org.insert('Campaign', { Name: 'Autumn' });
    const request: RunRequestInput = { kind: 'import', scope: { campaignId } };
    const whole: RunRequestInput = { kind: 'import', scope: {} };
    const first = await startRun(world.pipeline, whole, { startedBy: 'test' });
    await doRun(request);
    expect(await unfinishedRuns(world.pipeline)).toContain('import');
    await workOnRun(world.pipeline, first.id);
    const some = await startRun(world.pipeline, request, { startedBy: 'test' });
    await controlRun(world.pipeline, some.id, 'cancel');
    expect(await unfinishedRuns(world.pipeline)).not.toContain('import');
  });
});

describe('A run on its way', () => {
  const everybody = { kind: 'everything', scope: {} } as const;

  it('stops for a pause, goes on after it, and ends for good when it is cancelled', async () => {
    const { id } = await startRun(world.pipeline, everybody, { startedBy: 'test' });
    expect(await controlRun(world.pipeline, id, 'pause')).toMatchObject({ state: 'paused' });
    expect(await workOnRun(world.pipeline, id)).toBeNull();
    expect(await controlRun(world.pipeline, id, 'resume')).toMatchObject({ state: 'waiting' });
    // Paused by somebody after its first page.
    let pages = 0;
    const paused = await workOnRun(world.pipeline, id, {
      onBatch: () => {
        pages += 1;
        if (pages === 1) void controlRun(world.pipeline, id, 'pause');
      },
    });
    expect(paused?.state).toBe('paused');
    await controlRun(world.pipeline, id, 'resume');
    expect(await workOnRun(world.pipeline, id)).toMatchObject({ state: 'finished' });
    expect(await controlRun(world.pipeline, id, 'cancel')).toBeNull();

    const other = await startRun(world.pipeline, everybody, { startedBy: 'test' });
    expect(await controlRun(world.pipeline, other.id, 'cancel')).toMatchObject({
      state: 'cancelled',
    });
    expect(await controlRun(world.pipeline, other.id, 'resume')).toBeNull();
  });

  it('sees everybody once, wherever it is cut short', async () => {
    const people =
      world.salesforce.org.all('Lead').length +
      world.salesforce.org.all('Contact').length +
      world.hubspot.portal.all().length;
    const { id } = await startRun(world.pipeline, everybody, { startedBy: 'test' });
    // A slice that is over at once does a page all the same, or a run of many slices would never end.
    let done = await workOnRun(world.pipeline, id, { sliceMs: 0 });
    for (let slice = 0; slice < 20 && done?.state === 'running'; slice += 1)
      done = await workOnRun(world.pipeline, id, { sliceMs: 0 });
    expect(done).toMatchObject({ state: 'finished', total: people, counts: { seen: people } });
  });
});

it('A run never counts more people than it says there are, though HubSpot’s index lags', async () => {
  const lagging = await createWorld({ indexLagMs: 60_000 });
  for (const name of ['One', 'Two', 'Three'])
    lagging.hubspot.portal.create({ email: `${name}@lagging.example`, lastname: name });
  const { total, counts } = await run(lagging.pipeline, { kind: 'push', scope: {} });
  expect(counts.seen).toBe(3);
  expect(total).toBe(3);
  await lagging.close();
});

it('A run counts each record once, also where a contact goes before a lead', async () => {
  const { email: address } = lead();
  world.salesforce.org.insert('Contact', { LastName: 'Runner', Email: address });
  world.hubspot.portal.create({ email: address, lastname: 'Runner' });
  const { counts } = await doRun({ kind: 'import', scope: {} });
  const { seen, ...parts } = counts;
  expect(Object.values(parts).reduce((sum, one) => sum + one, 0)).toBe(seen);
});
