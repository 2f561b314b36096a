// What the adapter does when HubSpot, or the way to it, fails (hubspot-api §1.2, §2.6).
import { describe, expect, it } from 'vitest';
import { Unauthorized } from '../../src/engine/failures.ts';
import { createHubSpot } from '../../src/hubspot/api-client.ts';
import { Forbidden } from '../../src/hubspot/transport.ts';
import type { Fault } from '../../src/sandbox/faults.ts';
import { patienceFor, people, rejectionOf, startCanned, startPortal } from './fixture.ts';

const status = (code: number): Fault => ({ kind: 'status', status: code });

describe('A call that fails and then works', () => {
  it.each<[string, Fault]>([
    ['429', status(429)],
    ['500', status(500)],
    ['502 with a page of HTML', status(502)],
    ['503', status(503)],
    ['504', status(504)],
    ['521', status(521)],
    ['522', status(522)],
    ['524', status(524)],
    ['423, a locked record', status(423)],
    ['a broken connection', { kind: 'reset' }],
    ['no answer at all', { kind: 'timeout' }],
    ['an answer lost on its way', { kind: 'resetAfterCommit' }],
  ])('is made again after %s', async (_, fault) => {
    const { hubspot, standIn, clock } = await startPortal({}, patienceFor(fault));
    standIn.portal.seed(people(1));
    standIn.faults.plan(/batch\/read/, fault, 2);
    const found = await hubspot.contacts.readByEmails(['person0@example.com'], ['lastname']);
    expect(found.size).toBe(1);
    expect(standIn.calls.total).toBe(3);
    expect(clock.waits).toHaveLength(2);
  });

  it.each([
    ['HTML', '<html>maintenance</html>'],
    ['nothing', ''],
    ['half an answer', '{"results": ['],
  ])('is made again when a good status comes with %s', async (_, body) => {
    const { hubspot, calls } = await startCanned((_call, count) =>
      count === 1 ? { status: 200, body } : { status: 200, body: { portalId: 42 } },
    );
    await expect(hubspot.schema.account()).resolves.toEqual({ portalId: '42' });
    expect(calls).toHaveLength(2);
  });
});

describe('The wait before the next try', () => {
  const limited = (policyName: string, headers: Record<string, string> = {}) => ({
    status: 429,
    headers,
    body: { status: 'error', message: 'limit', errorType: 'RATE_LIMIT', policyName },
  });
  const fine = { status: 200, body: { portalId: 1 } };

  it.each([
    ['seconds', '7', 7_000],
    ['a date', 'Mon, 23 Nov 2026 10:00:05 GMT', 5_000],
  ])('is what Retry-After says in %s', async (_, header, expected) => {
    const { hubspot, clock } = await startCanned((_call, count) =>
      count === 1 ? limited('TEN_SECONDLY_ROLLING', { 'retry-after': header }) : fine,
    );
    await hubspot.schema.account();
    expect(clock.waits).toEqual([expected]);
  });

  it('follows the policy without Retry-After: the ten-second window is waited out', async () => {
    const { hubspot, clock } = await startCanned((_call, count) =>
      count <= 4 ? limited('TEN_SECONDLY_ROLLING') : fine,
    );
    await hubspot.schema.account();
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(10_000);
  });

  it('is at least two seconds for a locked record', async () => {
    const { hubspot, clock } = await startCanned((_call, count) =>
      count === 1 ? { status: 423, body: { message: 'locked' } } : fine,
    );
    await hubspot.schema.account();
    expect(clock.waits).toEqual([2_000]);
  });

  it('grows from try to try, with jitter', async () => {
    const { hubspot, clock } = await startCanned((_call, count) =>
      count <= 3 ? { status: 503, body: '' } : fine,
    );
    await hubspot.schema.account();
    expect(clock.waits).toEqual([300, 600, 1_200]);
  });
});

describe('A call that keeps failing', () => {
  it.each<[string, Fault, string]>([
    ['429', status(429), 'RateLimited'],
    ['503', status(503), 'Unavailable'],
    ['502 with HTML', status(502), 'Unavailable'],
    ['broken connections', { kind: 'reset' }, 'Unavailable'],
    ['silence', { kind: 'timeout' }, 'Unavailable'],
  ])('ends after a bounded number of tries: %s', async (_, fault, name) => {
    const { hubspot, standIn } = await startPortal({}, patienceFor(fault));
    standIn.faults.plan(/./, fault, 100);
    const failure = await rejectionOf(hubspot.contacts.readByIds(['1'], []));
    expect(failure).toMatchObject({ name, crm: 'HubSpot' });
    expect(standIn.calls.total).toBe(5);
  });

  it('does not wait for the day to end', async () => {
    const { hubspot, standIn } = await startPortal({
      rateLimits: { burst: 190, search: 5, daily: 1 },
    });
    await hubspot.schema.account();
    const failure = await rejectionOf(hubspot.schema.account());
    expect(failure).toMatchObject({ name: 'RateLimited', retryAfterMs: null });
    expect(standIn.calls.total).toBe(2);
  });

  it('hands on how long an account’s move takes (477)', async () => {
    const { hubspot, standIn } = await startPortal();
    standIn.faults.plan(/./, status(477), 100);
    const failure = await rejectionOf(hubspot.schema.account());
    expect(failure).toMatchObject({ name: 'RateLimited', retryAfterMs: 30_000 });
    expect(standIn.calls.total).toBe(1);
  });
});

