// Where the processes keep their common accounts: in Postgres (`postgres-ledger.ts`), or in memory for one
// process and for simulations.
import type { CallClass } from '../engine/call-budget.ts';
import type { Crm } from '../engine/failures.ts';
import { NEW_ACCOUNT, type Account } from './account.ts';

export interface AccountRow {
  /** 0: nobody has written it yet. */
  readonly version: number;
  readonly account: Account;
}

/** Calls that were made on a day, for people to look at: nothing is decided by them. */
export interface CountedCalls {
  /** `2026-11-23`, in the portal's time zone for HubSpot. */
  readonly day: string;
  readonly crm: Crm;
  readonly cls: CallClass;
  readonly endpoint: string;
  readonly calls: number;
}

export interface Ledger {
  read(crm: Crm): Promise<AccountRow>;
  /** False when somebody else has written since `version` was read: nothing happened then. */
  write(crm: Crm, version: number, account: Account): Promise<boolean>;
  /** Adds to what was counted before. */
  count(calls: readonly CountedCalls[]): Promise<void>;
  /** What was counted on a day and after it, most calls first. */
  counted(since: string): Promise<readonly CountedCalls[]>;
}

export class MemoryLedger implements Ledger {
  readonly #rows = new Map<Crm, AccountRow>();
  readonly #counted = new Map<string, CountedCalls>();

  read(crm: Crm): Promise<AccountRow> {
    return Promise.resolve(this.#rows.get(crm) ?? { version: 0, account: NEW_ACCOUNT });
  }

  write(crm: Crm, version: number, account: Account): Promise<boolean> {
    if ((this.#rows.get(crm)?.version ?? 0) !== version) return Promise.resolve(false);
    this.#rows.set(crm, { version: version + 1, account });
    return Promise.resolve(true);
  }

  count(counted: readonly CountedCalls[]): Promise<void> {
    for (const one of counted) {
      const name = [one.day, one.crm, one.cls, one.endpoint].join(' ');
      const calls = (this.#counted.get(name)?.calls ?? 0) + one.calls;
      this.#counted.set(name, { ...one, calls });
    }
    return Promise.resolve();
  }

  counted(since: string): Promise<readonly CountedCalls[]> {
    const found = [...this.#counted.values()].filter(({ day }) => day >= since);
    return Promise.resolve(found.sort((one, other) => other.calls - one.calls));
  }
}
