// What every call can meet: missing credentials, limits, outages, broken connections (hubspot-api §1.1, §2.6).
import { afterEach, describe, expect, it } from 'vitest';
import { refusalOf, startSandbox, type Sandbox, type Body } from './fixture.ts';
import type { HubSpotStandInOptions } from '../../../src/sandbox/portal/stand-in.ts';

const CONTACTS = '/crm/objects/2026-09/contacts';

let sandbox: Sandbox;
const start = async (options: Partial<HubSpotStandInOptions> = {}): Promise<void> => {
  sandbox = await startSandbox(options);
};
afterEach(() => sandbox.close());

describe('Credentials', () => {
  it.each([null, 'pat-na1-unknown'])('%s answers 401', async (token) => {
    await start();
    const { status, json } = await sandbox.call('GET', CONTACTS, undefined, token);
    expect(status).toBe(401);
    expect(json).toMatchObject({ status: 'error', category: 'INVALID_AUTHENTICATION' });
    expect(json.message).toMatch(/^Authentication credentials not found/);
  });
});

describe('An unknown path', () => {
  it('answers 404', async () => {
    await start();
    expect((await sandbox.call('GET', '/crm/v3/objects/unicorns')).status).toBe(404);
    expect((await sandbox.call('GET', '/crm/objects/2024-01/contacts')).status).toBe(404);
  });
});

describe('Rate limits (hubspot-api §2.6)', () => {
  const rateLimits = { burst: 3, search: 2, daily: 100 };

  it('count down in headers, refuse with 429, and roll on', async () => {
    await start({ rateLimits });
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(await sandbox.call('GET', CONTACTS));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    const [first, , , refused] = answers;
    const header = (name: string) => first?.headers.get(`x-hubspot-ratelimit-${name}`);
    expect(
      ['max', 'remaining', 'interval-milliseconds', 'daily', 'daily-remaining'].map(header),
    ).toEqual(['3', '2', '10000', '100', '99']);
    expect(refused?.json).toMatchObject({
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
    });
    expect(refused?.json.groupName).toMatch(/^publicapi:/);
    sandbox.clock.advance(10_000);
    expect((await sandbox.call('GET', CONTACTS)).status).toBe(200);
  });

  it('are apart for searches, which show no headers (hubspot-api §2.2)', async () => {
    await start({ rateLimits });
    const search = () => sandbox.call('POST', `${CONTACTS}/search`, {});
    const answers = [await search(), await search(), await search()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    for (const { headers } of answers) expect(headers.has('x-hubspot-ratelimit-max')).toBe(false);
    expect(answers[2]?.json).toMatchObject({
      message: 'You have reached your secondly limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'SECONDLY',
    });
    expect((await sandbox.call('GET', CONTACTS)).status).toBe(200);
    sandbox.clock.advance(1000);
    expect((await search()).status).toBe(200);
  });

  it('end the day', async () => {
    await start({ rateLimits: { burst: 1000, search: 5, daily: 2 } });
    await sandbox.call('GET', CONTACTS);
    await sandbox.call('GET', CONTACTS);
    const { status, json } = await sandbox.call('GET', CONTACTS);
    expect([status, json.policyName]).toEqual([429, 'DAILY']);
    expect(json.message).toBe('You have reached your daily limit.');
    sandbox.clock.advance(86_400_000);
    expect((await sandbox.call('GET', CONTACTS)).status).toBe(200);
  });
});

describe('An outage', () => {
  it.each([
    [429, 'application/json'],
    [423, 'application/json'],
    [477, 'application/json'],
    [500, 'application/json'],
    [503, 'application/json'],
    [502, 'text/html'],
    [504, 'text/html'],
  ])('of status %d has its own body: %s', async (status, type) => {
    await start();
    sandbox.standIn.faults.plan(/contacts/, { kind: 'status', status });
    const answer = await sandbox.call('GET', CONTACTS);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(answer.headers.has('retry-after')).toBe(status === 477);
    const body: Body = answer.json;
    expect(body.status).toBe(type === 'text/html' ? undefined : 'error');
    expect((await sandbox.call('GET', CONTACTS)).status).toBe(200);
  });

  it('with an HTML body reaches the client as HTML', async () => {
    await start();
    sandbox.standIn.faults.plan(/contacts/, { kind: 'status', status: 502 });
    const { code, body } = await refusalOf(sandbox.client.crm.contacts.basicApi.getPage());
    expect([code, JSON.stringify(body)]).toEqual([502, expect.stringContaining('Bad gateway')]);
  });
});

describe('A connection that breaks', () => {
  const create = () =>
    sandbox.client.crm.contacts.basicApi.create({
      properties: { email: 'ada@example.com' },
      associations: [],
    });

  it('before the call leaves nothing behind', async () => {
    await start();
    sandbox.standIn.faults.plan(/POST .*contacts$/, { kind: 'reset' });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(sandbox.portal.all()).toEqual([]);
  });

  it('after the commit leaves the contact, so that trying again meets a 409', async () => {
    await start();
    sandbox.standIn.faults.plan(/POST .*contacts$/, { kind: 'resetAfterCommit' });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(sandbox.portal.all()).toHaveLength(1);
    await expect(create()).rejects.toMatchObject({ code: 409 });
  });
});
