// Salesforce's change events end to end: the stand-in's Pub/Sub API, the real adapter, the queue, both CRMs. What
// the events bring, polling doesn't have to; what they can't bring, it does.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChangeIntake } from '../../src/jobs/change-intake.ts';
import type { JobQueue } from '../../src/jobs/port.ts';
import { createChangeEvents } from '../../src/salesforce/change-events/pubsub.ts';
import {
  servePubSub,
  type RunningPubSub,
} from '../../src/sandbox/salesforce/events/pubsub-server.ts';
import { REFUSALS } from '../../src/sandbox/salesforce/events/refusals.ts';
import { LiveSync } from '../../src/sync/live.ts';
import { QUICK } from '../salesforce/quick-events.ts';
import { aPerson, properties, type Person } from './support/people.ts';
import { startWorking } from './support/working.ts';
import { createWorld, type World } from './support/world.ts';

const PATIENT = { timeout: 30_000, interval: 20 };

let world: World;
let pubSub: RunningPubSub;
let queue: JobQueue;
let intake: ChangeIntake;
let ada: Person;

beforeEach(async () => {
  world = await createWorld();
  ada = await aPerson(world);
  world.salesforce.events.select(['Lead', 'Contact']);
  pubSub = await servePubSub(world.salesforce);
  await world.configure({ salesforceEvents: true });
  const live = new LiveSync(world.pipeline);
  intake = new ChangeIntake({
    store: world.pipeline.ports.store,
    queue: { add: (keys) => queue.add(keys) },
    open: () =>
      Promise.resolve(
        createChangeEvents(world.configuration.salesforce, {
          endpoint: pubSub.endpoint,
          patience: QUICK,
        }),
      ),
    look: () => live.look('salesforce'),
    beatMs: 50,
  });
  intake.start();
  await reached('connected');
  queue = await startWorking(
    world.pipeline,
    () => undefined,
    () => intake.state.kind === 'connected',
  );
});

afterEach(async () => {
  await intake.stop();
  await queue.stop();
  await pubSub.close();
  await world.close();
});

const reached = (kind: ChangeIntake['state']['kind']): Promise<void> =>
  vi.waitFor(() => {
    expect(intake.state.kind).toBe(kind);
  }, PATIENT);

const arrived = (property: string, value: string): Promise<void> =>
  vi.waitFor(() => {
    expect(properties(world, ada.contactId)[property]).toBe(value);
  }, PATIENT);

const edit = (fields: Record<string, string>): void => {
  world.salesforce.org.update('Lead', ada.salesforceId, fields);
};

describe('with change events', () => {
  it('an edit in Salesforce arrives though Salesforce is hardly polled', async () => {
    edit({ Phone: '+49 1' });
    await arrived('phone', '+49 1');
    world.resetCalls();
    edit({ Phone: '+49 2' });
    await arrived('phone', '+49 2');
    edit({ Phone: '+49 3' });
    await arrived('phone', '+49 3');
    // The reads of what was named, and at the most one look.
    expect(world.salesforce.calls.total).toBeLessThan(12);
  });

  it('polling brings what changes once Salesforce refuses them, and the events do when it doesn’t', async () => {
    pubSub.refuse(REFUSALS.deliveryLimit);
    pubSub.dropStreams(REFUSALS.deliveryLimit);
    await reached('refused');
    edit({ Phone: '+49 4' });
    await arrived('phone', '+49 4');
    pubSub.refuse(null);
    await reached('connected');
    edit({ Phone: '+49 5' });
    await arrived('phone', '+49 5');
  });

  it('what a gap doesn’t tell is found by looking', async () => {
    edit({ Phone: '+49 6' });
    await arrived('phone', '+49 6');
    world.salesforce.events.select([]);
    edit({ Phone: '+49 7' });
    world.salesforce.events.select(['Lead', 'Contact']);
    world.salesforce.events.tellGap('Lead', 'GAP_OVERFLOW', ['000000000000000AAA']);
    await arrived('phone', '+49 7');
  });
});
