// What the queue's handlers do with trouble: whoever can't be worked on for a while is left waiting with a time.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RateLimited, Unavailable } from '../../src/engine/failures.ts';
import { CADENCE } from '../../src/jobs/cadence.ts';
import { jobHandlers } from '../../src/jobs/handlers.ts';
import { MemoryJobs, MemoryQueue } from '../../src/jobs/memory-queue.ts';
import type { JobHandlers } from '../../src/jobs/port.ts';
import { LiveSync } from '../../src/sync/live.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { aPerson, linkOf } from '../e2e/support/people.ts';

let world: World;
let handlers: JobHandlers;
let failure: Error;
beforeAll(async () => {
  world = await createWorld();
  const { pipeline } = world;
  class Failing extends LiveSync {
    override sync(): Promise<number> {
      return Promise.reject(failure);
    }
  }
  const clock = { now: Date.now, sleep: () => Promise.resolve() };
  const queue = new MemoryQueue(new MemoryJobs(), clock);
  handlers = jobHandlers(pipeline, new Failing(pipeline), queue, { cadence: CADENCE });
});
afterAll(() => world.close());

it('leaves records waiting until the time that a limit names, without using up their tries', async () => {
  const { contactId } = await aPerson(world);
  failure = new RateLimited('HubSpot', 'the day’s calls are used up', 3_600_000);
  await handlers.records([{ side: 'hubspot', id: contactId }]);
  const link = await linkOf(world, contactId);
  expect(link).toMatchObject({ state: 'waiting', reason: { code: 'NOT_REACHED' } });
  const inMinutes = (Date.parse(link?.retryAt ?? '') - Date.now()) / 60_000;
  expect(inMinutes).toBeGreaterThan(55);
  expect(inMinutes).toBeLessThan(61);
});

it('has the queue try again after anything else', async () => {
  failure = new Unavailable('HubSpot', 'down');
  await expect(handlers.records([{ side: 'hubspot', id: '1' }])).rejects.toThrow('down');
});
