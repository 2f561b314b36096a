// Calls counted by day, class and endpoint, put down now and then. They are lost with a process that dies:
// nothing is decided by them.
import { DAY_MS } from './account.ts';
import type { CountedCalls, Ledger } from './ledger.ts';

export class CallCounts {
  readonly #ledger: Ledger;
  #waiting = new Map<string, CountedCalls>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  add(call: Omit<CountedCalls, 'calls'>, calls = 1): void {
    const name = [call.day, call.crm, call.cls, call.endpoint].join(' ');
    const before = this.#waiting.get(name)?.calls ?? 0;
    this.#waiting.set(name, { ...call, calls: before + calls });
  }

  /** What can't be put down now is with the next time. */
  async save(): Promise<void> {
    const rows = [...this.#waiting.values()];
    if (rows.length === 0) return;
    this.#waiting = new Map();
    try {
      await this.#ledger.count(rows);
    } catch {
      for (const { calls, ...call } of rows) this.add(call, calls);
    }
  }

  since(days: number, now: number): Promise<readonly CountedCalls[]> {
    return this.#ledger.counted(new Date(now - days * DAY_MS).toISOString().slice(0, 10));
  }
}
