import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { path, refusalOf, startSandbox, type Sandbox } from './fixture.ts';

const TOTAL = 4500;
const SOQL = 'SELECT Id FROM Contact ORDER BY Id';

describe('Paging (salesforce-api §3)', () => {
  let sandbox: Sandbox;
  let ids: string[];
  beforeAll(async () => {
    sandbox = await startSandbox();
    ids = sandbox.org.seed(
      Array.from({ length: TOTAL }, (_each, place) => ({
        object: 'Contact',
        fields: { LastName: `Person ${place}` },
      })),
    );
  });
  afterAll(() => sandbox.close());

  it('gives 2,000 rows a page until done, each page one call', async () => {
    sandbox.standIn.calls.reset();
    const read: unknown[] = [];
    let page = await sandbox.connection.query(SOQL);
    read.push(...page.records.map(({ Id }) => Id));
    expect(page).toMatchObject({ totalSize: TOTAL, done: false });
    expect(page.nextRecordsUrl).toMatch(/\/services\/data\/v60\.0\/query\/01g\w{15}-2000$/);
    while (!page.done) {
      page = await sandbox.connection.queryMore(page.nextRecordsUrl ?? '');
      read.push(...page.records.map(({ Id }) => Id));
    }
    expect(read).toEqual(ids);
    expect(page.nextRecordsUrl).toBeUndefined();
    expect(sandbox.standIn.calls.byEndpoint()).toEqual({
      'GET /query/{locator}': 2,
      'GET /query': 1,
    });
  });

  it('honours Sforce-Query-Options within 200 and 2,000', async () => {
    const size = async (asked: number): Promise<number> => {
      const { json } = await sandbox.call('GET', path(SOQL), undefined, {
        'Sforce-Query-Options': `batchSize=${asked}`,
      });
      return (json as { records: unknown[] }).records.length;
    };
    expect(await size(500)).toBe(500);
    expect(await size(1)).toBe(200);
    expect(await size(9999)).toBe(2000);
  });

  it('keeps showing what the query found when rows change afterwards', async () => {
    const first = await sandbox.connection.query(`${SOQL} LIMIT 2001`);
    const lastId = ids[2000] ?? '';
    sandbox.org.update('Contact', lastId, { LastName: 'Changed since' });
    const second = await sandbox.connection.queryMore(first.nextRecordsUrl ?? '');
    expect(second.records).toMatchObject([{ Id: lastId }]);
  });

  it('forgets a locator after two days', async () => {
    const { nextRecordsUrl } = await sandbox.connection.query(SOQL);
    sandbox.clock.advance(2 * 24 * 3_600_000 + 1);
    await sandbox.connection.authorize({ grant_type: 'client_credentials' });
    expect(await refusalOf(sandbox.connection.queryMore(nextRecordsUrl ?? ''))).toEqual({
      errorCode: 'INVALID_QUERY_LOCATOR',
      message: 'invalid query locator',
    });
  });
});
