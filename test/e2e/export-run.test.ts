// A resync of everything whose Salesforce side is large goes through an export behind the first page of records:
// waiting, crashes, lost and refused jobs, and rows that are older than what was written since.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallRejected } from '../../src/engine/failures.ts';
import { Pipeline } from '../../src/sync/pipeline.ts';
import { run, startRun } from '../../src/sync/runs/control.ts';
import { workOnRun } from '../../src/sync/runs/work.ts';
import type { Run } from '../../src/store/runs-port.ts';
import type { SalesforceExports } from '../../src/salesforce/port.ts';
import type { Ports } from '../../src/sync/workspace.ts';
import { passingTime } from './support/inclusion.ts';
import { createWorld, type World } from './support/world.ts';

/** What `list` reads in one call; whoever comes after is read through the export. */
const PAGE = 2_000;
const BEHIND = 60;
const ROWS = 25;

let world: World;
let time: ReturnType<typeof passingTime>;
let jobMs = 0;
beforeAll(async () => {
  time = passingTime();
  world = await createWorld({ bulkJobMs: () => jobMs });
  world.salesforce.org.seed(
    Array.from({ length: PAGE }, (_, index) => ({
      object: 'Lead',
      fields: { LastName: `Silent ${index}`, Company: 'Acme' },
    })),
  );
  await run(world.pipeline, { kind: 'import', scope: {} });
  await world.configure({ mappings: { defaultRules: { city: 'twoWay' } } });
});
beforeEach(() => {
  jobMs = 0;
});
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

const nowIso = (): string => new Date(Date.now()).toISOString();
let sequence = 0;
/** Leads that HubSpot lacks, behind all others. */
function newcomers(count = BEHIND): string[] {
  return Array.from({ length: count }, () => {
    const email = `behind${(sequence += 1)}@example.com`;
    world.salesforce.org.insert('Lead', {
      LastName: 'B',
      Company: 'A',
      Email: email,
      City: 'Bonn',
    });
    return email;
  });
}
const missing = (emails: readonly string[]): string[] =>
  emails.filter((email) => world.hubspot.portal.byEmail(email) === undefined);
const people = (): number =>
  world.salesforce.org.all('Lead').length +
  world.salesforce.org.all('Contact').length +
  world.hubspot.portal.all().length;

/** A process that takes exports for worth it, in small pages. */
function worker(
  change: (exports: SalesforceExports) => Partial<SalesforceExports> = () => ({}),
  store: Ports['store'] = world.pipeline.ports.store,
): Pipeline {
  const { ports } = world.pipeline;
  const { exports } = ports.salesforce;
  const small: SalesforceExports = {
    ...exports,
    worthFrom: PAGE,
    page: (wanted) => exports.page({ ...wanted, maxRecords: ROWS }),
  };
  const salesforce = { ...ports.salesforce, exports: { ...small, ...change(small) } };
  return new Pipeline({ ...ports, salesforce, store });
}
const start = (): Promise<Run> =>
  startRun(worker(), { kind: 'everything', scope: {} }, { startedBy: 'test' });

async function workToTheEnd(id: string, by: () => Pipeline = worker): Promise<Run | null> {
  let current = await world.pipeline.ports.store.runs.get(id);
  for (let slice = 0; slice < 100 && current?.state !== 'finished'; slice += 1) {
    await workOnRun(by(), id).catch(() => null);
    current = await world.pipeline.ports.store.runs.get(id);
  }
  return current;
}
const calls = (pattern: RegExp): number =>
  Object.entries(world.salesforce.calls.byEndpoint())
    .filter(([name]) => pattern.test(name))
    .reduce((sum, [, count]) => sum + count, 0);

