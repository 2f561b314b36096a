// Change events into the queue: the real adapter on the stand-in's Pub/Sub API, and several processes over one
// database.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RecordKey } from '../../src/engine/records.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/settings.ts';
import { ChangeIntake, type IntakeState } from '../../src/jobs/change-intake.ts';
import { createChangeEvents } from '../../src/salesforce/change-events/pubsub.ts';
import { seededRandom, systemClock } from '../../src/sandbox/clock.ts';
import { serveStandIn } from '../../src/sandbox/http.ts';
import { servePubSub } from '../../src/sandbox/salesforce/events/pubsub-server.ts';
import { REFUSALS } from '../../src/sandbox/salesforce/events/refusals.ts';
import { createSalesforceStandIn } from '../../src/sandbox/salesforce/stand-in.ts';
import type { Store } from '../../src/store/port.ts';
import { openStore } from '../../src/store/postgres-store.ts';
import { clientCredentials } from '../salesforce/fixture.ts';
import { QUICK } from '../salesforce/quick-events.ts';
import { createTestDatabase } from '../support/database.ts';

const PATIENT = { timeout: 20_000, interval: 10 };
const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, PATIENT);

/** Who answers late for longer than this is dead. */
const STALE_MS = 600;
const BEAT_MS = 50;

interface Process {
  readonly intake: ChangeIntake;
  readonly states: IntakeState[];
  readonly ids: string[];
  looks: number;
  /** From now on this process does nothing any more, without a word. */
  die(): void;
}

async function start() {
  const standIn = createSalesforceStandIn({ clock: systemClock, random: seededRandom(7) });
  standIn.events.select(['Lead', 'Contact']);
  const running = await serveStandIn(standIn);
  const pubSub = await servePubSub(standIn, { keepaliveMs: 200 });
  const database = await createTestDatabase();
  const store = await openStore(database);
  const intakes: ChangeIntake[] = [];
  const buried = Promise.withResolvers<never>();
  buried.promise.catch(() => undefined);
  onTestFinished(async () => {
    buried.reject(new Error('this process is dead'));
    for (const intake of intakes) await intake.stop();
    await pubSub.close();
    await running.close();
    await store.close();
    await database.drop();
  });

  const open = (look: () => Promise<void> = () => Promise.resolve()): Process => {
    let isDead = false;
    const alive = <Value>(work: () => Promise<Value>): Promise<Value> =>
      isDead ? buried.promise : work();
    const cursors: Store['cursors'] = {
      get: (name) => alive(() => store.cursors.get(name)),
      set: (name, value) => alive(() => store.cursors.set(name, value)),
      replace: (name, known, value) => alive(() => store.cursors.replace(name, known, value)),
    };
    const ids: string[] = [];
    const states: IntakeState[] = [];
    const intake = new ChangeIntake({
      store: { settings: store.settings, cursors },
      queue: {
        add: (keys: readonly RecordKey[]) =>
          alive(() => Promise.resolve(void ids.push(...keys.map(({ id }) => id)))),
      },
      open: () =>
        Promise.resolve(
          createChangeEvents(clientCredentials(running.url), {
            endpoint: pubSub.endpoint,
            patience: QUICK,
          }),
        ),
      look: async () => {
        process.looks += 1;
        await look();
      },
      onState: (state) => states.push(state),
      beatMs: BEAT_MS,
      staleMs: STALE_MS,
    });
    const process: Process = {
      intake,
      states,
      ids,
      looks: 0,
      die: () => {
        isDead = true;
      },
    };
    intakes.push(intake);
    intake.start();
    return process;
  };
  const switchTo = async (salesforceEvents: boolean): Promise<void> => {
    const { version } = await store.settings.current();
    await store.settings.save(version, { ...DEFAULT_SETTINGS, salesforceEvents }, 'test', '');
  };
  const lead = (name: string): string =>
    standIn.org.insert('Lead', { LastName: name, Company: 'Acme' });
  return { standIn, pubSub, store, open, switchTo, lead };
}

const connected = (process: Process): Promise<void> =>
  until(() => {
    expect(process.intake.state).toEqual({ kind: 'connected' });
  });

