import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BASE, path, startSandbox, type RawAnswer, type Sandbox } from './fixture.ts';

interface SubAnswer {
  body: unknown;
  httpStatusCode: number;
  referenceId: string;
  httpHeaders: Record<string, string>;
}

describe('Composite (salesforce-api §3)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const send = (compositeRequest: unknown[], allOrNone = false): Promise<RawAnswer> =>
    sandbox.call('POST', '/composite', { allOrNone, compositeRequest });
  const parts = (answer: RawAnswer): SubAnswer[] =>
    (answer.json as { compositeResponse: SubAnswer[] }).compositeResponse;
  const query = (soql: string, referenceId: string) => ({
    method: 'GET',
    // References stand in an address as they are.
    url: BASE + path(soql).replace(/%40%7B(.*?)%7D/g, '@{$1}'),
    referenceId,
  });
  const create = (object: string, body: unknown, referenceId: string) => ({
    method: 'POST',
    url: `${BASE}/sobjects/${object}`,
    referenceId,
    body,
  });

  it('counts as one call, whatever is inside', async () => {
    sandbox.org.insert('Lead', { LastName: 'A', Company: 'C' });
    const before = sandbox.standIn.apiUsage.used;
    const answer = await send([
      query('SELECT Id FROM Lead', 'leads'),
      query('SELECT Id FROM Contact', 'contacts'),
    ]);
    expect(parts(answer)).toMatchObject([
      { referenceId: 'leads', httpStatusCode: 200, body: { totalSize: 1 } },
      { referenceId: 'contacts', httpStatusCode: 200, body: { totalSize: 0 } },
    ]);
    expect(sandbox.standIn.apiUsage.used - before).toBe(1);
    expect(sandbox.standIn.calls.byEndpoint()).toEqual({ 'POST /composite': 1 });
    expect(sandbox.standIn.subrequests.byEndpoint()).toEqual({ 'GET /query': 2 });
  });

  it('works through jsforce', async () => {
    const answer = await sandbox.connection.request<{ compositeResponse: SubAnswer[] }>({
      method: 'POST',
      url: '/composite',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ compositeRequest: [query('SELECT COUNT() FROM Lead', 'n')] }),
    });
    expect(answer.compositeResponse[0]?.body).toMatchObject({ totalSize: 0 });
  });

  it('passes answers on by reference', async () => {
    const answer = await send([
      create('Account', { Name: 'Acme' }, 'acme'),
      create('Contact', { LastName: 'A', AccountId: '@{acme.id}' }, 'person'),
      query("SELECT Account.Name FROM Contact WHERE Id = '@{person.id}'", 'found'),
      {
        method: 'PATCH',
        url: `${BASE}/sobjects/Account/@{acme.id}`,
        referenceId: 'renamed',
        body: { Site: 'of @{found.records[0].Account.Name}' },
      },
    ]);
    expect(parts(answer).map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201, 200, 204]);
    expect(parts(answer)[0]?.httpHeaders.Location).toMatch(/\/sobjects\/Account\/001/);
    expect(sandbox.org.all('Account')[0]?.Site).toBe('of Acme');
  });

  it('halts what refers to something that failed', async () => {
    const answer = await send([
      create('Account', {}, 'acme'),
      create('Contact', { LastName: 'A', AccountId: '@{acme.id}' }, 'person'),
    ]);
    expect(parts(answer)).toMatchObject([
      { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
      {
        httpStatusCode: 400,
        body: [
          {
            errorCode: 'PROCESSING_HALTED',
            message: 'Invalid reference specified. No value for acme.id found in acme',
          },
        ],
      },
    ]);
  });

  it('keeps what worked without allOrNone, nothing with it', async () => {
    const requests = [
      create('Lead', { LastName: 'A', Company: 'C' }, 'good'),
      create('Lead', { LastName: 'B' }, 'bad'),
    ];
    const kept = await send(requests);
    expect(parts(kept).map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 400]);
    expect(sandbox.org.all('Lead')).toHaveLength(1);

    const undone = await send(requests, true);
    expect(parts(undone)).toMatchObject([
      {
        httpStatusCode: 400,
        body: [
          {
            errorCode: 'PROCESSING_HALTED',
            message:
              'The transaction was rolled back since another operation in the same transaction failed.',
          },
        ],
      },
      { httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    expect(sandbox.org.all('Lead')).toHaveLength(1);
  });

  it('writes 1,000 rows by five collections in one call (salesforce-api §4)', async () => {
    const records = Array.from({ length: 200 }, (_each, place) => ({
      attributes: { type: 'Lead' },
      LastName: `L${place}`,
      Company: 'C',
    }));
    const collection = (place: number) => ({
      method: 'POST',
      url: `${BASE}/composite/sobjects`,
      referenceId: `part${place}`,
      body: { allOrNone: false, records },
    });
    const answer = await send([1, 2, 3, 4, 5].map(collection));
    expect(parts(answer).every(({ httpStatusCode }) => httpStatusCode === 200)).toBe(true);
    expect(sandbox.org.all('Lead')).toHaveLength(1000);
    expect((await send([1, 2, 3, 4, 5, 6].map(collection))).status).toBe(400);
  });

  it('refuses a sixth query and a 26th subrequest', async () => {
    const queries = Array.from({ length: 6 }, (_each, place) =>
      query('SELECT Id FROM Lead', `q${place}`),
    );
    expect((await send(queries)).status).toBe(400);
    const creates = Array.from({ length: 26 }, (_each, place) =>
      create('Contact', { LastName: 'A' }, `c${place}`),
    );
    expect((await send(creates)).status).toBe(400);
    expect((await send(creates.slice(1))).status).toBe(200);
    expect(sandbox.org.all('Contact')).toHaveLength(25);
  });

  it('answers 414 for a subrequest whose address is over 16 KB', async () => {
    const long = `SELECT Id FROM Lead WHERE Company IN (${Array.from({ length: 900 }, () => `'${'x'.repeat(20)}'`).join()})`;
    const [only] = parts(await send([query(long, 'long')]));
    expect(only).toMatchObject({ httpStatusCode: 414, body: [{ errorCode: 'URI_TOO_LONG' }] });
  });

  it('counts each subrequest of a batch', async () => {
    const before = sandbox.standIn.apiUsage.used;
    const { json } = await sandbox.call('POST', '/composite/batch', {
      batchRequests: [
        { method: 'GET', url: `v60.0${path('SELECT Id FROM Lead')}` },
        { method: 'GET', url: 'v60.0/sobjects/Lead/00Q000000000001AAA' },
        { method: 'POST', url: 'v60.0/sobjects/Contact', richInput: { LastName: 'A' } },
      ],
    });
    expect(json).toMatchObject({
      hasErrors: true,
      results: [{ statusCode: 200 }, { statusCode: 404 }, { statusCode: 201 }],
    });
    expect(sandbox.standIn.apiUsage.used - before).toBe(3);
  });
});
