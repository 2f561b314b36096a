import { describe, expect, it } from 'vitest';
import { EXTERNAL_ID_FIELD } from '../../src/engine/partners.ts';
import type { SalesforceWrite } from '../../src/salesforce/port.ts';
import type { SalesforceStandInOptions } from '../../src/sandbox/salesforce/stand-in.ts';
import {
  create,
  remove,
  seedContacts,
  seedLeads,
  startSignedIn,
  update,
  type Org,
} from './fixture.ts';

const THRESHOLD = 50;
const ENOUGH = 60;
const JOB = { bulkWriteRows: THRESHOLD };

const start = (options: Partial<SalesforceStandInOptions> = {}, timePasses = false): Promise<Org> =>
  startSignedIn(options, undefined, { ...JOB, timePasses });

const stateOfJobs = ({ standIn }: Org): string[] =>
  standIn.bulk.all('ingest').map(({ state }) => state);

describe('A big write', () => {
  it('is one bulk job of five calls, its outcomes in order', async () => {
    const { salesforce, standIn, org } = await start({ bulkJobMs: 0 });
    const ids = seedLeads(org, ENOUGH);
    const outcomes = await salesforce.records.write(
      ids.map((id, index) => update(id, { Title: `Title ${index}` })),
    );
    expect(outcomes).toEqual(ids.map((id) => ({ ok: true, id })));
    expect(ids.map((id) => org.get('Lead', id)?.['Title'])).toEqual(
      ids.map((_, index) => `Title ${index}`),
    );
    expect(standIn.apiUsage.used).toBe(5);
    expect(standIn.calls.byEndpoint()).toEqual({
      'POST /jobs/ingest': 1,
      'PUT /jobs/ingest/{id}/batches': 1,
      'PATCH /jobs/ingest/{id}': 1,
      'GET /jobs/ingest/{id}': 1,
      'GET /jobs/ingest/{id}/successfulResults': 1,
    });
  });

  it('waits longer between looks, up to a minute', async () => {
    const { salesforce, org, waits } = await start({ bulkJobMs: 5 * 60_000 }, true);
    const ids = seedLeads(org, ENOUGH);
    const outcomes = await salesforce.records.write(ids.map((id) => update(id, { Title: 'New' })));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 60].map((seconds) => seconds * 1000));
  });

  it('stays with collections below the threshold, of each kind', async () => {
    const { salesforce, org, standIn } = await start();
    const ids = [...seedLeads(org, THRESHOLD - 1), ...seedContacts(org, THRESHOLD - 1)];
    await salesforce.records.write(ids.map((id) => update(id, { Title: 'New' })));
    expect(standIn.calls.total).toBe(1);
    expect(stateOfJobs({ standIn } as Org)).toEqual([]);
  });

  it('creates by upserting, and tells the ids of new and known records', async () => {
    const started = await start();
    const { salesforce, org } = started;
    const [known = ''] = seedLeads(org, 1, () => ({ [EXTERNAL_ID_FIELD]: '7' }));
    const outcomes = await salesforce.records.write(
      Array.from({ length: ENOUGH }, (_, index) => create(String(index))),
    );
    const leads = new Map(org.all('Lead').map((lead) => [lead[EXTERNAL_ID_FIELD], lead['Id']]));
    expect(outcomes).toEqual(
      Array.from({ length: ENOUGH }, (_, index) => ({ ok: true, id: leads.get(String(index)) })),
    );
    expect(leads.get('7')).toBe(known);
    expect(stateOfJobs(started)).toEqual(['JobComplete']);
  });

  it.each([
    ['can’t be repeated', { withExternalId: false }, false],
    ['get their owners from assignment rules', {}, true],
  ])('never sends creates through a job that %s', async (_what, options, assign) => {
    const started = await start(options);
    const outcomes = await started.salesforce.records.write(
      Array.from({ length: ENOUGH }, (_, index) => create(String(index), {}, assign)),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(stateOfJobs(started)).toEqual([]);
  });

  it('deletes; what is gone already counts as deleted', async () => {
    const started = await start();
    const ids = seedLeads(started.org, ENOUGH);
    started.org.remove('Lead', ids[3] ?? '');
    const outcomes = await started.salesforce.records.write(ids.map(remove));
    expect(outcomes).toEqual(ids.map((id) => ({ ok: true, id })));
    expect(started.org.all('Lead')).toEqual([]);
    expect(stateOfJobs(started)).toEqual(['JobComplete']);
  });
});