describe('the intake of change events', () => {
  it('is off until it is switched on, and again after it is switched off, without a restart', async () => {
    const { pubSub, open, switchTo, lead } = await start();
    const process = open();
    expect(process.intake.state).toEqual({ kind: 'off' });
    await switchTo(true);
    await connected(process);
    const id = lead('Ada');
    await until(() => {
      expect(process.ids).toEqual([id]);
    });
    await switchTo(false);
    await until(() => {
      expect(process.intake.state).toEqual({ kind: 'off' });
      expect(pubSub.streams).toBe(0);
    });
  });

  it('goes on where it was after a restart', async () => {
    const { open, switchTo, lead, store } = await start();
    await switchTo(true);
    const first = open();
    await connected(first);
    const known = lead('Known');
    await until(() => {
      expect(first.ids).toEqual([known]);
    });
    await first.intake.stop();
    expect(await store.cursors.get('salesforce change events')).toMatchObject({
      Lead: expect.any(String) as string,
    });
    const missed = [lead('Missed 1'), lead('Missed 2')];
    const second = open();
    await until(() => {
      expect(second.ids).toEqual(missed);
    });
  });

  it('subscribes in one of several processes, and the others know how it goes', async () => {
    const { pubSub, open, switchTo, lead } = await start();
    await switchTo(true);
    const processes = [open(), open(), open()];
    for (const process of processes) await connected(process);
    expect(pubSub.subscribed).toBe(2);
    const id = lead('Once');
    await until(() => {
      expect(processes.flatMap(({ ids }) => ids)).toEqual([id]);
    });
  });

  it('is taken over when the process that subscribes dies, and nothing is lost', async () => {
    const { open, switchTo, lead, store } = await start();
    await switchTo(true);
    const first = open();
    await connected(first);
    const second = open();
    await connected(second);
    const before = lead('Before');
    await until(async () => {
      expect(first.ids).toEqual([before]);
      expect(await store.cursors.get('salesforce change events')).toHaveProperty('Lead');
    });
    first.die();
    const after = [lead('After 1'), lead('After 2')];
    await until(() => {
      expect(second.ids).toEqual(expect.arrayContaining(after));
    });
    expect(first.ids).toEqual([before]);
  });

  it('says why Salesforce refuses, in every process, and goes on by itself', async () => {
    const { pubSub, open, switchTo, standIn } = await start();
    standIn.events.select([]);
    await switchTo(true);
    const processes = [open(), open()];
    for (const { intake } of processes) {
      await until(() => {
        expect(intake.state).toMatchObject({
          kind: 'refused',
          why: expect.stringContaining('/data/LeadChangeEvent not found') as string,
        });
      });
    }
    standIn.events.select(['Lead', 'Contact']);
    for (const process of processes) await connected(process);
    pubSub.refuse(REFUSALS.deliveryLimit);
    pubSub.dropStreams();
    for (const { intake } of processes) {
      await until(() => {
        expect(intake.state.kind).toBe('refused');
      });
    }
  });

  it('looks after a gap, again and again until a look succeeds', async () => {
    const { open, switchTo, standIn, lead } = await start();
    let fails = true;
    const process = open(() =>
      fails ? Promise.reject(new Error('an outage')) : Promise.resolve(),
    );
    await switchTo(true);
    await connected(process);
    // The first subscription begins with a look.
    await until(() => {
      expect(process.looks).toBeGreaterThan(2);
    });
    fails = false;
    const looks = process.looks;
    await until(() => {
      expect(process.looks).toBe(looks + 1);
    });
    standIn.events.tellGap('Lead', 'GAP_OVERFLOW', ['000000000000000AAA']);
    await until(() => {
      expect(process.looks).toBe(looks + 2);
    });
    const id = lead('Still heard');
    await until(() => {
      expect(process.ids).toContain(id);
    });
  });

  it('is not thrown by events that come twice, late and in another order', async () => {
    const { open, switchTo, standIn, lead } = await start();
    Object.assign(standIn.events.disturbances, { twice: true, heldBackMs: 200 });
    await switchTo(true);
    const process = open();
    await connected(process);
    const ids = Array.from({ length: 40 }, (_, index) => lead(`Lead ${index}`));
    await until(() => {
      expect(new Set(process.ids)).toEqual(new Set(ids));
    });
    expect([...new Set(process.ids)]).not.toEqual(ids);
  });
});
