// One process's part of the account of one CRM: the blocks it has reserved, by class, and what the answers it
// got tell. Whoever reserves starts from the newest version; two at once never both succeed.
import { CALL_CLASSES, type CallAnswer, type CallClass } from '../engine/call-budget.ts';
import { dayOf } from '../engine/days.ts';
import { RateLimited, type Crm } from '../engine/failures.ts';
import { hourStart, NEW_ACCOUNT, totalOf, usedNow, withCalls, type Account } from './account.ts';
import { allowance, reliefAt, type Allowance } from './allowance.ts';
import type { AccountRow, Ledger } from './ledger.ts';
import { toldIn, type Told } from './told.ts';

export interface AccountOptions {
  readonly ledger: Ledger;
  /** What the admin set; asked at most every half minute. */
  readonly budgets: () => Promise<Readonly<Record<Crm, number | null>>>;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
}

interface Block {
  /** The hour it is put down under. */
  readonly start: number;
  left: number;
}

/** Calls reserved at a time: few at first, as a function needs no more, and more while they are used up. */
const SMALLEST_BLOCK = 2;
const LARGEST_BLOCK = 20;
const BUDGETS_FOR_MS = 30_000;
/** Settings change and others stop calling: nobody waits longer before asking again. */
const LONGEST_PAUSE_MS = 60 * 60_000;
/** After a CRM said that its day's limit is reached. */
const LEAST_DAY_PAUSE_MS = 5 * 60_000;
/** A shorter one is the caller's own business. */
const SHARED_PAUSE_MS = 10_000;
const MOST_TRIES = 100;
/** Before the first look. */
const NOBODYS: AccountRow = { version: 0, account: NEW_ACCOUNT };

