import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './fixture.ts';

describe('The daily allowance (salesforce-api §5, §7)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ dailyApiLimit: 3 });
  });
  afterEach(() => sandbox.close());

  it('is told on every answer, refusals too', async () => {
    await sandbox.connection.request('/limits');
    expect(sandbox.connection.limitInfo).toEqual({ apiUsage: { used: 1, limit: 3 } });
    const refused = await sandbox.call('GET', '/sobjects/Lead/nope');
    expect(refused.headers.get('sforce-limit-info')).toBe('api-usage=2/3');
  });

  it('is shown by /limits', async () => {
    expect(await sandbox.connection.limits()).toMatchObject({
      DailyApiRequests: { Max: 3, Remaining: 2 },
    });
  });

  it('answers 403 once it is used up, and works again a day later', async () => {
    for (let call = 0; call < 3; call += 1) await sandbox.call('GET', '/limits');
    const { status, json, headers } = await sandbox.call('GET', '/limits');
    expect(status).toBe(403);
    expect(json).toEqual([
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
    expect(headers.get('sforce-limit-info')).toBe('api-usage=3/3');
    sandbox.clock.advance(25 * 3_600_000);
    await sandbox.connection.authorize({ grant_type: 'client_credentials' });
    expect((await sandbox.call('GET', '/limits')).status).toBe(200);
  });

  it('is not touched by signing in or listing versions', async () => {
    const response = await fetch(`${sandbox.url}/services/data`);
    expect(await response.json()).toContainEqual({
      label: 'API 60.0',
      url: '/services/data/v60.0',
      version: '60.0',
    });
    expect(sandbox.standIn.apiUsage.used).toBe(0);
  });
});
