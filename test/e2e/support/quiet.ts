// A converged person costs no write: another look at everybody sends nothing to either CRM, and looking at the
// person again, both sides read and planned afresh, finds nothing to send.
import { expect } from 'vitest';
import { sendsSomething } from '../../../src/engine/plan.ts';
import type { RecordKey } from '../../../src/engine/records.ts';
import type { World } from './world.ts';

// Reads are POSTs too, to `search`, `batch/read` and to the collection of one Salesforce object.
const WRITE = new RegExp(
  [
    String.raw`batch/(create|update|upsert|archive|associate)|unsubscribe|^PUT `,
    String.raw`^(PATCH|DELETE) |^POST /composite/sobjects$|^POST /sobjects/`,
  ].join('|'),
);

type Sides = Pick<World, 'hubspot' | 'salesforce'>;

const writesIn = ({ hubspot, salesforce }: Sides): [call: string, count: number][] =>
  [hubspot.calls, salesforce.calls, salesforce.subrequests]
    .flatMap((calls) => Object.entries(calls.byEndpoint()))
    .filter(([call]) => WRITE.test(call));

/** How many calls, and parts of composite calls, have written something. */
export const writesOf = (sides: Sides): number =>
  writesIn(sides).reduce((sum, [, count]) => sum + count, 0);

export const inHubSpot = (id: string): RecordKey => ({ side: 'hubspot', id });

export async function expectQuiet(world: World, ...people: readonly RecordKey[]): Promise<void> {
  world.resetCalls();
  world.salesforce.subrequests.reset();
  await world.settle();
  expect(writesIn(world).map(([call]) => call)).toEqual([]);
  const planned = await world.pipeline.dryRun(people.map((key) => ({ key })));
  expect(planned.length).toBeGreaterThanOrEqual(people.length);
  expect(planned.filter(({ plan }) => sendsSomething(plan)).map(({ plan }) => plan)).toEqual([]);
}

/** Whoever somebody is paired with, in words for `expectQuiet`: the record of an object. */
export const inOrg = (object: 'Lead' | 'Contact', id: string): RecordKey => ({
  side: 'salesforce',
  object,
  id,
});
