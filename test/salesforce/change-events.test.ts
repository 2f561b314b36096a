// The real gRPC adapter on the stand-in's Pub/Sub API.
import { Connection } from 'jsforce';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RecordKey } from '../../src/engine/records.ts';
import type {
  ChangeEventsSubscription,
  EventsState,
  ReplayIds,
} from '../../src/salesforce/change-events-port.ts';
import { signIn } from '../../src/salesforce/credentials.ts';
import { overNetwork } from '../../src/salesforce/exchange.ts';
import { createSalesforce } from '../../src/salesforce/jsforce.ts';
import { createChangeEvents } from '../../src/salesforce/change-events/pubsub.ts';
import type { Patience } from '../../src/salesforce/change-events/object-stream.ts';
import { seededRandom, VirtualClock } from '../../src/sandbox/clock.ts';
import { serveStandIn } from '../../src/sandbox/http.ts';
import {
  servePubSub,
  type RunningPubSub,
} from '../../src/sandbox/salesforce/events/pubsub-server.ts';
import { REFUSALS } from '../../src/sandbox/salesforce/events/refusals.ts';
import {
  createSalesforceStandIn,
  type SalesforceStandIn,
} from '../../src/sandbox/salesforce/stand-in.ts';
import { clientCredentials, update } from './fixture.ts';
import { QUICK } from './quick-events.ts';

const PATIENT = { timeout: 15_000, interval: 10 };

interface Scene {
  readonly standIn: SalesforceStandIn;
  readonly org: SalesforceStandIn['org'];
  readonly clock: VirtualClock;
  readonly pubSub: RunningPubSub;
  readonly loginUrl: string;
}

async function start(keepaliveMs?: number): Promise<Scene> {
  const clock = new VirtualClock(Date.now());
  const standIn = createSalesforceStandIn({ clock, random: seededRandom(7) });
  standIn.events.select(['Lead', 'Contact']);
  const running = await serveStandIn(standIn);
  const pubSub = await servePubSub(standIn, keepaliveMs === undefined ? {} : { keepaliveMs });
  onTestFinished(async () => {
    await pubSub.close();
    await running.close();
  });
  return { standIn, org: standIn.org, clock, pubSub, loginUrl: running.url };
}

