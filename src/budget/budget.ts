// The budget of API calls over all processes. A process reserves calls in small blocks from the account it
// shares with the others, and gives back what it didn't need; what a process that died had reserved stays
// used. HubSpot's calls then wait for their turn in its short windows. What is decided is in `allowance.ts`.
import type {
  CallAnswer,
  CallBudget,
  CallClass,
  CallKind,
  TakenCall,
} from '../engine/call-budget.ts';
import type { Crm } from '../engine/failures.ts';
import { hoursThatCount, type Account } from './account.ts';
import { CrmAccount, type AccountOptions } from './crm-account.ts';
import { currentClass } from './call-class.ts';
import { CallCounts } from './counts.ts';
import { forecastOf, type Forecast } from './forecast.ts';
import type { CountedCalls } from './ledger.ts';
import type { SharedWindows } from './windows.ts';

/** A call that was answered, or that no answer came to: for metrics. */
export interface ObservedCall {
  readonly crm: Crm;
  readonly endpoint: string;
  readonly class: CallClass;
  /** Null: no answer came. */
  readonly status: number | null;
  readonly ms: number;
}

export interface BudgetOptions extends AccountOptions {
  /** Null: each process keeps HubSpot's short windows by itself. */
  readonly windows: SharedWindows | null;
  readonly onCall?: (call: ObservedCall) => void;
}

export interface CrmUsage {
  /** What the CRM last said of everybody's calls; null: nothing yet. */
  readonly told: Account['told'];
  /** What the admin set; null: the limit less a reserve. */
  readonly budget: number | null;
  readonly forecast: Forecast;
  /** Our calls by hour, those that count. */
  readonly hours: Account['hours'];
  /** ISO; null: it isn't. */
  readonly pausedUntil: string | null;
}

export class ApiBudget implements CallBudget {
  readonly keepsWindows: boolean;
  readonly #options: BudgetOptions;
  readonly #accounts: Readonly<Record<Crm, CrmAccount>>;
  readonly #counts: CallCounts;

  constructor(options: BudgetOptions) {
    this.#options = options;
    this.keepsWindows = options.windows !== null;
    this.#counts = new CallCounts(options.ledger);
    this.#accounts = {
      HubSpot: new CrmAccount('HubSpot', options),
      Salesforce: new CrmAccount('Salesforce', options),
    };
  }

  async take(call: CallKind): Promise<TakenCall> {
    const { windows, now } = this.#options;
    const cls = currentClass();
    const account = this.#accounts[call.crm];
    const reserved = await account.take(cls);
    // Counts are for people to look at: nobody waits for them.
    if (reserved) void this.#counts.save();
    if (call.crm === 'HubSpot' && windows) {
      try {
        await windows.take(call, cls);
      } catch (error) {
        account.giveBack(cls);
        throw error;
      }
    }
    const sentAt = now();
    this.#counts.add({ crm: call.crm, endpoint: call.endpoint, cls, day: account.day() });
    return { learn: (answer) => this.#learn(call, cls, answer, now() - sentAt) };
  }

  setTimeZone(timeZone: string): void {
    if (isTimeZone(timeZone)) this.#accounts.HubSpot.setTimeZone(timeZone);
  }

  async usage(): Promise<Readonly<Record<Crm, CrmUsage>>> {
    const [hubspot, salesforce] = await Promise.all([
      this.#usageOf('HubSpot'),
      this.#usageOf('Salesforce'),
    ]);
    return { HubSpot: hubspot, Salesforce: salesforce };
  }

  async forecast(): Promise<Readonly<Record<Crm, Forecast>>> {
    const { HubSpot, Salesforce } = await this.usage();
    return { HubSpot: HubSpot.forecast, Salesforce: Salesforce.forecast };
  }

  /** Calls by day, class and endpoint, of the last so many days. */
  async byEndpoint(days = 1): Promise<readonly CountedCalls[]> {
    await this.#counts.save();
    return this.#counts.since(days, this.#options.now());
  }

  /** Gives back what was reserved and not needed. */
  async close(): Promise<void> {
    await Promise.all([
      this.#accounts.HubSpot.close(),
      this.#accounts.Salesforce.close(),
      this.#counts.save(),
    ]);
  }

  #learn(call: CallKind, cls: CallClass, answer: CallAnswer, ms: number): number | null {
    const { windows, onCall } = this.#options;
    onCall?.({ crm: call.crm, endpoint: call.endpoint, class: cls, status: answer.status, ms });
    if (call.crm === 'HubSpot') windows?.learn(call, answer);
    return this.#accounts[call.crm].learn(answer);
  }

  async #usageOf(crm: Crm): Promise<CrmUsage> {
    const { now } = this.#options;
    const { account, budget } = await this.#accounts[crm].look();
    return {
      told: account.told,
      budget,
      forecast: forecastOf(account, crm, budget, now()),
      hours: hoursThatCount(account, crm, now()),
      pausedUntil: account.pausedUntil > now() ? new Date(account.pausedUntil).toISOString() : null,
    };
  }
}

/** A zone that this Node doesn't know leaves things as they are. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
