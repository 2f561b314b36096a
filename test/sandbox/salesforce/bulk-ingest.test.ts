import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './fixture.ts';

const MINUTE = 60_000;
const CSV = { 'content-type': 'text/csv', accept: 'text/csv' };

describe('An ingest job (Bulk API 2.0)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ bulkJobMs: MINUTE });
  });
  afterEach(() => sandbox.close());

  const create = async (body: Record<string, unknown>): Promise<string> => {
    const { json } = await sandbox.call('POST', '/jobs/ingest', { object: 'Lead', ...body });
    return `/jobs/ingest/${(json as { id: string }).id}`;
  };
  const put = (job: string, csv: string) => sandbox.call('PUT', `${job}/batches`, csv, CSV);
  const patch = (job: string, state: string) => sandbox.call('PATCH', job, { state });
  const result = async (job: string, kind: string): Promise<string> =>
    (await sandbox.call('GET', `${job}/${kind}`, undefined, CSV)).text;
  const run = async (body: Record<string, unknown>, csv: string): Promise<string> => {
    const job = await create(body);
    expect((await put(job, csv)).status).toBe(201);
    expect((await patch(job, 'UploadComplete')).json).toMatchObject({ state: 'UploadComplete' });
    expect((await sandbox.call('GET', job)).json).toMatchObject({ state: 'InProgress' });
    sandbox.clock.advance(MINUTE);
    return job;
  };
  const seed = (fields: Record<string, string> = {}): string =>
    sandbox.org.seed([
      { object: 'Lead', fields: { LastName: 'Ann', Company: 'A', ...fields } },
    ])[0] ?? '';

  it('updates rows: an empty value leaves the field alone, #N/A blanks it', async () => {
    const first = seed({ Title: 'Boss', City: 'Bonn' });
    const second = seed({ Title: 'Boss', City: 'Bonn' });
    const job = await run(
      { operation: 'update' },
      `Id,Title,City,AnnualRevenue\n${first},,#N/A,1234\n${second},"Head, Sales",,\n`,
    );
    expect((await sandbox.call('GET', job)).json).toMatchObject({
      state: 'JobComplete',
      numberRecordsProcessed: 2,
      numberRecordsFailed: 0,
    });
    expect(sandbox.org.get('Lead', first)).toMatchObject({
      Title: 'Boss',
      City: null,
      AnnualRevenue: 1234,
    });
    expect(sandbox.org.get('Lead', second)).toMatchObject({ Title: 'Head, Sales', City: 'Bonn' });
    const lines = (await result(job, 'successfulResults')).trim().split('\n');
    expect(lines[0]).toBe('"sf__Id","sf__Created","Id","Title","City","AnnualRevenue"');
    expect(lines.slice(1).sort()).toEqual(
      [
        `"${first}","false","${first}","","#N/A","1234"`,
        `"${second}","false","${second}","Head, Sales","",""`,
      ].sort(),
    );
  });

  it('refuses rows as a collection does, and says so in one cell', async () => {
    const id = seed();
    const locked = seed();
    sandbox.org.lock(locked);
    const job = await run(
      { operation: 'update' },
      `Id,Email,AnnualRevenue\n${id},badone,\n${locked},a@example.com,\n00Q5g0000000999EAA,b@example.com,\n${id},,many\n`,
    );
    const failed = await result(job, 'failedResults');
    expect(failed.split('\n')[0]).toBe('"sf__Id","sf__Error","Id","Email","AnnualRevenue"');
    expect(failed).toContain(
      '"INVALID_EMAIL_ADDRESS:Email: invalid email address: badone:Email --"',
    );
    expect(failed).toMatch(/"UNABLE_TO_LOCK_ROW:unable to obtain exclusive access[^"]*:--"/);
    expect(failed).toContain('"INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--"');
    expect(failed).toContain(
      '"INVALID_TYPE_ON_FIELD_IN_RECORD:Annual Revenue: value not of required type: many:AnnualRevenue --"',
    );
    expect(await result(job, 'successfulResults')).toBe(
      '"sf__Id","sf__Created","Id","Email","AnnualRevenue"\n',
    );
  });

  it('upserts on an external id, inserts and deletes', async () => {
    const known = seed({ Tandem_HubSpot_Id__c: '1' });
    const upserted = await run(
      { operation: 'upsert', externalIdFieldName: 'Tandem_HubSpot_Id__c', lineEnding: 'CRLF' },
      'Tandem_HubSpot_Id__c,LastName,Company\r\n1,One,A\r\n2,Two,A\r\n',
    );
    const text = await result(upserted, 'successfulResults');
    expect(text).toContain(`"${known}","false","1","One","A"\r\n`);
    expect(text).toMatch(/"00Q\w{15}","true","2","Two","A"/);
    await run({ operation: 'insert' }, 'LastName,Company\nThree,A\n');
    await run({ operation: 'delete' }, `Id\n${known}\n`);
    await sandbox.call('GET', '/limits');
    expect(sandbox.org.all('Lead').map((lead) => lead['LastName'])).toEqual(['Two', 'Three']);
  });

  it('does not run assignment rules of its own accord', async () => {
    const queue = sandbox.org.addQueue('Sales');
    sandbox.org.setAssignmentRule(() => queue);
    await run({ operation: 'insert' }, 'LastName,Company\nOne,A\n');
    await run(
      { operation: 'insert', assignmentRuleId: '01Q000000000001AAA' },
      'LastName,Company\nTwo,A\n',
    );
    await sandbox.call('GET', '/limits');
    const owners = sandbox.org.all('Lead').map((lead) => lead['OwnerId']);
    expect(owners[0]).not.toBe(queue);
    expect(owners[1]).toBe(queue);
  });

  it.each([
    [
      'an unknown column',
      'Id,Nope\n00Q000000000001AAA,x\n',
      'InvalidBatch : Field name not found : Nope',
    ],
    [
      'the other line ending',
      'Id,Title\r\n00Q000000000001AAA,x\r\n',
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    ],
  ])('fails as a whole for %s', async (_what, csv, errorMessage) => {
    const job = await run({ operation: 'update' }, csv);
    expect((await sandbox.call('GET', job)).json).toMatchObject({ state: 'Failed', errorMessage });
  });

  it('keeps what it did when it fails on the way, and the rest unprocessed', async () => {
    const [first, second] = [seed(), seed()];
    sandbox.standIn.bulk.failNext({ message: 'InternalServerError', afterRows: 1 });
    const job = await run({ operation: 'update' }, `Id,Title\n${first},x\n${second},y\n`);
    expect((await sandbox.call('GET', job)).json).toMatchObject({
      state: 'Failed',
      errorMessage: 'InternalServerError',
    });
    expect(sandbox.org.get('Lead', first)?.['Title']).toBe('x');
    expect(sandbox.org.get('Lead', second)?.['Title']).toBe(null);
    expect(await result(job, 'unprocessedrecords')).toBe(`"Id","Title"\n"${second}","y"\n`);
  });

  it('takes one upload, and none once it is closed or aborted', async () => {
    const job = await create({ operation: 'insert' });
    await put(job, 'LastName,Company\nOne,A\n');
    expect((await put(job, 'LastName,Company\nTwo,A\n')).text).toContain(
      'Found multiple contents for job',
    );
    expect((await sandbox.call('DELETE', job)).status).toBe(400);
    await patch(job, 'Aborted');
    expect((await put(job, 'LastName,Company\nTwo,A\n')).json).toMatchObject([
      { errorCode: 'INVALIDJOBSTATE' },
    ]);
    expect((await patch(job, 'UploadComplete')).json).toEqual([
      { errorCode: 'INVALIDJOBSTATE', message: 'Closing already Completed Job not allowed' },
    ]);
    sandbox.clock.advance(MINUTE);
    expect((await sandbox.call('DELETE', job)).status).toBe(204);
    expect(sandbox.org.all('Lead')).toEqual([]);
  });

  it.each([
    ['an unknown operation', { operation: 'hardDelete' }, 'INVALIDJOB'],
    ['an upsert on nothing', { operation: 'upsert' }, 'INVALIDJOB'],
    [
      'an upsert on a field that is no external id',
      { operation: 'upsert', externalIdFieldName: 'City' },
      'NOT_FOUND',
    ],
    ['an unknown object', { operation: 'insert', object: 'Nope' }, 'NOT_FOUND'],
  ])('refuses %s', async (_what, body, errorCode) => {
    const { json } = await sandbox.call('POST', '/jobs/ingest', { object: 'Lead', ...body });
    expect(json).toMatchObject([{ errorCode }]);
  });

  it('counts a batch for every 10,000 rows against the day', async () => {
    const rows = Array.from({ length: 10_001 }, (_, place) => `P${place},A\n`).join('');
    await run({ operation: 'insert' }, `LastName,Company\n${rows}`);
    expect(await sandbox.connection.limits()).toMatchObject({
      DailyBulkApiBatches: { Max: 15_000, Remaining: 14_998 },
    });
    sandbox.standIn.bulk.batches.limit = 2;
    const refused = await sandbox.call('POST', '/jobs/ingest', {
      object: 'Lead',
      operation: 'insert',
    });
    expect(refused.text).toContain('ApiBatchItems Limit exceeded');
  });
});
