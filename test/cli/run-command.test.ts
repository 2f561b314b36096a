// The commands about runs as processes of their own: against the sandbox that a service runs, and against a
// database alone.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createWorld, type World } from '../e2e/support/world.ts';
import { startWorking } from '../e2e/support/working.ts';
import { startTandemChild, type TandemChild } from './support/tandem-child.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function ended(child: TandemChild) {
  const code = await child.ended;
  return { code, text: child.text(), json: () => child.lines()[0] };
}
const command = (
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) => ended(startTandemChild(world.configuration, parameters, environment));

const startedSchema = z.object({ run: z.object({ id: z.string() }) });

describe('With the CRMs’ configuration', () => {
  it('starts a run, lists it, pauses and cancels it, and says that nobody works', async () => {
    const started = await command(['run', 'import', '--object', 'Lead', '--json']);
    expect(started.code).toBe(1);
    expect(started.text).toContain('Nobody works on runs at the moment');
    expect(started.text).toContain('npm start -- --worker');
    const { id } = startedSchema.parse(started.json()).run;
    expect(started.json()).toMatchObject({ run: { state: 'waiting' }, workers: 0 });

    const paused = await command(['pause', id]);
    expect(paused).toMatchObject({ code: 0 });
    expect(paused.text).toContain(`Run ${id}, paused: Import from Salesforce. All leads.`);
    expect((await command(['runs'])).text).toMatch(/Import from Salesforce +paused/);

    expect((await command(['cancel', id, '--json'])).json()).toMatchObject({
      run: { id, state: 'cancelled' },
    });
    const again = await command(['resume', id]);
    expect(again.code).toBe(2);
    expect(again.text).toContain('Start a new run.');
  });

  it('asks Salesforce before it starts anything', async () => {
    const { code, text } = await command([
      'run',
      'import',
      '--object',
      'Lead',
      '--where',
      'X__c=1',
    ]);
    expect(code).toBe(2);
    expect(text).toContain('Salesforce refuses this condition');
  });

  it('syncs contacts to their end and says who was left out', async () => {
    const { portal } = world.hubspot;
    const ada = portal.create({ email: 'ada@example.com', lastname: 'Lovelace' });
    const nameless = portal.create({ firstname: 'Nameless' });
    const working = await startWorking(world.pipeline);
    const { store } = world.pipeline.ports;
    const none = { p50: null, p95: null, samples: 0 };
    await store.health.set('a worker', {
      at: Date.now(),
      role: 'worker',
      version: '0',
      lag: { hubspotToSalesforce: none, salesforceToHubSpot: none },
      queue: null,
    });
    try {
      const { code, text } = await command(['sync', ada.id, nameless.id]);
      expect(text).toContain('2 seen');
      expect(text).toContain(`${nameless.id} ⇄ –  left out: `);
      expect(text).toContain('has no e-mail address');
      expect(code).toBe(0);
      expect(world.salesforce.org.all('Lead').map(({ Email }) => Email)).toContain(
        'ada@example.com',
      );
    } finally {
      await store.health.remove('a worker');
      await working.stop();
    }
  });
});

describe('With a database and nothing else', () => {
  const alone = ([...parameters]: readonly string[]) =>
    ended(startTandemChild({ databaseUrl: world.configuration.databaseUrl }, parameters));

  it('starts runs, and still refuses what can be seen to be wrong', async () => {
    const { code, json } = await alone(['run', 'push', '--dry', '--json']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ run: { kind: 'push', dry: true, state: 'waiting' } });
    const { id } = startedSchema.parse(json()).run;
    expect((await alone(['cancel', id])).code).toBe(0);

    const unreadable = ['run', 'import', '--object', 'Lead', '--where', 'City ='];
    expect(await alone(unreadable)).toMatchObject({ code: 2 });
    const mapping = await alone(['run', 'backfill', '--mapping', 'nothing', '--json']);
    expect(mapping.code).toBe(2);
    expect(mapping.json()).toMatchObject({ error: { code: 'MAPPING_NOT_FOUND' } });
  });
});

describe('Beside the sandbox', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-runs-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const inSandbox = (parameters: readonly string[]) =>
    startTandemChild(null, [...parameters, '--folder', folder]);

  it('says where nothing runs, and follows a dry run where it does', async () => {
    const nothing = await ended(inSandbox(['runs']));
    expect(nothing.code).toBe(2);
    expect(nothing.text).toContain('No Tandem runs on the folder');

    const service = inSandbox(['--port', '0']);
    await vi.waitFor(() => expect(service.text()).toContain('Syncing live'), 120_000);
    const done = await ended(
      inSandbox(['run', 'import', '--object', 'Lead', '--dry', '--follow', '--json']),
    );
    expect(done.code).toBe(0);
    expect(done.json()).toMatchObject({
      run: { state: 'finished', dry: true, kind: 'import' },
      workers: 1,
    });
    expect((await ended(inSandbox(['runs']))).text).toContain('Import from Salesforce (dry)');
    service.child.kill('SIGINT');
    expect(await service.ended).toBe(0);
  }, 180_000);
});
