import { describe, expect, it } from 'vitest';
import { CallRejected, Unavailable } from '../../src/engine/failures.ts';
import type { SalesforceObject } from '../../src/engine/fields.ts';
import type { SalesforceRecord } from '../../src/engine/records.ts';
import { ExportLost, type SalesforcePort } from '../../src/salesforce/port.ts';
import { createHubSpotStandIn } from '../../src/sandbox/hubspot/stand-in.ts';
import { seededRandom } from '../../src/sandbox/clock.ts';
import { field } from '../../src/sandbox/salesforce/schema/field.ts';
import { seedSample } from '../../src/sandbox/sample/seed.ts';
import { FIELDS, intercept, rejectionOf, seedLeads, startSignedIn, type Org } from './fixture.ts';

const HOUR = 3_600_000;

/** Fields of types that the sample org has none of. */
const OTHER_TYPES = [
  field('Percent__c', 'Percent', 'percent', { precision: 5, scale: 2 }),
  field('Time__c', 'Time', 'time'),
  field('Long__c', 'Long', 'long'),
  field('Combo__c', 'Combo', 'combobox', { length: 40 }),
  field('Secret__c', 'Secret', 'encryptedstring', { length: 40 }),
];

async function* exported(
  { exports }: SalesforcePort,
  object: SalesforceObject,
  jobId: string,
  maxRecords: number,
  from: string | null = null,
): AsyncGenerator<{ records: SalesforceRecord[]; locator: string | null }> {
  let locator = from;
  do {
    const page = await exports.page({ object, jobId, locator, maxRecords });
    if (page.state === 'working') throw new Error('not done yet');
    yield page;
    locator = page.locator;
  } while (locator !== null);
}

const inOrder = (records: readonly SalesforceRecord[]): SalesforceRecord[] =>
  [...records].sort((one, other) => (one.id < other.id ? -1 : 1));

describe('A record read by a bulk job', () => {
  it.each(['Lead', 'Contact'] as const)(
    'is the one a query gives, for every field of a %s',
    async (object) => {
      const { salesforce, standIn, org, clock } = await startSignedIn({
        personAccounts: true,
        extraFields: { Lead: OTHER_TYPES, Contact: OTHER_TYPES },
      });
      const hubspot = createHubSpotStandIn({ clock, random: seededRandom(3), indexLagMs: 0 });
      seedSample({ hubspot, salesforce: standIn }, { count: 200, seed: 5, now: clock.now() });
      const row = {
        LastName: 'Any, "Type"\nof — field €',
        Company: ' 007',
        Percent__c: 12.5,
        Time__c: '10:30:00.000Z',
        Long__c: 12_345_678_901,
        Combo__c: 'true',
        Secret__c: '#N/A',
        MailingLatitude: -0.000001,
        Latitude: 1e-7,
      };
      const known = new Set((await salesforce.schema.describe(object)).map(({ name }) => name));
      org.seed([
        {
          object,
          fields: Object.fromEntries(Object.entries(row).filter(([name]) => known.has(name))),
        },
      ]);

      const fields = (await salesforce.schema.describe(object))
        .filter(({ type }) => type !== 'address' && type !== 'location')
        .map(({ name }) => name);
      const queried: SalesforceRecord[] = [];
      let afterId: string | null = null;
      do {
        const page = await salesforce.records.list(object, afterId, fields);
        queried.push(...page.records);
        ({ afterId } = page);
      } while (afterId !== null);
      const jobId = await salesforce.exports.start(object, fields);
      const read: SalesforceRecord[] = [];
      for await (const { records } of exported(salesforce, object, jobId, 70))
        read.push(...records);
      expect(queried.length).toBeGreaterThan(20);
      expect(inOrder(read)).toEqual(inOrder(queried));
    },
  );
});

