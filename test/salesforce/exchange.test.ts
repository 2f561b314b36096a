// The adapter without a network: sign-in, calls and failures over a function in the same process.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seededRandom, VirtualClock } from '../../src/sandbox/clock.ts';
import { createSalesforceStandIn } from '../../src/sandbox/salesforce/stand-in.ts';
import type { Exchange } from '../../src/salesforce/exchange.ts';
import { createSalesforce } from '../../src/salesforce/jsforce.ts';
import { clientCredentials, create, FIELDS, rejectionOf } from './fixture.ts';

const HOME = 'https://acme.my.salesforce.com';

function inProcess() {
  const standIn = createSalesforceStandIn({
    clock: new VirtualClock(Date.parse('2026-11-23T10:00:00Z')),
    random: seededRandom(7),
  });
  const urls: string[] = [];
  let broken = 0;
  const exchange: Exchange = ({ method, url, headers, body }) => {
    const { pathname: path, searchParams: query, origin } = new URL(url);
    urls.push(`${origin}${path}`);
    if (broken > 0) {
      broken -= 1;
      return Promise.reject(new Error('socket hang up'));
    }
    return Promise.resolve(standIn.handle({ method, path, query, headers, body }));
  };
  const waits: number[] = [];
  const salesforce = createSalesforce(clientCredentials(HOME), {
    exchange,
    random: () => 0.5,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  const breakNext = (calls: number): void => {
    broken = calls;
  };
  return { salesforce, standIn, org: standIn.org, urls, waits, breakNext };
}

describe('An exchange in place of the network', () => {
  beforeEach(() => {
    vi.stubGlobal('setTimeout', () => {
      throw new Error('a timer was started');
    });
    vi.stubGlobal('fetch', () => {
      throw new Error('the network was used');
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('carries sign-in, writes and reads, without a timer', async () => {
    const { salesforce, org, urls } = inProcess();
    const outcomes = await salesforce.records.write([create('101')]);
    const [lead] = org.all('Lead');
    expect(outcomes).toEqual([{ ok: true, id: lead?.['Id'] }]);
    const records = await salesforce.records.read(
      { ids: { Lead: [String(lead?.['Id'])], Contact: [] }, emails: [] },
      FIELDS,
    );
    expect(records).toHaveLength(1);
    expect(urls[0]).toBe(`${HOME}/services/oauth2/token`);
  });

  it('renews a session that is over, once', async () => {
    const { salesforce, standIn, urls } = inProcess();
    await salesforce.schema.organization();
    standIn.expireSessions();
    urls.length = 0;
    await Promise.all([salesforce.schema.users(), salesforce.schema.describe('Lead')]);
    expect(urls.filter((url) => url.endsWith('/token'))).toHaveLength(1);
  });

  it('repeats a call whose connection broke', async () => {
    const { salesforce, breakNext, waits } = inProcess();
    await salesforce.schema.organization();
    breakNext(2);
    await expect(salesforce.schema.users()).resolves.not.toHaveLength(0);
    expect(waits).toEqual([300, 600]);
  });

  it('ends in Unavailable when the connection stays broken', async () => {
    const { salesforce, breakNext } = inProcess();
    breakNext(100);
    expect(await rejectionOf(salesforce.schema.users())).toMatchObject({ name: 'Unavailable' });
  });
});
