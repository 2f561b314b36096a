// The call behind "Sync selected to Salesforce", against both stand-ins over HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleCall } from '../../src/api/handle.ts';
import { workOnRun } from '../../src/sync/runs/work.ts';
import { ADMIN } from '../support/callers.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const { call, value } = adminOf(() => world);

describe('Syncing what is selected', () => {
  it('starts a run over just these contacts, each once', async () => {
    const { id } = world.hubspot.portal.create({ email: 'picked@example.com', lastname: 'Picked' });
    const run = await value('sync-selected', { contactIds: [id, id] });
    expect(run).toMatchObject({ kind: 'records', dry: false, startedBy: ADMIN.email });
    await workOnRun(world.pipeline, run.id);
    const { runs } = await value('get-runs', {});
    expect(runs[0]).toMatchObject({
      id: run.id,
      state: 'finished',
      counts: { seen: 1, created: 1 },
    });
    expect(
      world.salesforce.org.all('Lead').filter(({ Email }) => Email === 'picked@example.com'),
    ).toHaveLength(1);
  });

  it('is for anybody, as Sync now is', async () => {
    const answer = await handleCall('sync-selected', { contactIds: ['1'] }, world.services);
    expect(answer).toMatchObject({
      ok: true,
      value: { startedBy: 'somebody on the contacts page' },
    });
    const { id } = (answer as { value: { id: string } }).value;
    await value('control-run', { id, control: 'cancel' });
  });

  it.each([[[]], [['x']]])('refuses %j', async (contactIds) => {
    expect(await call('sync-selected', { contactIds })).toMatchObject({
      error: { code: 'INVALID_PARAMETERS', field: expect.stringMatching(/^contactIds/) as string },
    });
  });
});
