// Salesforce stamps whole seconds: what happened within one is told apart by the rows themselves, whichever
// worker saw them.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { servicesFor, type ApiServices } from '../../src/api/services.ts';
import { LiveSync } from '../../src/sync/live.ts';
import { aPerson, properties } from '../e2e/support/people.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

let world: World;
let other: ApiServices;
beforeAll(async () => {
  world = await createWorld();
  other = await servicesFor(world.configuration, { maxConnections: 2 });
  await other.pipeline.workspaces.current();
});
afterAll(async () => {
  await other.close();
  await world.close();
});

it('a record that is within one second as it was before is seen, though another worker saw what was between', async () => {
  const { contactId, salesforceId } = await aPerson(world);
  const one = new LiveSync(world.pipeline);
  const two = new LiveSync(other.pipeline);
  await vi.waitFor(() => {
    expect(Date.now() % 1_000).toBeLessThan(100);
  }, 5_000);
  const enter = (City: string): void => {
    world.salesforce.org.update('Lead', salesforceId, { City });
  };
  enter('Bonn');
  await one.look('salesforce');
  enter('Ulm');
  await two.look('salesforce');
  expect(properties(world, contactId).city).toBe('Ulm');
  enter('Bonn');
  await one.look('salesforce');
  expect(properties(world, contactId).city).toBe('Bonn');
});
