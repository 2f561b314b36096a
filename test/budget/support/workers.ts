// Budgets of several workers over one ledger, under a clock of their own.
import { ApiBudget, type BudgetOptions, type ObservedCall } from '../../../src/budget/budget.ts';
import { inClass } from '../../../src/budget/call-class.ts';
import type { Ledger } from '../../../src/budget/ledger.ts';
import type { CallAnswer, CallClass, TakenCall } from '../../../src/engine/call-budget.ts';
import type { Crm } from '../../../src/engine/failures.ts';
import { seededRandom, VirtualClock } from '../../../src/sandbox/clock.ts';

export const NOW = Date.parse('2026-11-23T10:30:00Z');

export const ANSWERED: CallAnswer = { status: 200, headers: {}, met: null, retryAfterMs: null };

export class Worker {
  readonly budget: ApiBudget;
  readonly observed: ObservedCall[] = [];

  constructor(
    ledger: Ledger,
    limits: Readonly<Record<Crm, number | null>>,
    clock: VirtualClock = new VirtualClock(NOW),
    options: Partial<BudgetOptions> = {},
  ) {
    this.budget = new ApiBudget({
      ledger,
      windows: null,
      budgets: () => Promise.resolve(limits),
      now: () => clock.now(),
      sleep: () => Promise.resolve(),
      random: seededRandom(5),
      onCall: (call) => this.observed.push(call),
      ...options,
    });
  }

  /** What was observed, but for the time it took. */
  calls(): Omit<ObservedCall, 'ms'>[] {
    return this.observed.map(({ crm, endpoint, class: cls, status }) => ({
      crm,
      endpoint,
      class: cls,
      status,
    }));
  }

  take(crm: Crm, cls: CallClass = 'live'): Promise<TakenCall> {
    return inClass(cls, () => this.budget.take({ crm, endpoint: 'GET limits', isSearch: false }));
  }

  /** Calls until there is no more; answers how many went out. */
  async drain(crm: Crm, cls: CallClass = 'live', most = 10_000): Promise<number> {
    for (let calls = 0; calls < most; calls += 1) {
      try {
        const taken = await this.take(crm, cls);
        taken.learn(ANSWERED);
      } catch (error) {
        if (error instanceof Error && error.name === 'RateLimited') return calls;
        throw error;
      }
    }
    return most;
  }
}