describe('A resync of everything through an export', () => {
  it('waits for the job without a worker, and then sees everybody once', async () => {
    jobMs = 60_000;
    const emails = newcomers();
    const expected = people() + emails.length;
    const { id } = await start();
    world.resetCalls();
    const { runs } = world.pipeline.ports.store;
    for (let look = 0; look < 2; look += 1) {
      expect(await workOnRun(worker(), id)).toMatchObject({
        state: 'running',
        trouble: 'Salesforce is getting its records ready.',
        retryAt: expect.any(String) as string,
      });
      expect(await runs.open(nowIso())).toEqual([]);
    }
    time.pass(2);
    expect(await runs.open(nowIso())).toMatchObject([{ id }]);
    const done = await workOnRun(worker(), id);
    expect(done).toMatchObject({ state: 'finished', trouble: null, counts: { seen: expected } });
    expect(missing(emails)).toEqual([]);
    expect(calls(/POST .*jobs\/query/)).toBe(1);
    expect(calls(/GET .*results/)).toBe(Math.ceil(emails.length / ROWS));
    expect(calls(/DELETE .*jobs\/query/)).toBe(1);
  });

  it('leaves nobody out when every page ends in a crash', async () => {
    const emails = newcomers();
    const { id } = await start();
    const { store } = world.pipeline.ports;
    // Each process records one page and dies at the next, with what it has in hand written and not recorded.
    const mortal = (): Pipeline => {
      let recorded = 0;
      const advance: typeof store.runs.advance = (...page) => {
        recorded += 1;
        return recorded > 1 ? Promise.reject(new Error('killed')) : store.runs.advance(...page);
      };
      return worker(undefined, { ...store, runs: { ...store.runs, advance } });
    };
    expect(await workToTheEnd(id, mortal)).toMatchObject({ state: 'finished' });
    expect(missing(emails)).toEqual([]);
  });

  it('starts anew when the job is lost, and lists when that goes on', async () => {
    const emails = newcomers();
    const { id } = await start();
    world.resetCalls();
    const losing = () =>
      worker((exports) => ({
        page: async (wanted) => {
          await exports.end(wanted.jobId);
          return exports.page(wanted);
        },
      }));
    expect(await workToTheEnd(id, losing)).toMatchObject({ state: 'finished' });
    expect(missing(emails)).toEqual([]);
    expect(calls(/POST .*jobs\/query/)).toBe(3);
  });

  it('lists where the job fails, or there is no Bulk API', async () => {
    const failing = newcomers(3);
    const first = await start();
    world.salesforce.bulk.failNext({ message: 'Query timed out' });
    expect(await workToTheEnd(first.id)).toMatchObject({ state: 'finished' });
    expect(missing(failing)).toEqual([]);
    const refused = newcomers(3);
    const second = await start();
    const without = () =>
      worker(() => ({
        start: () => Promise.reject(new CallRejected('Salesforce', 'no API', 403, 'API_DISABLED')),
      }));
    expect(await workToTheEnd(second.id, without)).toMatchObject({ state: 'finished' });
    expect(missing(refused)).toEqual([]);
  });

  it('gives up on a job that never gets done', async () => {
    jobMs = 24 * 3_600_000;
    const emails = newcomers(3);
    const { id } = await start();
    await workOnRun(worker(), id);
    time.pass(31);
    expect(await workToTheEnd(id)).toMatchObject({ state: 'finished' });
    expect(missing(emails)).toEqual([]);
  });

  it('undoes nothing that was written since the job ran', async () => {
    const [email = ''] = newcomers(3);
    await world.settle();
    const contact = world.hubspot.portal.byEmail(email);
    const lead = world.salesforce.org.all('Lead').find(({ Email }) => Email === email);
    const { id } = await start();
    await workOnRun(worker(), id);
    // Anybody's call lets the job run: its rows say Bonn from now on.
    await world.pipeline.ports.salesforce.records.count(['Lead']);
    world.salesforce.org.update('Lead', String(lead?.Id), { City: 'Rome' });
    await world.settle();
    world.hubspot.portal.update(contact?.id ?? '', { city: 'Oslo' });
    await world.settle();
    expect(await workToTheEnd(id)).toMatchObject({ state: 'finished' });
    expect(world.hubspot.portal.byEmail(email)?.properties.city).toBe('Oslo');
    expect(world.salesforce.org.get('Lead', String(lead?.Id))?.City).toBe('Oslo');
    const history = await world.pipeline.ports.store.links.history(contact?.id ?? '', 100);
    expect(history.filter(({ field }) => /city/i.test(field)).map(({ after }) => after)).toEqual([
      'Oslo',
      'Rome',
      'Bonn',
    ]);
  });
});
