import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './fixture.ts';

const MINUTE = 60_000;
const CSV = { accept: 'text/csv' };

describe('A query job (Bulk API 2.0)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ bulkJobMs: MINUTE });
  });
  afterEach(() => sandbox.close());

  const seed = (count: number): string[] =>
    sandbox.org.seed(
      Array.from({ length: count }, (_, place) => ({
        object: 'Lead',
        fields: { LastName: `Lead ${place}`, Company: 'Acme, "Ltd"\nBerlin' },
      })),
    );
  const start = async (query: string, operation = 'query') =>
    sandbox.call('POST', '/jobs/query', { operation, query });
  const idOf = ({ json }: { json: unknown }): string => (json as { id: string }).id;

  it('goes from UploadComplete through InProgress to JobComplete, in its time', async () => {
    seed(2);
    const started = await start('SELECT Id FROM Lead');
    expect(started).toMatchObject({
      status: 200,
      json: { object: 'Lead', operation: 'query', state: 'UploadComplete', apiVersion: 60 },
    });
    const job = `/jobs/query/${idOf(started)}`;
    expect((await sandbox.call('GET', job)).json).toMatchObject({ state: 'InProgress' });
    expect((await sandbox.call('GET', `${job}/results`)).json).toMatchObject([
      { errorCode: 'INVALIDJOBSTATE' },
    ]);
    sandbox.clock.advance(MINUTE);
    expect((await sandbox.call('GET', job)).json).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 2,
      totalProcessingTime: MINUTE,
      jobType: 'V2Query',
    });
    expect(sandbox.standIn.calls.byEndpoint()).toMatchObject({
      'POST /jobs/query': 1,
      'GET /jobs/query/{id}': 2,
      'GET /jobs/query/{id}/results': 1,
    });
    expect(sandbox.standIn.apiUsage.used).toBe(4);
  });

  it('gives its rows in sets, each with a header and the locator of the next', async () => {
    const ids = seed(5);
    const job = `/jobs/query/${idOf(await start('SELECT Id, LastName, Company, Title FROM Lead'))}`;
    sandbox.clock.advance(MINUTE);
    const first = await sandbox.call('GET', `${job}/results?maxRecords=3`, undefined, CSV);
    expect(first.headers.get('sforce-numberofrecords')).toBe('3');
    expect(first.text.split('\n').slice(0, 3)).toEqual([
      '"Id","LastName","Company","Title"',
      `"${ids[0] ?? ''}","Lead 0","Acme, ""Ltd""`,
      'Berlin",""',
    ]);
    const locator = first.headers.get('sforce-locator') ?? '';
    const page = `${job}/results?maxRecords=3&locator=${locator}`;
    const second = await sandbox.call('GET', page, undefined, CSV);
    expect(second.text).toContain('"Id","LastName","Company","Title"\n');
    expect(second.headers.get('sforce-locator')).toBe('null');
    expect(second.headers.get('sforce-numberofrecords')).toBe('2');
    // The same locator gives the same set again, whatever was written since.
    sandbox.org.update('Lead', ids[4] ?? '', { LastName: 'Changed' });
    expect((await sandbox.call('GET', page, undefined, CSV)).text).toBe(second.text);
  });

  it('sees deleted rows only as queryAll, and datetimes with Z', async () => {
    const [gone = ''] = seed(2);
    sandbox.org.remove('Lead', gone);
    for (const [operation, rows] of [
      ['query', 1],
      ['queryAll', 2],
    ] as const) {
      const id = idOf(await start('SELECT Id, IsDeleted, CreatedDate FROM Lead', operation));
      sandbox.clock.advance(MINUTE);
      const { headers, text } = await sandbox.call('GET', `/jobs/query/${id}/results`);
      expect(headers.get('sforce-numberofrecords')).toBe(String(rows));
      expect(text).toContain('"2026-11-23T10:00:00.000Z"');
    }
  });

  it.each([
    ['COUNT', 'SELECT COUNT() FROM Lead', 'API_ERROR'],
    ['compound fields', 'SELECT Address FROM Lead', 'API_ERROR'],
    ['child queries', 'SELECT Id, (SELECT Id FROM CampaignMembers) FROM Lead', 'API_ERROR'],
    ['unknown fields', 'SELECT Nope FROM Lead', 'INVALID_FIELD'],
    ['nonsense', 'SELECT FROM', 'MALFORMED_QUERY'],
  ])('refuses %s at once', async (_what, query, errorCode) => {
    expect(await start(query)).toMatchObject({ status: 400, json: [{ errorCode }] });
  });

  it('can be aborted until it is over, and deleted after that', async () => {
    const job = `/jobs/query/${idOf(await start('SELECT Id FROM Lead'))}`;
    expect((await sandbox.call('DELETE', job)).status).toBe(400);
    const abort = () => sandbox.call('PATCH', job, { state: 'Aborted' });
    expect((await abort()).json).toMatchObject({ state: 'Aborted' });
    expect((await abort()).json).toEqual([
      { errorCode: 'INVALIDJOBSTATE', message: 'Aborting already Completed Job not allowed' },
    ]);
    expect((await sandbox.call('DELETE', job)).status).toBe(204);
    expect((await sandbox.call('GET', job)).status).toBe(404);
  });

  it('is gone after a week', async () => {
    const job = `/jobs/query/${idOf(await start('SELECT Id FROM Lead'))}`;
    sandbox.clock.advance(8 * 24 * 60 * MINUTE);
    await sandbox.connection.authorize({ grant_type: 'client_credentials' });
    expect((await sandbox.call('GET', job)).status).toBe(404);
  });

  it('counts against 10,000 a day', async () => {
    sandbox.standIn.bulk.queryJobs.limit = 1;
    await start('SELECT Id FROM Lead');
    expect(await sandbox.connection.limits()).toMatchObject({
      DailyBulkV2QueryJobs: { Max: 1, Remaining: 0 },
    });
    expect((await start('SELECT Id FROM Lead')).json).toEqual([
      {
        errorCode: 'LIMIT_EXCEEDED',
        message: 'Max bulk v2 query jobs (1) per 24 hrs has been reached (1)',
      },
    ]);
  });
});