describe('A call that HubSpot refuses', () => {
  it.each([401, 403])('is not made again: %i', async (code) => {
    const { hubspot, standIn } = await startPortal();
    standIn.faults.plan(/./, status(code), 5);
    const failure = await rejectionOf(hubspot.contacts.readByIds(['1'], []));
    expect(failure).toBeInstanceOf(Unauthorized);
    expect(failure instanceof Forbidden).toBe(code === 403);
    expect(standIn.calls.total).toBe(1);
  });

  it('is our bug, said with HubSpot’s own words', async () => {
    const { hubspot } = await startCanned(() => ({
      status: 400,
      body: { status: 'error', category: 'VALIDATION_ERROR', message: 'limit is too large' },
    }));
    expect(await rejectionOf(hubspot.contacts.list(null, []))).toMatchObject({
      name: 'CallRejected',
      status: 400,
      code: 'VALIDATION_ERROR',
      message: 'limit is too large',
    });
  });

  it('with a wrong token is Unauthorized', async () => {
    const { hubspot, standIn } = await startPortal({}, { accessToken: 'pat-na1-wrong' });
    expect(await rejectionOf(hubspot.schema.owners())).toMatchObject({ name: 'Unauthorized' });
    expect(standIn.calls.total).toBe(1);
  });
});

it('ends in Unavailable when nobody listens', async () => {
  const hubspot = createHubSpot({
    accessToken: 'x',
    baseUrl: 'http://127.0.0.1:1',
    sleep: () => Promise.resolve(),
  });
  expect(await rejectionOf(hubspot.schema.account())).toMatchObject({ name: 'Unavailable' });
});

describe('HubSpot’s limits', () => {
  it('are kept over thousands of records without a single 429 (hubspot-api §2.6)', async () => {
    const { hubspot, standIn, clock } = await startPortal();
    let refusals = 0;
    const handle = standIn.handle.bind(standIn);
    Object.assign(standIn, {
      handle: async (request: Parameters<typeof handle>[0]) => {
        const answer = await handle(request);
        if (answer.status === 429) refusals += 1;
        return answer;
      },
    });
    const ids = Array.from({ length: 40_000 }, (_, index) => String(index + 1));
    const startedAt = clock.now();
    await hubspot.contacts.readByIds(ids, []);
    expect(refusals).toBe(0);
    expect(standIn.calls.total).toBe(400);
    // 400 calls at 180 in ten seconds: two full windows have to pass, and not a third.
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(20_000);
    expect(clock.now() - startedAt).toBeLessThan(30_000);
  });

  it('are learnt from the headers of a smaller tier', async () => {
    const { hubspot, standIn, clock } = await startPortal({
      rateLimits: { burst: 100, search: 5, daily: 250_000 },
    });
    await hubspot.contacts.readByIds(['1'], []);
    await hubspot.contacts.readByIds(
      Array.from({ length: 15_000 }, (_, index) => String(index + 1)),
      [],
    );
    expect(standIn.calls.total).toBe(151);
    expect(clock.waits.length).toBeGreaterThan(0);
  });
});

it('sends every call to the dated version of its API (hubspot-api §0)', async () => {
  const { hubspot, calls } = await startCanned(({ path }) => ({
    status: 200,
    body: path.includes('account-info')
      ? { portalId: 1 }
      : { results: [], lists: [], hasMore: false, offset: 0, total: 0 },
  }));
  await hubspot.contacts.readByIds(['1'], []);
  await hubspot.contacts.list(null, []);
  await hubspot.contacts.searchModified(
    { since: new Date(0), until: new Date(1), afterId: null },
    [],
  );
  await hubspot.lists.all();
  await hubspot.lists.members('1', ['1']);
  await hubspot.schema.contactProperties();
  await hubspot.schema.owners();
  await hubspot.schema.account();
  const paths = [...new Set(calls.map(({ path }) => path.split('?')[0]))];
  expect(paths).toEqual([
    '/crm/objects/2026-09/contacts/batch/read',
    '/crm/objects/2026-09/contacts',
    '/crm/objects/2026-09/contacts/search',
    '/crm/lists/2026-09/search',
    '/crm/lists/2026-09/records/memberships/batch/read',
    '/crm/properties/2026-09/contacts',
    '/crm/owners/2026-09',
    '/account-info/2026-09/details',
  ]);
});