interface Heard {
  readonly keys: RecordKey[];
  readonly ids: () => string[];
  readonly replayIds: Record<string, string>;
  readonly states: EventsState[];
  gaps: number;
  /** What the next batches of keys meet. */
  onKeys: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const subscriptions: ChangeEventsSubscription[] = [];
afterEach(async () => {
  for (const subscription of subscriptions.splice(0)) await subscription.stop();
});

function listen(scene: Scene, from: ReplayIds = {}, patience: Partial<Patience> = QUICK): Heard {
  const keys: RecordKey[] = [];
  const replayIds: Record<string, string> = { ...from };
  const states: EventsState[] = [];
  const heard: Heard = {
    keys,
    ids: () => keys.map(({ id }) => id),
    replayIds,
    states,
    gaps: 0,
    onKeys: () => Promise.resolve(),
    stop: () => subscription.stop(),
  };
  const events = createChangeEvents(clientCredentials(scene.loginUrl), {
    endpoint: scene.pubSub.endpoint,
    patience,
    random: () => 0.5,
  });
  const subscription = events.subscribe(from, {
    onKeys: async (batch) => {
      await heard.onKeys();
      keys.push(...batch);
    },
    onReplayId: (object, replayId) => Promise.resolve(void (replayIds[object] = replayId)),
    onGap: () => Promise.resolve(void (heard.gaps += 1)),
    onState: (state) => states.push(state),
  });
  subscriptions.push(subscription);
  return heard;
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, PATIENT);
const connected = (heard: Heard): Promise<void> =>
  until(() => {
    expect(heard.states.at(-1)).toEqual({ kind: 'connected' });
  });
const accessTokenAt = async (loginUrl: string): Promise<string> =>
  (await signIn(clientCredentials(loginUrl), overNetwork(10_000))).accessToken;
const lead = (org: Scene['org'], name: string): string =>
  org.insert('Lead', { LastName: name, Company: 'Acme' });

describe('change events', () => {
  it('name the records that are made, edited, deleted and restored', async () => {
    const scene = await start();
    const heard = listen(scene);
    await connected(heard);
    const id = lead(scene.org, 'Ada');
    const contact = scene.org.insert('Contact', { LastName: 'Bo' });
    scene.org.update('Lead', id, { Phone: '1' });
    scene.org.remove('Lead', id);
    scene.org.undelete('Lead', id);
    await until(() => {
      expect(heard.ids().filter((each) => each === id)).toHaveLength(4);
      expect(heard.keys).toContainEqual({ side: 'salesforce', object: 'Contact', id: contact });
    });
  });

  it('name nobody whom Tandem wrote itself, and everybody another app wrote', async () => {
    const scene = await start();
    const heard = listen(scene);
    await connected(heard);
    const id = lead(scene.org, 'Ada');
    const { records } = createSalesforce(clientCredentials(scene.loginUrl));
    await records.write([update(id, { Company: 'Own' })]);
    await new Connection({
      instanceUrl: scene.loginUrl,
      accessToken: await accessTokenAt(scene.loginUrl),
    })
      .sobject('Lead')
      .update({ Id: id, Company: 'Theirs' });
    await until(() => {
      expect(heard.ids()).toEqual([id, id]);
    });
    expect(scene.pubSub.delivered).toBe(3);
  });

  it('ask for a look once, when a subscription begins without a replay id', async () => {
    const scene = await start();
    const heard = listen(scene);
    await connected(heard);
    expect(heard.gaps).toBe(2);
  });

  it('go on behind the replay id: nothing is lost between two subscriptions', async () => {
    const scene = await start();
    const first = listen(scene);
    await connected(first);
    const ids = [lead(scene.org, 'One')];
    await until(() => {
      expect(first.replayIds.Lead).toBeDefined();
    });
    await first.stop();
    for (let index = 0; index < 250; index += 1) ids.push(lead(scene.org, `Away ${index}`));
    const second = listen(scene, { Lead: first.replayIds.Lead ?? '' });
    await until(() => {
      expect(new Set([...first.ids(), ...second.ids()])).toEqual(new Set(ids));
    });
    expect(second.ids()).toHaveLength(250);
  });

  it('never move the replay id past keys that could not be kept', async () => {
    const scene = await start();
    const heard = listen(scene);
    await connected(heard);
    const first = lead(scene.org, 'Kept');
    await until(() => {
      expect(heard.ids()).toEqual([first]);
    });
    const before = heard.replayIds.Lead;
    let refused = 0;
    heard.onKeys = () => {
      refused += 1;
      return Promise.reject(new Error('the database is away'));
    };
    const id = lead(scene.org, 'Twice');
    await until(() => {
      expect(refused).toBeGreaterThan(1);
    });
    expect(heard.replayIds.Lead).toBe(before);
    heard.onKeys = () => Promise.resolve();
    await until(() => {
      expect(heard.ids()).toEqual([first, id]);
      expect(heard.replayIds.Lead).not.toBe(before);
    });
  });

  it('keep at most 100 events in hand while the keys are being kept', async () => {
    const scene = await start();
    let open = (): void => undefined;
    const heard = listen(scene);
    heard.onKeys = () => new Promise((resolve) => (open = resolve));
    await connected(heard);
    const first = lead(scene.org, 'First');
    for (let index = 0; index < 300; index += 1) lead(scene.org, `More ${index}`);
    await until(() => {
      expect(scene.pubSub.delivered).toBe(100);
    });
    expect(heard.keys).toHaveLength(0);
    heard.onKeys = () => Promise.resolve();
    open();
    await until(() => {
      expect(heard.keys).toHaveLength(301);
    });
    expect(heard.ids()[0]).toBe(first);
  });

  it('remember how far the stream is from keepalives, though nothing happens', async () => {
    const scene = await start(50);
    const heard = listen(scene);
    await until(() => {
      expect(Object.keys(heard.replayIds).toSorted()).toEqual(['Contact', 'Lead']);
    });
    expect(heard.keys).toEqual([]);
  });

  it('take a gap for keys and a look, and an overflow for a look', async () => {
    const scene = await start();
    const heard = listen(scene);
    await connected(heard);
    const id = lead(scene.org, 'Ada');
    await until(() => {
      expect(heard.ids()).toEqual([id]);
    });
    const before = heard.gaps;
    scene.standIn.events.tellGap('Lead', 'GAP_UPDATE', [id]);
    await until(() => {
      expect(heard.ids()).toEqual([id, id]);
      expect(heard.gaps).toBe(before + 1);
    });
    scene.standIn.events.tellGap('Lead', 'GAP_OVERFLOW', ['000000000000000AAA']);
    scene.standIn.events.tellGap('Lead', 'UPDATE', ['00Q*']);
    await until(() => {
      expect(heard.gaps).toBeGreaterThan(before + 1);
    });
    expect(heard.ids()).toEqual([id, id]);
  });

  it('begin anew, with a look, behind a replay id that is older than 72 hours', async () => {
    const scene = await start();
    const heard = listen(scene);
    await connected(heard);
    lead(scene.org, 'Old');
    await until(() => {
      expect(heard.replayIds.Lead).toBeDefined();
    });
    await heard.stop();
    lead(scene.org, 'Missed');
    scene.clock.advance(73 * 3_600_000);
    const later = listen(scene, heard.replayIds);
    await connected(later);
    expect(later.gaps).toBeGreaterThan(0);
    const id = lead(scene.org, 'New');
    await until(() => {
      expect(later.ids()).toEqual([id]);
    });
  });

  it('connect again by themselves when the stream breaks', async () => {
    const scene = await start();
    const heard = listen(scene);
    await connected(heard);
    const ids = [lead(scene.org, 'Before')];
    await until(() => {
      expect(heard.ids()).toEqual(ids);
    });
    const before = scene.pubSub.subscribed;
    scene.pubSub.dropStreams();
    ids.push(lead(scene.org, 'During'));
    await until(() => {
      expect(scene.pubSub.subscribed).toBe(before + 2);
      expect(heard.ids()).toEqual(ids);
    });
    expect(heard.states).toContainEqual({ kind: 'connecting' });
    await connected(heard);
  });

  it('leave a stream that has fallen silent for another', async () => {
    const scene = await start(60_000);
    const heard = listen(scene, {}, { ...QUICK, silenceMs: 150 });
    await until(() => {
      expect(scene.pubSub.subscribed).toBeGreaterThan(4);
      expect(scene.pubSub.streams).toBeLessThanOrEqual(2);
    });
    const id = lead(scene.org, 'Heard');
    await until(() => {
      expect(heard.ids()).toContain(id);
    });
  });

  it('sign in again when the session is over', async () => {
    const scene = await start();
    const heard = listen(scene);
    await connected(heard);
    scene.standIn.expireSessions();
    scene.pubSub.dropStreams(REFUSALS.auth);
    await until(() => {
      expect(scene.pubSub.subscribed).toBe(4);
    });
    await connected(heard);
    expect(heard.states.map(({ kind }) => kind)).not.toContain('refused');
  });

  it('say why Salesforce refuses, and go on once it doesn’t', async () => {
    const scene = await start();
    scene.standIn.events.select(['Lead']);
    const heard = listen(scene);
    await until(() => {
      expect(heard.states.at(-1)).toEqual({
        kind: 'refused',
        why: `The topic information for org CORE/prod/${scene.standIn.organizationId} and topic /data/ContactChangeEvent not found. Ensure the topic name is correct and that the topic exists.`,
      });
    });
    scene.standIn.events.select(['Lead', 'Contact']);
    await connected(heard);
    scene.pubSub.refuse(REFUSALS.deliveryLimit);
    scene.pubSub.dropStreams(REFUSALS.deliveryLimit);
    await until(() => {
      expect(heard.states.at(-1)).toEqual({
        kind: 'refused',
        why: 'You have exceeded the event delivery limit for your org.',
      });
    });
    scene.pubSub.refuse(null);
    await connected(heard);
  });

  it('begin soon after an object was selected, long before another refusal is asked about', async () => {
    const scene = await start();
    scene.standIn.events.select(['Lead']);
    const patience = { ...QUICK, refusedPauseMs: 60_000 };
    const heard = listen(scene, {}, patience);
    await until(() => {
      expect(heard.states.at(-1)).toMatchObject({ kind: 'refused' });
    });
    scene.standIn.events.select(['Lead', 'Contact']);
    await connected(heard);
  });

  it('say it when sessions are refused for good', async () => {
    const scene = await start();
    scene.pubSub.refuse(REFUSALS.auth);
    const heard = listen(scene);
    await until(() => {
      expect(heard.states.at(-1)).toMatchObject({ kind: 'refused' });
    });
  });

  it('close their streams when they are stopped', async () => {
    const scene = await start();
    const heard = listen(scene);
    await connected(heard);
    expect(scene.pubSub.streams).toBe(2);
    await heard.stop();
    await until(() => {
      expect(scene.pubSub.streams).toBe(0);
    });
    lead(scene.org, 'Unheard');
    expect(heard.keys).toEqual([]);
  });
});