describe('What a bulk job writes', () => {
  /** The same writes by collections and by a job, in two orgs that are alike. */
  async function bothWays(prepare: (org: Org) => SalesforceWrite[]) {
    const stamps = { CreatedDate: null, LastModifiedDate: null, SystemModstamp: null };
    const results = [];
    for (const bulkWriteRows of [Infinity, THRESHOLD]) {
      const started = await startSignedIn({}, undefined, { bulkWriteRows });
      const outcomes = await started.salesforce.records.write(prepare(started));
      const leads = started.org.all('Lead').map((lead) => ({ ...lead, ...stamps }));
      results.push({ outcomes, leads, jobs: stateOfJobs(started) });
    }
    const [collections, bulk] = results;
    if (!collections || !bulk) throw new Error('two results');
    expect(collections.jobs).toEqual([]);
    expect(bulk.jobs).toEqual(['JobComplete']);
    return { collections, bulk };
  }

  const VALUES = [
    { Title: null },
    { Title: '' },
    { Title: '  ' },
    { Title: 'Head, "Sales"\nNorth' },
    { Title: '#N/A' },
    { Title: ' #n/a ' },
    { Description: 'one\r\ntwo' },
    { Title: 'ünï © 名前 🙂' },
    { DoNotCall: true, HasOptedOutOfEmail: false },
    { AnnualRevenue: 1_234, Score__c: 1.25 },
    { AnnualRevenue: null, NumberOfEmployees: 0 },
    { Renewal_Date__c: '2026-02-28', Last_Demo__c: '2026-02-28T10:00:00.000Z' },
    { Interests__c: 'Chess;Music' },
    { Title: '=1+1', City: "O'Fallon" },
    {},
  ];

  it('is what collections write, value for value', async () => {
    const { collections, bulk } = await bothWays(({ org }) => {
      const ids = seedLeads(org, 2 * ENOUGH, () => ({
        Title: 'Old',
        AnnualRevenue: 1,
        City: 'Old',
      }));
      return ids.map((id, index) => update(id, VALUES[index % VALUES.length] ?? {}));
    });
    expect(bulk.outcomes).toEqual(collections.outcomes);
    expect(bulk.leads).toEqual(collections.leads);
  });

  it('is refused for the same reasons, in the same words', async () => {
    const { collections, bulk } = await bothWays(({ org }) => {
      const ids = seedLeads(org, ENOUGH);
      const [twin = ''] = seedLeads(org, 1, () => ({ [EXTERNAL_ID_FIELD]: '42' }));
      org.addDuplicateRule('Lead', {
        action: 'block',
        matches: ({ City }, other) => City === 'Twin' && other['Id'] === twin,
      });
      org.addValidationRule('Lead', {
        message: 'Not in Rome',
        field: 'City',
        name: 'rome',
        fails: ({ City }) => City === 'Rome',
      });
      org.lock(ids[1] ?? '');
      org.remove('Lead', ids[2] ?? '');
      const [campaign = ''] = org.seed([{ object: 'Campaign', fields: { Name: 'x' } }]);
      const bad = [
        { Email: 'badone' },
        { Title: 'locked' },
        { Title: 'gone' },
        { LastName: 'x'.repeat(81) },
        { LastName: null },
        { Status: 'Nope' },
        { [EXTERNAL_ID_FIELD]: '42' },
        { OwnerId: campaign },
        { AnnualRevenue: 1e30 },
        { City: 'Twin' },
        { City: 'Rome' },
      ];
      return ids.map((id, index) => update(id, bad[index] ?? { Title: 'Fine' }));
    });
    expect(bulk.outcomes).toEqual(collections.outcomes);
    expect(bulk.outcomes.filter(({ ok }) => !ok)).toHaveLength(11);
    expect(bulk.leads).toEqual(collections.leads);
  });

  it('does not depend on an order that jobs don’t keep', async () => {
    const { collections, bulk } = await bothWays(({ org }) => {
      const ids = seedLeads(org, ENOUGH);
      const [first = ''] = ids;
      return [
        ...ids.map((id) => update(id, { Title: 'First' })),
        update(first.slice(0, 15), { Title: 'Second' }),
        update(first, { City: 'Third' }),
      ];
    });
    expect(bulk.outcomes).toEqual(collections.outcomes);
    expect(bulk.leads[0]).toMatchObject({ Title: 'Second', City: 'Third' });
  });
});
