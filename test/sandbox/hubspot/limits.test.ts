// Rate limits under a virtual clock: buckets, headers, bodies (hubspot-api §2.2, §2.6, §7.11).
import { describe, expect, it } from 'vitest';
import {
  PROFESSIONAL_LIMITS,
  SANDBOX_OTHER_APP_TOKEN,
  SANDBOX_TOKEN,
} from '../../../src/sandbox/hubspot/stand-in.ts';
import { refusal, servePortal, START } from './support.ts';

const PAGE = '/crm/v3/objects/contacts?limit=1';
const SEARCH = '/crm/v3/objects/contacts/search';

function rateHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.includes('ratelimit')));
}

describe('The rolling ten seconds of an app', () => {
  it('shows what is left in the headers', async () => {
    const { call } = await servePortal({ rateLimits: PROFESSIONAL_LIMITS });
    await call('GET', PAGE);
    const { headers } = await call('GET', PAGE);
    expect(rateHeaders(headers)).toEqual({
      'x-hubspot-ratelimit-max': '190',
      'x-hubspot-ratelimit-remaining': '188',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': '625000',
      'x-hubspot-ratelimit-daily-remaining': '624998',
    });
  });

  it('refuses the 191st call and allows it as the first ones age', async () => {
    const { call, clock } = await servePortal({ rateLimits: PROFESSIONAL_LIMITS });
    for (let made = 0; made < 190; made += 1) {
      if (made === 100) clock.advance(4000);
      expect((await call('GET', PAGE)).status).toBe(200);
    }
    const refused = await call('GET', PAGE);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-hubspot-ratelimit-remaining')).toBe('0');
    expect(refused.body).toMatchObject({
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
    });
    expect(refused.body).toHaveProperty('groupName');
    expect(refused.body).toHaveProperty('correlationId');
    clock.advance(5999);
    expect((await call('GET', PAGE)).status).toBe(429);
    clock.advance(1);
    const allowed = await call('GET', PAGE);
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('x-hubspot-ratelimit-remaining')).toBe('99');
  });

  it('is counted per app', async () => {
    const { call } = await servePortal({ rateLimits: { burst: 1, search: 5, daily: 100 } });
    expect((await call('GET', PAGE)).status).toBe(200);
    expect((await call('GET', PAGE)).status).toBe(429);
    expect((await call('GET', PAGE, undefined, SANDBOX_OTHER_APP_TOKEN)).status).toBe(200);
  });

  it('counts refused calls for nothing and answers them with the headers too', async () => {
    const { call } = await servePortal({ rateLimits: { burst: 3, search: 5, daily: 100 } });
    const missing = await call('GET', '/crm/v3/objects/contacts/17');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('x-hubspot-ratelimit-remaining')).toBe('2');
  });

  it('reaches the client as an ApiException with the parsed body', async () => {
    const { client } = await servePortal({ rateLimits: { burst: 0, search: 0, daily: 100 } });
    const refused = await refusal(client.crm.contacts.basicApi.getPage(1));
    expect(refused).toMatchObject({ code: 429, body: { policyName: 'TEN_SECONDLY_ROLLING' } });
  });
});

describe('Searches', () => {
  it('are five a second for the whole account, without headers, in a bucket of their own', async () => {
    const { call, clock } = await servePortal({
      rateLimits: { burst: 1, search: 5, daily: 1000 },
    });
    const search = (token: string) => call('POST', SEARCH, {}, token);
    for (const token of [
      SANDBOX_TOKEN,
      SANDBOX_OTHER_APP_TOKEN,
      SANDBOX_TOKEN,
      SANDBOX_TOKEN,
      SANDBOX_TOKEN,
    ]) {
      const answer = await search(token);
      expect(answer.status).toBe(200);
      expect(rateHeaders(answer.headers)).toEqual({});
    }
    const refused = await search(SANDBOX_OTHER_APP_TOKEN);
    expect(refused.status).toBe(429);
    expect(rateHeaders(refused.headers)).toEqual({});
    expect(refused.body).toMatchObject({
      message: 'You have reached your secondly limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'SECONDLY',
    });
    clock.advance(1000);
    expect((await search(SANDBOX_TOKEN)).status).toBe(200);
    expect((await call('GET', PAGE)).status).toBe(200);
  });
});

describe('The day', () => {
  it('ends the calls of the whole account until midnight', async () => {
    const { call, clock } = await servePortal({
      rateLimits: { burst: 190, search: 5, daily: 2 },
    });
    await call('GET', PAGE);
    await call('POST', SEARCH, {}, SANDBOX_OTHER_APP_TOKEN);
    const refused = await call('GET', PAGE);
    expect(refused).toMatchObject({ status: 429, body: { policyName: 'DAILY' } });
    clock.advance(Date.parse('2026-11-03T00:00:00Z') - START);
    expect((await call('GET', PAGE)).status).toBe(200);
  });
});
