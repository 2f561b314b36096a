// The call behind "Sync selected to Salesforce", against both stand-ins over HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, CallAnswer, CallName, CallParameters } from '../../src/api/contract.ts';
import { handleCall } from '../../src/api/handle.ts';
import { workOnRun } from '../../src/sync/runs/work.ts';
import { ADMIN } from '../support/callers.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function call<Name extends CallName>(
  name: Name,
  parameters: CallParameters<Name>,
): Promise<Answer<CallAnswer<Name>>> {
  return (await handleCall(name, parameters, world.services, ADMIN)) as Answer<CallAnswer<Name>>;
}

async function value<Name extends CallName>(name: Name, parameters: CallParameters<Name>) {
  const answer = await call(name, parameters);
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

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