describe('An export', () => {
  const start = async (options: Parameters<typeof startSignedIn>[0] = {}): Promise<Org> => {
    const started = await startSignedIn(options);
    seedLeads(started.org, 25, (index) => ({ City: index < 5 ? 'Bonn' : 'Rome' }));
    return started;
  };

  it('works for a while, then pages: one call each', async () => {
    const { salesforce, standIn, clock } = await start({ bulkJobMs: HOUR });
    const { exports } = salesforce;
    const jobId = await exports.start('Lead', FIELDS.Lead);
    const wanted = { object: 'Lead', jobId, locator: null } as const;
    expect(await exports.page(wanted)).toEqual({ state: 'working' });
    clock.advance(HOUR);
    const pages: number[] = [];
    standIn.apiUsage.reset();
    for await (const { records } of exported(salesforce, 'Lead', jobId, 10))
      pages.push(records.length);
    expect(pages).toEqual([10, 10, 5]);
    expect(standIn.apiUsage.used).toBe(4);
    await exports.end(jobId);
    await exports.end(jobId);
    expect(standIn.bulk.all('query')).toEqual([]);
  });

  it('takes an admin’s condition', async () => {
    const { salesforce } = await start();
    const jobId = await salesforce.exports.start('Lead', FIELDS.Lead, "City = 'Bonn'");
    const page = await salesforce.exports.page({ object: 'Lead', jobId, locator: null });
    expect(page).toMatchObject({ state: 'page', locator: null });
    expect(page.state === 'page' && page.records).toHaveLength(5);
    const refused = rejectionOf(
      salesforce.exports.start('Lead', FIELDS.Lead, "City = 'a' LIMIT 1"),
    );
    expect(await refused).toMatchObject({ name: 'UnreadableCondition' });
  });

  it('goes on from its checkpoint, through a broken connection and an expired session', async () => {
    const { salesforce, standIn } = await start();
    const jobId = await salesforce.exports.start('Lead', FIELDS.Lead);
    const ids: string[] = [];
    let locator: string | null = null;
    for await (const page of exported(salesforce, 'Lead', jobId, 10)) {
      ids.push(...page.records.map(({ id }) => id));
      ({ locator } = page);
      break;
    }
    standIn.expireSessions();
    standIn.faults.plan(/results/, { kind: 'resetAfterCommit' });
    for await (const { records } of exported(salesforce, 'Lead', jobId, 10, locator))
      ids.push(...records.map(({ id }) => id));
    expect(new Set(ids).size).toBe(25);
    expect(ids).toHaveLength(25);
  });

  it.each([
    [
      'a row is missing',
      (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1),
    ],
    ['it breaks off in the middle of a value', (text: string) => text.slice(0, -3)],
  ])('hands out no page that is not whole: %s', async (_what, spoil) => {
    const started = await start();
    const { salesforce } = started;
    const jobId = await salesforce.exports.start('Lead', FIELDS.Lead);
    const handle = started.standIn.handle.bind(started.standIn);
    intercept(started, (request) => {
      if (!request.path.endsWith('/results')) return null;
      const answer = handle(request);
      return { ...answer, body: spoil(answer.body) };
    });
    const page = salesforce.exports.page({ object: 'Lead', jobId, locator: null });
    expect(await rejectionOf(page)).toBeInstanceOf(Unavailable);
  });

  it('asks again when a proxy answers in its place', async () => {
    const started = await start();
    const jobId = await started.salesforce.exports.start('Lead', FIELDS.Lead);
    let asked = 0;
    intercept(started, (request) => {
      if (!request.path.endsWith('/results')) return null;
      asked += 1;
      const headers = { 'content-type': 'text/html; charset=utf-8' };
      return asked === 1 ? { status: 200, headers, body: '<html>Sign in</html>' } : null;
    });
    const page = await started.salesforce.exports.page({ object: 'Lead', jobId, locator: null });
    expect(page.state === 'page' && page.records).toHaveLength(25);
    expect(asked).toBe(2);
  });

  it('says that it is lost when its job is gone, at any page', async () => {
    const { salesforce, standIn, clock } = await start();
    const jobId = await salesforce.exports.start('Lead', FIELDS.Lead);
    const first = await salesforce.exports.page({
      object: 'Lead',
      jobId,
      locator: null,
      maxRecords: 5,
    });
    clock.advance(8 * 24 * HOUR);
    standIn.expireSessions();
    const locator = first.state === 'page' ? first.locator : null;
    for (const from of [locator, null]) {
      const failure = rejectionOf(
        salesforce.exports.page({ object: 'Lead', jobId, locator: from }),
      );
      expect(await failure).toBeInstanceOf(ExportLost);
    }
  });

  it('says why when Salesforce gives up', async () => {
    const { salesforce, standIn } = await start();
    standIn.bulk.failNext({ message: 'QUERY_TIMEOUT' });
    const jobId = await salesforce.exports.start('Lead', FIELDS.Lead);
    const failure = await rejectionOf(
      salesforce.exports.page({ object: 'Lead', jobId, locator: null }),
    );
    expect(failure).toBeInstanceOf(CallRejected);
    expect(failure).toMatchObject({ code: 'BULK_QUERY_FAILED', message: 'QUERY_TIMEOUT' });
  });

  it('can be stopped while it works', async () => {
    const { salesforce, standIn } = await start({ bulkJobMs: HOUR });
    const jobId = await salesforce.exports.start('Lead', FIELDS.Lead);
    await salesforce.exports.end(jobId);
    expect(standIn.bulk.all('query')).toEqual([]);
  });
});
