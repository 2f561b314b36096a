// Undoing a whole run: what it would do, what it does, what stays and why, and what may not be undone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlRun, startRun } from '../../src/sync/runs/control.ts';
import { workOnRun } from '../../src/sync/runs/work.ts';
import type { RunRequestInput } from '../../src/sync/runs/request.ts';
import { aPerson } from '../e2e/support/people.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const { call, value } = adminOf(() => world);

type Person = Awaited<ReturnType<typeof aPerson>>;
const website = ({ contactId }: Person) => world.hubspot.portal.get(contactId)?.properties.website;

async function done(request: RunRequestInput, dry = false) {
  const { id } = await startRun(world.pipeline, request, { dry, startedBy: 'test' });
  const run = await workOnRun(world.pipeline, id);
  if (run?.state !== 'finished') throw new Error(`the run is ${String(run?.state)}`);
  return run;
}

/** People whom a run brings a new website, and one whom it creates. */
async function aRun(count: number) {
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1)
    people.push(await aPerson(world, { Website: `https://old${index}.example.com` }));
  await world.settle();
  for (const person of people)
    world.salesforce.org.update('Lead', person.salesforceId, {
      Website: 'https://new.example.com',
    });
  const Email = `fresh${people[0]?.salesforceId ?? ''}@example.com`;
  world.salesforce.org.insert('Lead', { LastName: 'Fresh', Company: 'Acme', Email });
  const run = await done({ kind: 'import', scope: { object: 'Lead' } });
  expect(people.map(website)).toEqual(people.map(() => 'https://new.example.com'));
  return { people, run, Email };
}

const undo = (runId: string): RunRequestInput => ({ kind: 'undo', scope: { runId } });

describe('Undoing a run', () => {
  it('says what it would do, takes back what nobody changed since, and tells what stays and why', async () => {
    const { people, run, Email } = await aRun(3);
    const [ada, , cleo] = people;
    if (!ada || !cleo) throw new Error('nobody is there');
    world.hubspot.portal.update(cleo.contactId, { website: 'https://typed.example.com' });

    const preview = await value('preview-undo', { runId: run.id });
    expect(preview).toMatchObject({ values: 3, created: 1, restored: 2, kept: 1, isAll: true });
    expect(preview.sentences).toEqual([
      '2 values would go back; 1 value stays as it is.',
      '1 record that it created is not deleted, and stays paired.',
    ]);
    expect(preview.stays.map(({ reason }) => reason?.code).sort()).toEqual([
      'UNDO_CHANGED_SINCE',
      'UNDO_CREATED',
    ]);

    const dry = await done(undo(run.id), true);
    expect(dry.counts).toMatchObject({ updated: 2, restored: 2, kept: 1 });
    expect(website(ada)).toBe('https://new.example.com');

    const started = await value('start-run', { request: undo(run.id) });
    expect(started).toMatchObject({
      title: 'Undo of a run',
      scope: `What run ${run.id} wrote (Import from Salesforce)`,
      state: 'waiting',
    });
    const undone = await workOnRun(world.pipeline, started.id);
    expect(undone).toMatchObject({
      state: 'finished',
      counts: { updated: 2, skipped: 2, restored: 2, kept: 1 },
    });
    // What was typed is the rule’s matter, as ever.
    expect(people.map(website)).toEqual([
      'https://old0.example.com',
      'https://old1.example.com',
      'https://new.example.com',
    ]);
    // Created, and still there and paired.
    expect(world.hubspot.portal.byEmail(Email)).toBeDefined();
    const { records } = await value('get-run-records', { id: started.id });
    expect(records.map(({ outcome, reason }) => [outcome, reason?.code]).sort()).toEqual([
      ['Stays as it is', 'UNDO_CHANGED_SINCE'],
      ['Stays as it is', 'UNDO_CREATED'],
    ]);
    // And it stays that way: Salesforce’s value waits until it changes there.
    await world.settle();
    await done({ kind: 'everything', scope: {} });
    expect(website(ada)).toBe('https://old0.example.com');

    const { runs } = await value('get-runs', {});
    expect(runs.find(({ id }) => id === run.id)).toMatchObject({
      undoable: true,
      undoneBy: { id: started.id, state: 'finished' },
    });
    const { moments } = await value('get-history', { contactId: ada.contactId });
    expect(moments[0]?.by).toBe('Undone by admin@example.com');
    const [entry] = await world.pipeline.ports.store.history.page({ runId: started.id }, null, 1);
    expect(entry).toMatchObject({ cause: 'undo', runId: started.id });
  });

  it('can itself be undone', async () => {
    const { people, run } = await aRun(1);
    const taken = await done(undo(run.id));
    expect(people.map(website)).toEqual(['https://old0.example.com']);
    await done(undo(taken.id));
    expect(people.map(website)).toEqual(['https://new.example.com']);
  });

  it('waits while it is paused, and finds what it has put back when it comes again', async () => {
    const { people, run } = await aRun(2);
    const started = await startRun(world.pipeline, undo(run.id), { startedBy: 'test' });
    await controlRun(world.pipeline, started.id, 'pause');
    expect(await workOnRun(world.pipeline, started.id)).toBeNull();
    expect(people.map(website)).not.toContain('https://old0.example.com');
    await controlRun(world.pipeline, started.id, 'resume');
    // Done again after a crash, a page finds its values there.
    await workOnRun(world.pipeline, started.id);
    const again = await done(undo(run.id));
    expect(again.counts).toMatchObject({ restored: 0, updated: 0 });
    expect(people.map(website)).toEqual(['https://old0.example.com', 'https://old1.example.com']);
  });

  it('is refused where there is nothing to undo, or not yet', async () => {
    const { run } = await aRun(1);
    const code = async (runId: string) => {
      const answer = await call('start-run', { request: { kind: 'undo', scope: { runId } } });
      return answer.ok ? 'started' : answer.error.code;
    };
    expect(await code('404')).toBe('RUN_NOT_FOUND');
    const dry = await done({ kind: 'import', scope: { object: 'Lead' } }, true);
    expect(await code(dry.id)).toBe('RUN_WAS_DRY');
    const idle = await done({ kind: 'import', scope: { object: 'Lead' } });
    expect(await code(idle.id)).toBe('NOTHING_TO_UNDO');
    const open = await startRun(world.pipeline, { kind: 'push', scope: {} }, { startedBy: 'test' });
    expect(await code(open.id)).toBe('RUN_NOT_OVER');
    await controlRun(world.pipeline, open.id, 'cancel');
    expect(await code(run.id)).toBe('started');
    expect(await code(run.id)).toBe('ALREADY_BEING_UNDONE');
  });
});
