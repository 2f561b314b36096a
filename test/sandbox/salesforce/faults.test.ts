import { Connection } from 'jsforce';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { path, refusalOf, startSandbox, VERSION, type Sandbox } from './fixture.ts';

const LEAD = { LastName: 'A', Company: 'C', Tandem_HubSpot_Id__c: '1' };

describe('Faults', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  it.each([
    [401, 'INVALID_SESSION_ID'],
    [403, 'REQUEST_LIMIT_EXCEEDED'],
    [429, 'REQUEST_LIMIT_EXCEEDED'],
    [500, 'UNKNOWN_EXCEPTION'],
    [503, 'SERVER_UNAVAILABLE'],
  ])("fails a call with %i in Salesforce's own words: %s", async (status, errorCode) => {
    sandbox.standIn.faults.plan(/query/, { kind: 'status', status });
    const answer = await sandbox.call('GET', path('SELECT Id FROM Lead'));
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject([{ errorCode, message: expect.any(String) as string }]);
  });

  it.each([502, 504])('fails a call with %i in HTML', async (status) => {
    sandbox.standIn.faults.plan(/query/, { kind: 'status', status });
    const answer = await sandbox.call('GET', path('SELECT Id FROM Lead'));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('text/html');
  });

  it('lets jsforce repeat a GET but not a POST (salesforce-api §1)', async () => {
    sandbox.standIn.faults.plan(/./, { kind: 'status', status: 503 });
    expect((await sandbox.connection.query('SELECT Id FROM Lead')).done).toBe(true);
    expect(sandbox.standIn.calls.byEndpoint()).toEqual({ 'GET /query': 2 });

    sandbox.standIn.faults.plan(/./, { kind: 'status', status: 503 });
    const refusal = await refusalOf(sandbox.connection.sobject('Lead').create([LEAD]));
    expect(refusal.errorCode).toBe('SERVER_UNAVAILABLE');
    expect(sandbox.org.all('Lead')).toEqual([]);
  });

  it('leaves the row behind when the answer is lost, and upsert finds it again', async () => {
    const upsert = () => sandbox.connection.sobject('Lead').upsert([LEAD], 'Tandem_HubSpot_Id__c');
    sandbox.standIn.faults.plan(/composite/, { kind: 'resetAfterCommit' });
    await refusalOf(upsert());
    const [lost] = sandbox.org.all('Lead');
    expect(lost).toMatchObject({ LastName: 'A' });
    expect(await upsert()).toMatchObject([{ id: lost?.Id, success: true, created: false }]);
  });

  it('leaves nothing behind when the connection breaks before', async () => {
    sandbox.standIn.faults.plan(/composite/, { kind: 'reset' });
    await refusalOf(sandbox.connection.sobject('Lead').create([LEAD]));
    expect(sandbox.org.all('Lead')).toEqual([]);
  });

  it('answers slowly when told to', async () => {
    sandbox.standIn.faults.plan(/query/, { kind: 'slow', milliseconds: 60 });
    const started = performance.now();
    expect((await sandbox.call('GET', path('SELECT Id FROM Lead'))).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(50);
  });

  it('ends a session in the middle of things', async () => {
    sandbox.standIn.expireSessions();
    const connection = new Connection({
      version: VERSION,
      instanceUrl: sandbox.url,
      accessToken: sandbox.connection.accessToken ?? '',
    });
    expect(await refusalOf(connection.query('SELECT Id FROM Lead'))).toEqual({
      errorCode: 'INVALID_SESSION_ID',
      message: 'Session expired or invalid',
    });
  });

  it('fails only the row that somebody holds a lock on', async () => {
    const ids = ['A', 'B'].map((LastName) => sandbox.org.insert('Contact', { LastName }));
    const [locked = '', free = ''] = ids;
    sandbox.org.lock(locked);
    const update = () =>
      sandbox.connection.sobject('Contact').update([
        { Id: locked, Title: 'x' },
        { Id: free, Title: 'x' },
      ]);
    expect(await update()).toMatchObject([
      { id: locked, success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] },
      { id: free, success: true },
    ]);
    sandbox.org.unlock(locked);
    expect((await update()).every(({ success }) => success)).toBe(true);
  });
});
