// Formula fields that are mapped: their values change and no stamp moves, so no feed tells of it.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/sync/runs/control.ts';
import { field } from '../../src/sandbox/salesforce/schema/field.ts';
import type { FieldValue } from '../../src/sandbox/salesforce/values.ts';
import { NOTHING, writesIn } from './support/inclusion.ts';
import { aPerson, properties, type Person } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

const SCORE = field('Score__c', 'Score', 'double', {
  access: 'read',
  formula: 'Account.Score__c * 2',
  precision: 18,
  scale: 2,
});
const MAPPING = {
  hubspotProperty: 'numemployees_score',
  leadField: 'Score__c',
  contactField: 'Score__c',
  rule: 'alwaysSalesforce',
};
const FORMULAS = { kind: 'formulas', scope: {} } as const;

let world: World;
beforeAll(async () => {
  world = await createWorld({ extraFields: { Lead: [SCORE], Contact: [SCORE] } });
  await world.pipeline.ports.hubspot.schema.ensureProperties({ name: 'scores', label: 'Scores' }, [
    {
      name: MAPPING.hubspotProperty,
      label: 'Score',
      type: 'string',
      fieldType: 'text',
      description: '',
    },
  ]);
  world.refresh();
});
beforeEach(() => world.configure({ mappings: { custom: [MAPPING] } }));
afterAll(() => world.close());

/** What the formula says of a record from now on, as when something it looks at has changed. */
function worksOutAs({ salesforceId }: Person, score: number, object = 'Lead'): void {
  const { org } = world.salesforce;
  const row = org.get(object, salesforceId) ?? {};
  const stored = Object.entries(row).filter(
    (entry): entry is [string, FieldValue] => entry[1] === null || typeof entry[1] !== 'object',
  );
  org.seed([{ object, fields: { ...Object.fromEntries(stored), Score__c: score } }]);
}
const scoreOf = ({ contactId }: Person): string | undefined =>
  properties(world, contactId)[MAPPING.hubspotProperty];

describe('A look at formula fields', () => {
  it('brings what they say now, of leads and of contacts, and only that', async () => {
    const contact = await aPerson(world, {}, 'Contact');
    const lead = await aPerson(world);
    // Live sync reads whoever is stamped in the newest second again: nobody of interest.
    const second = Math.floor(Date.now() / 1_000);
    await vi.waitUntil(() => Math.floor(Date.now() / 1_000) > second, { timeout: 2_000 });
    const other = await aPerson(world);
    worksOutAs(lead, 12.5);
    worksOutAs(contact, 7, 'Contact');
    await world.settle();
    expect(scoreOf(lead)).toBeUndefined();
    const done = await run(world.pipeline, FORMULAS);
    expect(done).toMatchObject({
      state: 'finished',
      total: 3,
      counts: { seen: 3, updated: 2, unchanged: 1 },
    });
    expect(scoreOf(lead)).toBe('12.5');
    expect(scoreOf(contact)).toBe('7');
    expect(scoreOf(other)).toBeUndefined();
    expect(writesIn(world).salesforce).toBe(0);
  });

  it('writes nothing and reads nobody where they say what they said', async () => {
    world.resetCalls();
    await run(world.pipeline, FORMULAS);
    expect(writesIn(world)).toEqual(NOTHING);
    expect(world.hubspot.calls.total).toBe(0);
    // A count of both objects, and a page of each.
    expect(world.salesforce.calls.total).toBe(3);
  });

  it('takes no call where none is mapped', async () => {
    await world.configure({});
    world.resetCalls();
    const done = await run(world.pipeline, FORMULAS);
    expect(done).toMatchObject({ state: 'finished', total: 0, counts: { seen: 0 } });
    expect(world.salesforce.calls.total).toBe(0);
  });
});
