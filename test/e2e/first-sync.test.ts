// A new installation writes to nobody until somebody starts the first sync; then nothing is missing.
import { Kysely, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLACES } from '../../src/jobs/port.ts';
import { MIGRATIONS } from '../../src/store/migrate.ts';
import { FirstSync } from '../../src/sync/first-sync.ts';
import { LiveSync } from '../../src/sync/live.ts';
import { Pipeline } from '../../src/sync/pipeline.ts';
import type { RunRequestInput } from '../../src/sync/runs/request.ts';
import { startRun } from '../../src/sync/runs/control.ts';
import { startScheduledRuns } from '../../src/sync/runs/schedule.ts';
import { workOnRun } from '../../src/sync/runs/work.ts';
import { adminOf } from '../api/support/calls.ts';
import { createTestDatabase } from '../support/database.ts';
import { executeOn } from '../support/postgres.ts';
import { linkOf } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
let snow: string;
let walker: string;
beforeEach(async () => {
  world = await createWorld({ isNew: true });
  snow = world.hubspot.portal.create({ email: 'snow@example.com', lastname: 'Snow' }).id;
  walker = world.salesforce.org.insert('Lead', {
    LastName: 'Walker',
    Company: 'Acme',
    Email: 'walker@example.com',
  });
});
afterEach(() => world.close());
const admin = adminOf(() => world);

/** What a process of its own does, on the same database. */
async function everyLook(): Promise<void> {
  const pipeline = new Pipeline(world.pipeline.ports);
  const live = new LiveSync(pipeline);
  for (const place of PLACES) if (place !== 'runs') await live.look(place);
  await live.sync([
    { side: 'hubspot', id: snow },
    { side: 'salesforce', object: 'Lead', id: walker },
  ]);
  await startScheduledRuns(pipeline);
}

const done = async (request: RunRequestInput, dry = false) => {
  const { id } = await startRun(world.pipeline, request, { dry, startedBy: 'an admin' });
  return workOnRun(world.pipeline, id);
};

const EVERYTHING = { kind: 'everything', scope: {} } as const;

describe('Before the first sync was started', () => {
  it('nothing is looked at, and nobody is written to, remembered or paired', async () => {
    world.resetCalls();
    await everyLook();
    const { store } = world.pipeline.ports;
    expect([world.hubspot.calls.total, world.salesforce.calls.total]).toEqual([0, 0]);
    expect(await store.runs.list(10)).toEqual([]);
    expect(await store.links.find({ hubspot: [snow], salesforce: [walker] })).toEqual([]);
  });

  it('Sync now says so and what to do; many at once are refused; settings saved start nothing', async () => {
    const { version } = await admin.value('get-settings', {});
    await admin.value('save-settings', { baseVersion: version, parts: {}, note: '' });
    expect(await admin.value('sync-now', { contactId: snow })).toMatchObject({
      outcome: 'notSynced',
      sentence: expect.stringMatching(
        /^An admin has not started the first sync yet.* settings page/,
      ) as string,
      changes: [],
    });
    expect(await admin.call('sync-selected', { contactIds: [snow] })).toMatchObject({
      ok: false,
      error: { code: 'NOT_BEGUN' },
    });
    expect(await linkOf(world, snow)).toBeNull();
    expect(await admin.value('get-overview', {})).toMatchObject({ isWaitingForFirstSync: true });
    const { steps } = await admin.value('get-setup', {});
    expect(steps.find(({ id }) => id === 'firstSync')?.sentence).toContain('nobody is synced');
  });

  it('dry runs and previews say what would be done', async () => {
    expect(await admin.value('get-record', { contactId: snow })).toMatchObject({
      isWaitingForFirstSync: true,
    });
    expect(await admin.value('preview-sync', { contactId: snow })).toMatchObject({
      outcome: 'createsInSalesforce',
    });
    expect(await done(EVERYTHING, true)).toMatchObject({ counts: { created: 2, skipped: 0 } });
    await everyLook();
    expect(await linkOf(world, snow)).toBeNull();
  });

  it('a run over some syncs those, as it was asked to, and nobody else', async () => {
    await done({ kind: 'records', scope: { hubspotIds: [snow] } });
    expect(await linkOf(world, snow)).toMatchObject({ state: 'inSync' });
    await everyLook();
    expect(world.hubspot.portal.byEmail('walker@example.com')).toBeUndefined();
    expect(await admin.value('get-overview', {})).toMatchObject({ isWaitingForFirstSync: true });
    expect(await admin.value('get-setup', {})).toMatchObject({ isShown: true });
  });
});

describe('Once it was started', () => {
  it('everybody is synced, and what changes from then on too, by every process', async () => {
    let begun = 0;
    const waiting = new LiveSync(world.pipeline, { onBegun: () => (begun += 1) });
    expect(await waiting.look('hubspot')).toBe(0);
    const { id } = await startRun(world.pipeline, EVERYTHING, { startedBy: 'an admin' });
    // Changed after it was started, and seen by nobody while it was worked on.
    await workOnRun(world.pipeline, id);
    expect(world.hubspot.portal.byEmail('walker@example.com')).toBeDefined();
    world.salesforce.org.insert('Lead', {
      LastName: 'Late',
      Company: 'A',
      Email: 'late@example.com',
    });
    world.hubspot.portal.update(snow, { phone: '5551234' });
    await waiting.look('hubspot');
    await waiting.look('salesforce');
    expect(begun).toBe(1);
    expect((await linkOf(world, snow))?.base.phone).toBe('5551234');
    expect(world.hubspot.portal.byEmail('late@example.com')).toBeDefined();
    expect(await admin.value('get-overview', {})).toMatchObject({ isWaitingForFirstSync: false });
  });

  it('only an import: the feeds begin with it, so that HubSpot’s changes come by live sync', async () => {
    await done({ kind: 'import', scope: {} });
    expect(await linkOf(world, snow)).toBeNull();
    await everyLook();
    expect(await linkOf(world, snow)).toMatchObject({ state: 'inSync' });
  });
});

describe('An installation that synced before there was such a row', () => {
  it.each([
    [
      'goes on by itself where it knows somebody',
      `insert into links (hubspot_id, state, base, refused, field_reasons, left_different) values ('1', 'inSync', '{}', '{}', '{}', '{}')`,
      true,
    ],
    [
      'goes on by itself where a run was started',
      `insert into runs (kind, state, settings_version, counts) values ('push', 'finished', 0, '{}')`,
      true,
    ],
    ['waits where nobody did anything', 'select 1', false],
  ])('%s', async (_, statement, hasBegun) => {
    const database = await createTestDatabase({ empty: true });
    const { connectionString } = database;
    const pool = new pg.Pool({ connectionString, max: 1 });
    // The database may be dropped before the server has noticed that the client is gone.
    pool.on('connect', (client) => client.on('error', () => undefined));
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const provider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) };
    const migrator = new Migrator({ db, provider });
    await migrator.migrateTo('0009-history-by');
    await executeOn(connectionString, statement);
    await migrator.migrateTo('0010-first-sync');
    const [row] = await executeOn(
      connectionString,
      `select value from cursors where name = 'first sync'`,
    );
    const cursors = {
      get: () => Promise.resolve(row?.value ?? null),
      replace: () => Promise.resolve(false),
    };
    expect((await new FirstSync(cursors).begunAt()) !== null).toBe(hasBegun);
    await db.destroy();
    await database.drop();
  });
});
