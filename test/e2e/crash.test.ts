// kill -9 of a real process between any two calls of a full sync, before and after each call was carried out,
// and before and after each transaction; then a restart. Nothing may be lost or doubled.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RealConfiguration } from '../../src/api/environment.ts';
import { servicesFor } from '../../src/api/services.ts';
import { seededRandom, systemClock } from '../../src/sandbox/clock.ts';
import { createHubSpotStandIn, SANDBOX_TOKEN } from '../../src/sandbox/hubspot/stand-in.ts';
import { serveStandIn, type StandIn } from '../../src/sandbox/http.ts';
import { createSalesforceStandIn, SANDBOX_CLIENT } from '../../src/sandbox/salesforce/stand-in.ts';
import { fullSync } from '../../src/sync/full-sync.ts';
import { LiveSync } from '../../src/sync/live.ts';
import { Pipeline } from '../../src/sync/pipeline.ts';
import { createTestDatabase } from '../support/database.ts';
import { executeOn } from '../support/postgres.ts';
import { expectAllWell, fillCrowd } from './support/crowd.ts';
import type { ChildTask } from './support/sync-child.ts';

const SIZE = 2;
const CHILD = join(import.meta.dirname, 'support/sync-child.ts');
/** A plain create whose answer was lost is looked for, and tried again after two minutes. */
const LATER_MS = 3 * 60_000;

type Moment = { readonly call: number; readonly when: 'before' | 'after' };

/** Tells `moment` of every call, before it is carried out and after. */
function watched(
  standIn: StandIn,
  moment: (when: Moment['when'], endpoint: string) => void,
): StandIn {
  return {
    calls: standIn.calls,
    faults: standIn.faults,
    endpoint: (request) => standIn.endpoint(request),
    failure: (status, request) => standIn.failure(status, request),
    async handle(request) {
      moment('before', standIn.endpoint(request));
      const answer = await standIn.handle(request);
      moment('after', standIn.endpoint(request));
      return answer;
    },
  };
}

interface Deadly {
  readonly withExternalId: boolean;
  /** The call at which the process dies. */
  readonly at: Moment | null;
  readonly dieAt: ChildTask['dieAt'];
}

class Killed extends Error {}

/** One full sync in a process that dies at the given moment, then a restart; returns what the first one did. */
async function syncAndCrash({
  withExternalId,
  at,
  dieAt,
}: Deadly): Promise<{ endpoints: string[]; transactions: number; died: boolean }> {
  const salesforce = createSalesforceStandIn({
    clock: systemClock,
    random: seededRandom(1),
    withExternalId,
  });
  const hubspot = createHubSpotStandIn({
    clock: systemClock,
    random: seededRandom(2),
    rateLimits: 'off',
    indexLagMs: 0,
  });
  fillCrowd({ hubspot, salesforce }, SIZE);
  const endpoints: string[] = [];
  let armed = true;
  let kill = (): void => undefined;
  const moment = (when: Moment['when'], endpoint: string): void => {
    if (!armed) return;
    if (when === 'before') endpoints.push(endpoint);
    if (at?.call === endpoints.length && at.when === when) {
      armed = false;
      kill();
      throw new Killed();
    }
  };
  const servers = [
    await serveStandIn(watched(salesforce, moment)),
    await serveStandIn(watched(hubspot, moment)),
  ];
  const database = await createTestDatabase();
  const configuration: RealConfiguration = {
    hubspot: { accessToken: SANDBOX_TOKEN, baseUrl: servers[1]?.url ?? '' },
    salesforce: { flow: 'clientCredentials', ...SANDBOX_CLIENT, loginUrl: servers[0]?.url ?? '' },
    databaseUrl: database.connectionString,
  };
  const task: ChildTask = { configuration, dieAt };
  const child = spawn(process.execPath, ['--no-warnings', CHILD], {
    env: { ...process.env, TASK: JSON.stringify(task) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  kill = () => void child.kill('SIGKILL');
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  armed = false;
  if (signal !== 'SIGKILL') expect(code).toBe(0);

  // The minutes that pass here pass for the database too: what the dead held is free.
  await executeOn(database.connectionString, 'update record_holds set held_until = now()');
  const services = await servicesFor(configuration, { maxConnections: 2, isAlone: true });
  const pipeline = new Pipeline({ ...services.pipeline.ports, now: () => Date.now() + LATER_MS });
  const live = new LiveSync(pipeline);
  await fullSync(pipeline, live, ['import', 'push']);
  await expectAllWell({ hubspot, salesforce }, pipeline, SIZE);
  const before = hubspot.calls.total + salesforce.calls.total;
  expect(await live.tick()).toBe(0);
  expect(hubspot.calls.total + salesforce.calls.total - before).toBeLessThanOrEqual(3);

  await services.close();
  for (const server of servers) await server.close();
  salesforce.close();
  await database.drop();
  const transactions =
    said === '' ? 0 : (JSON.parse(said) as { transactions: number }).transactions;
  return { endpoints, transactions, died: signal === 'SIGKILL' };
}

/** Runs the cases two at a time: one on each core. */
async function each<Case>(
  cases: readonly Case[],
  run: (one: Case) => Promise<void>,
): Promise<void> {
  const waiting = cases.values();
  const worker = async (): Promise<void> => {
    for (const one of waiting) await run(one);
  };
  await Promise.all([worker(), worker()]);
}

const WRITES = /batch\/(create|update)|unsubscribe|collections|composite|batch\/create/;

describe.each([
  ['with the external-ID field', true],
  ['without it', false],
] as const)('a full sync that is killed, %s', (_, withExternalId) => {
  it('at any call or transaction, goes on with nothing lost and nothing doubled', async () => {
    const clean = await syncAndCrash({ withExternalId, at: null, dieAt: null });
    expect(clean.endpoints.length).toBeGreaterThan(15);
    expect(clean.transactions).toBeGreaterThan(3);
    const calls = clean.endpoints.map((endpoint, index) => ({ endpoint, call: index + 1 }));
    const cases: Deadly[] = [
      // Dying before a call is dying after the one before it, once its answer was dealt with.
      ...calls
        .filter(({ endpoint }) => WRITES.test(endpoint))
        .flatMap(({ call }) =>
          // Nothing was sent before: the same in every org.
          (withExternalId ? (['before', 'after'] as const) : (['after'] as const)).map(
            (when): Deadly => ({
              withExternalId,
              at: { call, when },
              dieAt: null,
            }),
          ),
        ),
      ...Array.from({ length: clean.transactions }, (_unused, index) =>
        (['before', 'after'] as const).map((when): Deadly => ({
          withExternalId,
          at: null,
          dieAt: { transaction: index + 1, when },
        })),
      ).flat(),
      // Reads: all of them once; the org without the field differs in none.
      ...calls
        .filter(({ endpoint }) => withExternalId && !WRITES.test(endpoint))
        .map(({ call }): Deadly => ({ withExternalId, at: { call, when: 'after' }, dieAt: null })),
    ];
    let deaths = 0;
    await each(cases, async (one) => {
      const { died } = await syncAndCrash(one).catch((error: unknown) => {
        throw new Error(`killed ${JSON.stringify(one)}`, { cause: error });
      });
      if (died) deaths += 1;
    });
    // Pages go side by side, so now and then a sync makes a call less, and the last moments don't come.
    expect(deaths).toBeGreaterThan(cases.length * 0.9);
  }, 300_000);
});
