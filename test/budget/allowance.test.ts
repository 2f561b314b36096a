// The one decision about the budget, over any order of work.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DAY_MS,
  HOUR_MS,
  hourStart,
  NEW_ACCOUNT,
  totalOf,
  usedNow,
  withCalls,
  type Account,
} from '../../src/budget/account.ts';
import {
  allowance,
  ASSUMED_LIMIT,
  ceilingOf,
  PROBE_MS,
  SHARE,
} from '../../src/budget/allowance.ts';
import { CALL_CLASSES, type CallClass } from '../../src/engine/call-budget.ts';
import type { Crm } from '../../src/engine/failures.ts';

const NOW = Date.parse('2026-11-23T10:30:00Z');

const crms = fc.constantFrom<Crm>('HubSpot', 'Salesforce');
const classes = fc.constantFrom<CallClass>(...CALL_CLASSES);
const steps = fc.array(
  fc.record({
    cls: classes,
    wanted: fc.integer({ min: 1, max: 40 }),
    /** Minutes until the next. */
    pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
  }),
  { maxLength: 120 },
);

interface Granted {
  readonly at: number;
  readonly cls: CallClass;
  readonly calls: number;
}

/** Grants whatever is allowed, step after step. */
function worked(
  crm: Crm,
  budget: number,
  plan: readonly { cls: CallClass; wanted: number; pause: number }[],
): { granted: Granted[]; account: Account; now: number; refused: CallClass[] } {
  let account = NEW_ACCOUNT;
  let now = NOW;
  const granted: Granted[] = [];
  const refused: CallClass[] = [];
  for (const { cls, wanted, pause } of plan) {
    const answer = allowance({ crm, account, budget, cls, wanted, now });
    if (answer.granted > 0) {
      granted.push({ at: now, cls, calls: answer.granted });
      const start = hourStart(crm, account.timeZone, now);
      account = withCalls(account, crm, { start, cls, calls: answer.granted }, now);
    } else refused.push(cls);
    now += pause * 60_000;
  }
  return { granted, account, now, refused };
}

const sum = (granted: readonly Granted[]): number =>
  granted.reduce((total, { calls }) => total + calls, 0);

describe('The budget', () => {
  it('is never exceeded, in any HubSpot day nor any 24 hours of Salesforce’s', () => {
    fc.assert(
      fc.property(crms, fc.integer({ min: 1, max: 400 }), steps, (crm, budget, plan) => {
        const { granted } = worked(crm, budget, plan);
        for (const { at } of granted) {
          const inWindow = granted.filter((one) =>
            crm === 'Salesforce'
              ? one.at > at - DAY_MS && one.at <= at
              : Math.floor(one.at / DAY_MS) === Math.floor(at / DAY_MS),
          );
          expect(sum(inWindow)).toBeLessThanOrEqual(budget);
        }
      }),
    );
  });

  it('always has some left for what is live: runs and second tries stop before', () => {
    fc.assert(
      fc.property(crms, fc.integer({ min: 20, max: 400 }), steps, (crm, budget, plan) => {
        const background = plan.filter(({ cls }) => cls !== 'live');
        const { account, now, granted } = worked(crm, budget, background);
        const live = { crm, account, budget, cls: 'live' as const, wanted: 1, now };
        expect(allowance(live).granted).toBe(1);
        const used = totalOf(usedNow(account, crm, now));
        expect(used).toBeLessThanOrEqual(Math.floor(budget * SHARE.retry));
        const runs = granted.filter(({ cls }) => cls === 'runs');
        expect(runs.every(({ calls }) => calls <= budget * SHARE.runs)).toBe(true);
      }),
    );
  });

  it('gives a more urgent class, a larger budget and a less used one never less', () => {
    fc.assert(
      fc.property(
        crms,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 100 }),
        steps,
        classes,
        (crm, budget, more, plan, cls) => {
          const { account, now } = worked(crm, budget, plan);
          const ask = (over: { account?: Account; budget?: number; cls?: CallClass }): number =>
            allowance({ crm, account, budget, cls, wanted: 20, now, ...over }).granted;
          const given = ask({});
          expect(ask({ budget: budget + more })).toBeGreaterThanOrEqual(given);
          const urgent = CALL_CLASSES.slice(0, CALL_CLASSES.indexOf(cls) + 1);
          for (const other of urgent) expect(ask({ cls: other })).toBeGreaterThanOrEqual(given);
          const start = hourStart(crm, account.timeZone, now);
          const busier = withCalls(account, crm, { start, cls: 'live', calls: more }, now);
          expect(ask({ account: busier })).toBeLessThanOrEqual(given);
        },
      ),
    );
  });

  it('that is used up says when there is some again, and then there is', () => {
    fc.assert(
      fc.property(
        crms,
        fc.integer({ min: 1, max: 60 }),
        steps,
        classes,
        (crm, budget, plan, cls) => {
          const { account, now } = worked(crm, budget, plan);
          const answer = allowance({ crm, account, budget, cls, wanted: 1, now });
          fc.pre('until' in answer && Math.floor(budget * SHARE[cls]) > 0);
          if (!('until' in answer)) return;
          expect(answer.until).toBeGreaterThan(now);
          expect(answer.until).toBeLessThanOrEqual(now + DAY_MS + HOUR_MS);
          const later = { crm, account, budget, cls, wanted: 1, now: answer.until };
          expect(allowance(later).granted).toBe(1);
        },
      ),
    );
  });
});

describe('Without a budget of the admin’s', () => {
  it.each<[Crm, number]>([
    ['HubSpot', 0.9],
    ['Salesforce', 0.8],
  ])('a part of %s’s own limit is left to others', (crm, part) => {
    expect(ceilingOf(NEW_ACCOUNT, crm, null, NOW).calls).toBe(ASSUMED_LIMIT[crm] * part);
    const told = { limit: 100_000, used: 7_000, ours: 2_000, at: NOW };
    expect(ceilingOf({ ...NEW_ACCOUNT, told }, crm, null, NOW)).toEqual({
      calls: 100_000 * part - 5_000,
      alone: 100_000 * part,
    });
  });
});

describe('A limit that others use up', () => {
  const told = { limit: 1_000, used: 1_000, ours: 100, at: NOW };
  const start = hourStart('Salesforce', 'UTC', NOW);
  const account = withCalls(
    { ...NEW_ACCOUNT, told },
    'Salesforce',
    { start, cls: 'live', calls: 100 },
    NOW,
  );
  const ask = (now: number): ReturnType<typeof allowance> =>
    allowance({ crm: 'Salesforce', account, budget: 500, cls: 'live', wanted: 20, now });

  it('holds us back although the budget is not used up', () => {
    expect(ask(NOW)).toEqual({ granted: 0, until: NOW + PROBE_MS });
  });

  it('is asked about with one call now and then', () => {
    expect(ask(NOW + PROBE_MS)).toEqual({ granted: 1, probes: true });
  });

  it('lowers the ceiling to what is left', () => {
    const some = { ...account, told: { ...told, used: 750 } };
    expect(ceilingOf(some, 'Salesforce', 500, NOW).calls).toBe(350);
    expect(ceilingOf(some, 'Salesforce', 200, NOW).calls).toBe(200);
  });
});
