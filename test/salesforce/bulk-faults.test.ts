import { describe, expect, it } from 'vitest';
import type { SalesforceStandInOptions } from '../../src/sandbox/salesforce/stand-in.ts';
import { create, intercept, seedLeads, startSignedIn, update, type Org } from './fixture.ts';

const ENOUGH = 60;

const start = (options: Partial<SalesforceStandInOptions> = {}): Promise<Org> =>
  startSignedIn(options, undefined, { bulkWriteRows: 50 });

const stateOfJobs = ({ standIn }: Org): string[] =>
  standIn.bulk.all('ingest').map(({ state }) => state);

describe('A bulk job that goes wrong', () => {
  const write = async (started: Org) => {
    const ids = seedLeads(started.org, ENOUGH);
    const outcomes = await started.salesforce.records.write(
      ids.map((id) => update(id, { Title: 'New' })),
    );
    return { ids, outcomes };
  };
  const expectAllWritten = ({ org }: Org, { ids, outcomes }: Awaited<ReturnType<typeof write>>) => {
    expect(outcomes).toEqual(ids.map((id) => ({ ok: true, id })));
    expect(ids.every((id) => org.get('Lead', id)?.['Title'] === 'New')).toBe(true);
  };

  it.each(['reset', 'resetAfterCommit'] as const)(
    'is begun anew when the upload breaks off (%s), and the first one stopped',
    async (kind) => {
      const started = await start();
      started.standIn.faults.plan(/batches/, { kind });
      expectAllWritten(started, await write(started));
      expect(stateOfJobs(started)).toEqual(['Aborted', 'JobComplete']);
    },
  );

  it('is not begun a third time: collections do it', async () => {
    const started = await start();
    started.standIn.faults.plan(/batches/, { kind: 'reset' }, 2);
    expectAllWritten(started, await write(started));
    expect(stateOfJobs(started)).toEqual(['Aborted', 'Aborted']);
    expect(started.standIn.calls.byEndpoint()).toMatchObject({ 'PATCH /composite/sobjects': 1 });
  });

  it.each(['resetAfterCommit', 'reset'] as const)(
    'goes on when the answer to closing it is lost (%s)',
    async (kind) => {
      const started = await start();
      started.standIn.faults.plan(/PATCH \/jobs/, { kind });
      expectAllWritten(started, await write(started));
      expect(stateOfJobs(started)).toEqual(['JobComplete']);
    },
  );

  it('is begun anew when it can’t be closed', async () => {
    const started = await start();
    started.standIn.faults.plan(/PATCH \/jobs/, { kind: 'reset' }, 4);
    expectAllWritten(started, await write(started));
    expect(stateOfJobs(started)).toEqual(['Aborted', 'JobComplete']);
  });

  it.each(['/batches', '/jobs/ingest/', '/successfulResults'])(
    'survives an expired session (%s)',
    async (path) => {
      const started = await start();
      let expired = false;
      intercept(started, (request) => {
        if (!expired && request.path.includes(path)) {
          expired = true;
          started.standIn.expireSessions();
        }
        return null;
      });
      expectAllWritten(started, await write(started));
      expect(stateOfJobs(started)).toEqual(['JobComplete']);
    },
  );

  it('leaves everything to collections when Salesforce fails it', async () => {
    const started = await start();
    started.standIn.bulk.failNext({ message: 'InternalServerError' });
    expectAllWritten(started, await write(started));
    expect(stateOfJobs(started)).toEqual(['Failed']);
  });

  it('leaves what it didn’t get to to collections', async () => {
    const started = await start();
    const stamps: unknown[] = [];
    started.standIn.bulk.failNext({ message: 'InternalServerError', afterRows: 20 });
    intercept(started, (request) => {
      if (request.path.includes('composite'))
        stamps.push((JSON.parse(request.body) as { records: unknown[] }).records.length);
      return null;
    });
    expectAllWritten(started, await write(started));
    expect(stamps).toEqual([ENOUGH - 20]);
  });

  it('leaves a field that is gone to collections, which say whose fault it is', async () => {
    const started = await start();
    const ids = seedLeads(started.org, ENOUGH);
    const outcomes = await started.salesforce.records.write(
      ids.map((id, index) => update(id, index === 5 ? { Nope__c: 'x' } : { Title: 'New' })),
    );
    expect(outcomes[5]).toMatchObject({
      ok: false,
      error: { code: 'INVALID_FIELD', fields: ['Nope__c'] },
    });
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(ENOUGH - 1);
    expect(stateOfJobs(started)).toEqual(['Failed']);
  });

  it('is stopped when it takes too long, so that it can’t write later', async () => {
    const started = await start({ bulkJobMs: 24 * 3_600_000 });
    expectAllWritten(started, await write(started));
    expect(stateOfJobs(started)).toEqual(['Aborted']);
    expect(started.waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(32 * 60_000);
  });

  it('does without one where the org has none', async () => {
    const started = await start();
    started.standIn.bulk.batches.limit = 0;
    expectAllWritten(started, await write(started));
  });

  it('sends the rows again when the results can’t be had: nothing is doubled', async () => {
    const started = await start();
    started.standIn.faults.plan(/successfulResults/, { kind: 'status', status: 503 }, 4);
    const outcomes = await started.salesforce.records.write(
      Array.from({ length: ENOUGH }, (_, index) => create(String(index))),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(started.org.all('Lead')).toHaveLength(ENOUGH);
  });

  it('waits through an outage', async () => {
    const started = await start();
    started.standIn.faults.plan(/GET \/jobs\/ingest\/\{id\}$/, { kind: 'status', status: 503 }, 9);
    expectAllWritten(started, await write(started));
    expect(stateOfJobs(started)).toEqual(['JobComplete']);
  });

  it('says that rows are lost for now when nobody can tell what becomes of it', async () => {
    const started = await start();
    started.standIn.faults.plan(
      /(GET|PATCH) \/jobs\/ingest\/\{id\}$/,
      { kind: 'status', status: 503 },
      100_000,
    );
    const { outcomes } = await write(started);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({
        ok: false,
        error: { code: 'SERVER_UNAVAILABLE', retryable: true },
      });
    expect(started.standIn.calls.byEndpoint()).not.toHaveProperty('PATCH /composite/sobjects');
  });

  it('says so too when the day’s calls are used up meanwhile', async () => {
    const started = await start();
    intercept(started, (request) => {
      if (request.path.endsWith('/batches')) started.standIn.apiUsage.limit = 3;
      return null;
    });
    const { outcomes } = await write(started);
    expect(outcomes[0]).toMatchObject({
      ok: false,
      error: { code: 'REQUEST_LIMIT_EXCEEDED', retryable: true },
    });
  });
});