export class CrmAccount {
  readonly #crm: Crm;
  readonly #options: AccountOptions;
  readonly #blocks = new Map<CallClass, Block>();
  /** Reserved in hours that are over, and not used. */
  #unused: { readonly start: number; readonly cls: CallClass; readonly calls: number }[] = [];
  #row: AccountRow = NOBODYS;
  #told: Told | null = null;
  #pausedUntil = 0;
  #timeZone: string | null = null;
  #blockSize = SMALLEST_BLOCK;
  #budget: { readonly calls: number | null; readonly at: number } | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(crm: Crm, options: AccountOptions) {
    this.#crm = crm;
    this.#options = options;
  }

  /** Takes one call; true when a block had to be reserved for it. */
  async take(cls: CallClass): Promise<boolean> {
    if (this.#spend(cls)) return false;
    return this.#inTurn(async () => {
      // Whoever was before may have reserved for all.
      if (this.#spend(cls)) return false;
      await this.#reserve(cls);
      this.#spend(cls);
      return true;
    });
  }

  /** A call that was taken and not sent. */
  giveBack(cls: CallClass): void {
    const block = this.#blocks.get(cls);
    if (block) block.left += 1;
  }

  learn({ headers, met, retryAfterMs }: CallAnswer): number | null {
    const now = this.#options.now();
    const told = toldIn(this.#crm, headers);
    if (told) this.#told = { ...told, ours: this.#oursNow(), at: now };
    if (retryAfterMs !== null && retryAfterMs >= SHARED_PAUSE_MS)
      this.#pausedUntil = Math.max(this.#pausedUntil, now + retryAfterMs);
    if (met !== 'day') return null;
    const limit = told?.limit ?? this.#told?.limit ?? this.#row.account.told?.limit;
    if (limit === undefined)
      this.#pausedUntil = Math.max(this.#pausedUntil, now + LEAST_DAY_PAUSE_MS);
    else this.#told = { limit, used: limit, ours: this.#oursNow(), at: now };
    this.#setAside();
    const until = retryAfterMs ?? reliefAt(this.#row.account, this.#crm, 1, now) - now;
    return Math.min(Math.max(until, LEAST_DAY_PAUSE_MS), LONGEST_PAUSE_MS);
  }

  setTimeZone(timeZone: string): void {
    this.#timeZone = timeZone;
  }

  /** The day a call made now is counted on. */
  day(): string {
    const now = new Date(this.#options.now()).toISOString();
    return dayOf(now, this.#crm === 'HubSpot' ? this.#zone() : 'UTC');
  }

  async look(): Promise<{ readonly account: Account; readonly budget: number | null }> {
    const row = await this.#options.ledger.read(this.#crm);
    return { account: this.#brought(row.account), budget: await this.#budgetNow() };
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      this.#setAside();
      if (this.#unused.length > 0) await this.#write((account) => ({ account, answer: null }));
    });
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #spend(cls: CallClass): boolean {
    const { now } = this.#options;
    if (now() < this.#pausedUntil) return false;
    const block = this.#blocks.get(cls);
    if (!block || block.left === 0) return false;
    if (block.start !== hourStart(this.#crm, this.#zone(), now())) {
      this.#setAside();
      return false;
    }
    block.left -= 1;
    return true;
  }

  async #reserve(cls: CallClass): Promise<void> {
    const { now } = this.#options;
    const budget = await this.#budgetNow();
    const wanted = this.#blockSize;
    let start = 0;
    const answer = await this.#write<Allowance>((account) => {
      start = hourStart(this.#crm, account.timeZone, now());
      const asked = { crm: this.#crm, account, budget, cls, wanted, now: now() };
      const allowed = allowance(asked);
      if (allowed.granted === 0) return { account, answer: allowed };
      // One that asks whether others have stopped stands for all who would.
      const told = 'probes' in allowed && allowed.probes ? { told: probed(account, now()) } : {};
      const more = { start, cls, calls: allowed.granted };
      return {
        account: { ...withCalls(account, this.#crm, more, now()), ...told },
        answer: allowed,
      };
    });
    if ('until' in answer) throw this.#refusal(cls, answer.until);
    this.#blocks.set(cls, { start, left: answer.granted });
    this.#blockSize = Math.min(LARGEST_BLOCK, wanted * 2);
  }

  #refusal(cls: CallClass, until: number): RateLimited {
    const now = this.#options.now();
    const waitMs = Math.min(Math.max(1_000, until - now), LONGEST_PAUSE_MS);
    const what =
      now < this.#row.account.pausedUntil
        ? `${this.#crm} asked for a pause`
        : `the budget of ${this.#crm} calls is used up for ${WORK[cls]}`;
    return new RateLimited(this.#crm, what, waitMs);
  }

  /** Decides on the newest account and writes what comes of it, however often somebody else was first. */
  async #write<Answer>(
    decide: (account: Account) => { readonly account: Account; readonly answer: Answer },
  ): Promise<Answer> {
    const { ledger, sleep, random } = this.#options;
    // What we wrote last is the newest where nobody else works; the write tells.
    let isNewest = this.#row === NOBODYS;
    if (isNewest) this.#row = await ledger.read(this.#crm);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const { version } = this.#row;
      const unused = this.#unused;
      const before = this.#brought(this.#row.account);
      const { account, answer } = decide(before);
      const changed = JSON.stringify(account) !== JSON.stringify(this.#row.account);
      if (isNewest && !changed) return answer;
      if (changed && (await ledger.write(this.#crm, version, account))) {
        this.#row = { version: version + 1, account };
        this.#unused = this.#unused.filter((one) => !unused.includes(one));
        return answer;
      }
      this.#row = await ledger.read(this.#crm);
      isNewest = true;
      if (tries > 2) await sleep(random() * 10 * tries);
    }
    throw new Error(`the account of ${this.#crm} calls kept changing`);
  }

  /** The account with what this process knows better. */
  #brought(account: Account): Account {
    const { now } = this.#options;
    const isNewer = this.#told !== null && this.#told.at >= (account.told?.at ?? 0);
    let brought: Account = {
      ...account,
      told: isNewer ? this.#told : account.told,
      pausedUntil: Math.max(account.pausedUntil, this.#pausedUntil),
      timeZone: this.#timeZone ?? account.timeZone,
    };
    for (const { start, cls, calls } of this.#unused)
      brought = withCalls(brought, this.#crm, { start, cls, calls: -calls }, now());
    return brought;
  }

  /** Blocks that won't be used go back with the next write. */
  #setAside(): void {
    for (const cls of CALL_CLASSES) {
      const block = this.#blocks.get(cls);
      if (block && block.left > 0) {
        this.#unused = [...this.#unused, { start: block.start, cls, calls: block.left }];
      }
      this.#blocks.delete(cls);
    }
    this.#blockSize = SMALLEST_BLOCK;
  }

  /** Our calls so far, as far as this process knows; reserved ones that weren't sent yet left out. */
  #oursNow(): number {
    const used = usedNow(this.#brought(this.#row.account), this.#crm, this.#options.now());
    const waiting = [...this.#blocks.values()].reduce((sum, { left }) => sum + left, 0);
    return Math.max(0, totalOf(used) - waiting);
  }

  #zone(): string {
    return this.#timeZone ?? this.#row.account.timeZone;
  }

  async #budgetNow(): Promise<number | null> {
    const { budgets, now } = this.#options;
    if (this.#budget === null || now() - this.#budget.at >= BUDGETS_FOR_MS)
      this.#budget = { calls: (await budgets())[this.#crm], at: now() };
    return this.#budget.calls;
  }
}

const WORK: Readonly<Record<CallClass, string>> = {
  live: 'now',
  retry: 'second tries',
  runs: 'runs',
};

function probed({ told }: Account, now: number): Account['told'] {
  return told && { ...told, at: now };
}
