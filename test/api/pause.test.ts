// A pause per direction, over HTTP to both stand-ins: what is new waits with a reason, and goes when it is over.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAfterPause } from '../../src/sync/runs/after-pause.ts';
import { workOnRun } from '../../src/sync/runs/work.ts';
import { aPerson, linkOf, linkOfRecord } from '../e2e/support/people.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const { value } = adminOf(() => world);

async function pause(paused: { toSalesforce: boolean; toHubSpot: boolean }) {
  const { version } = await value('get-settings', {});
  return value('save-settings', { baseVersion: version, parts: { paused } });
}

describe('While writing to HubSpot is paused', () => {
  it('nothing is written there, the other way goes on, and all of it follows when it is over', async () => {
    const person = await aPerson(world, { City: 'Bonn' });
    await pause({ toSalesforce: false, toHubSpot: true });
    const { org } = world.salesforce;
    org.update('Lead', person.salesforceId, { City: 'Rome' });
    world.hubspot.portal.update(person.contactId, { website: 'https://new.example.com' });
    const fresh = org.insert('Lead', { LastName: 'Fresh', Company: 'A', Email: 'fresh@x.io' });
    world.resetCalls();
    await world.settle();
    const written = Object.keys(world.hubspot.calls.byEndpoint());
    expect(written.filter((name) => /batch\/(create|update|archive)/.test(name))).toEqual([]);
    expect(world.hubspot.portal.get(person.contactId)?.properties.city).toBe('Bonn');
    expect(world.hubspot.portal.byEmail('fresh@x.io')).toBeUndefined();
    expect(org.get('Lead', person.salesforceId)?.Website).toBe('https://new.example.com');
    const waiting = { state: 'waiting', reason: { code: 'PAUSED_TO_HUBSPOT' }, retryAt: null };
    expect(await linkOf(world, person.contactId)).toMatchObject(waiting);
    expect(await linkOfRecord(world, fresh)).toMatchObject(waiting);
    const record = await value('sync-now', { contactId: person.contactId });
    expect(record.record.reason?.sentence).toContain('An admin has paused writing to HubSpot');
    expect(record.record.paused).toEqual({ toSalesforce: false, toHubSpot: true });
    // Nobody is looked for while it lasts.
    expect(await startAfterPause(world.pipeline, 'test')).toBeNull();

    await pause({ toSalesforce: false, toHubSpot: false });
    const { runs } = await value('get-runs', {});
    expect(runs[0]).toMatchObject({
      scope: 'Whoever waited while sync was paused',
      state: 'waiting',
    });
    await workOnRun(world.pipeline, runs[0]?.id ?? '');
    expect(world.hubspot.portal.get(person.contactId)?.properties.city).toBe('Rome');
    expect(world.hubspot.portal.byEmail('fresh@x.io')).toBeDefined();
    expect(await linkOf(world, person.contactId)).toMatchObject({ state: 'inSync', reason: null });
    expect(await startAfterPause(world.pipeline, 'test')).toBeNull();
  });
});
