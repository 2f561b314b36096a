// The adapter without sockets: calls go straight to whoever answers them, and waiting is somebody else's.
import { describe, expect, it } from 'vitest';
import { createHubSpot } from '../../src/hubspot/api-client.ts';
import type { HubSpotPort } from '../../src/hubspot/port.ts';
import type { HttpAnswer, HttpCall } from '../../src/hubspot/transport.ts';
import { seededRandom } from '../../src/sandbox/clock.ts';
import {
  createHubSpotStandIn,
  SANDBOX_TOKEN,
  type HubSpotStandIn,
} from '../../src/sandbox/hubspot/stand-in.ts';
import { NOW, people, rejectionOf, WaitingClock } from './fixture.ts';

interface InProcess {
  readonly hubspot: HubSpotPort;
  readonly standIn: HubSpotStandIn;
  readonly clock: WaitingClock;
  /** What was called, in order. */
  readonly called: string[];
}

/** @param before may throw instead of letting a call through */
function inProcess(before: (count: number) => void = () => undefined): InProcess {
  const clock = new WaitingClock(NOW);
  const standIn = createHubSpotStandIn({ clock, random: seededRandom(3), indexLagMs: 0 });
  const called: string[] = [];
  const exchange = async (call: HttpCall): Promise<HttpAnswer> => {
    const { pathname, searchParams } = new URL(call.url);
    called.push(`${call.method} ${pathname}`);
    before(called.length);
    const { status, headers, body } = await standIn.handle({
      method: call.method,
      path: pathname,
      query: searchParams,
      headers: call.headers,
      body: call.body ?? '',
    });
    return { status, headers, text: body };
  };
  const hubspot = createHubSpot({
    accessToken: SANDBOX_TOKEN,
    baseUrl: 'https://hubspot.invalid',
    exchange,
    sleep: clock.sleep,
    now: () => clock.now(),
    random: () => 0.5,
  });
  return { hubspot, standIn, clock, called };
}

describe('Calls within the process', () => {
  it('do all that calls over HTTP do, on dated paths', async () => {
    const { hubspot, standIn, called } = inProcess();
    const outcomes = await hubspot.contacts.create(people(150));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(standIn.portal.size).toBe(150);
    expect(await hubspot.schema.account()).toEqual({ portalId: standIn.portalId });
    expect(called).toEqual([
      'POST /crm/objects/2026-09/contacts/batch/create',
      'POST /crm/objects/2026-09/contacts/batch/create',
      'GET /account-info/2026-09/details',
    ]);
  });

  it('that break are made again after a pause, in the time that was handed in', async () => {
    const { hubspot, clock, called } = inProcess((count) => {
      if (count < 3) throw new Error('connection reset');
    });
    await hubspot.schema.account();
    expect(called).toHaveLength(3);
    expect(clock.waits).toEqual([300, 600]);
  });

  it('that keep breaking are an outage', async () => {
    const { hubspot } = inProcess(() => {
      throw new Error('connection refused');
    });
    expect(await rejectionOf(hubspot.schema.account())).toMatchObject({
      name: 'Unavailable',
      cause: { message: 'connection refused' },
    });
  });
});
