// The world of one history: both stand-ins and the store in one process, under one clock and one seed.
import type { CallClass } from '../../src/engine/call-budget.ts';
import type { Crm } from '../../src/engine/failures.ts';
import { MemoryLedger } from '../../src/budget/ledger.ts';
import { DEFAULT_SETTINGS, settingsSchema, type Settings } from '../../src/engine/settings.ts';
import type { Cadence } from '../../src/jobs/cadence.ts';
import type { Place } from '../../src/jobs/port.ts';
import { MemoryJobs, type Pace } from '../../src/jobs/memory-queue.ts';
import { seededRandom } from '../../src/sandbox/clock.ts';
import { createHubSpotStandIn, type HubSpotStandIn } from '../../src/sandbox/hubspot/stand-in.ts';
import type { SandboxRequest } from '../../src/sandbox/http.ts';
import {
  createSalesforceStandIn,
  type SalesforceStandIn,
} from '../../src/sandbox/salesforce/stand-in.ts';
import { openMemoryStore } from '../../src/store/memory-store.ts';
import type { Store } from '../../src/store/port.ts';
import type { RunKind } from '../../src/store/runs-port.ts';
import { SimFaults } from './faults.ts';
import type { Limit } from './script.ts';
import { SimClock } from './sim-clock.ts';

const START = Date.parse('2026-11-23T08:00:00Z');

/** A call that Tandem made and a CRM carried out. */
export interface ObservedCall {
  readonly at: number;
  readonly endpoint: string;
  readonly request: SandboxRequest;
  /** Members of the inclusion list at that moment; null while no list is chosen. */
  readonly members: ReadonlySet<string> | null;
  /** Number of the process that made it. */
  readonly by: number;
  readonly sentAt: number;
  /** Null: it died before it was answered. */
  answeredAt: number | null;
}

/** A call that came as far as a CRM, carried out or not. */
export interface Arrival {
  readonly crm: Crm;
  readonly cls: CallClass;
  readonly sentAt: number;
}

/** A run that somebody started. */
export interface StartedRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly dry: boolean;
  /** Contacts and records that were there for everybody to see. */
  readonly everybody: readonly string[];
}

/** A value that a person entered in one CRM. */
export interface Entry {
  readonly at: number;
  readonly side: 'hubspot' | 'salesforce';
  /** Contact or record id. */
  readonly id: string;
  readonly property: string;
  readonly value: string;
  /** Until then Salesforce shows it to nobody: its transaction is open. */
  readonly visibleAt: number;
}

export interface SimWorldOptions {
  readonly seed: number;
  readonly faultRate: number;
  readonly withExternalId: boolean;
  readonly dynamicList: boolean;
  readonly limit: Limit;
}

/** Contacts with this value belong to the list that follows them. */
export const LISTED = { property: 'school', value: 'listed' } as const;
const UNLIMITED = 10_000_000;

export class SimWorld {
  /** When people begin to act. */
  startedAt = START;
  readonly clock = new SimClock(START);
  readonly random: () => number;
  readonly faults: SimFaults;
  readonly hubspot: HubSpotStandIn;
  readonly salesforce: SalesforceStandIn;
  readonly store: Store;
  /** What waits to be done, over all processes. */
  readonly jobs = new MemoryJobs();
  readonly cadence: Readonly<Record<Place, Cadence>>;
  readonly #cadence = { busyMs: 15_000, idleMs: 25_000 };
  /** How the processes' queues wait. */
  readonly pace: Pace = { pollMs: 1_000, longestSleepMs: 5_000 };
  /** The calls that all processes have reserved. */
  readonly ledger = new MemoryLedger();
  readonly limit: Limit;
  readonly #hubspotLimits: { burst: number; search: number; daily: number };
  readonly arrivals: Arrival[] = [];
  readonly runs: StartedRun[] = [];
  /** Contacts and records that a run has synced, by the run's id. */
  readonly dealtWith = new Map<string, Set<string>>();
  /** Schemas and owners don't change here: each is read by one process and handed to the others. */
  readonly catalogue = new Map<string, unknown>();
  /** So long after it began to sync a page of a run the next process dies; null: none does. */
  doomMs: number | null = null;
  readonly followsContacts: boolean;
  /** Until when calls were limited. */
  limitedUntil = Infinity;
  /** When Salesforce last ended all sessions. */
  expiredAt = 0;
  #processes = 0;
  readonly listId: string;
  readonly campaigns: readonly string[];
  readonly calls: ObservedCall[] = [];
  readonly log: string[] = [];
  /** What people entered, in order. */
  readonly entered: Entry[] = [];
  /** How long the newest transaction of Salesforce stays open. */
  commitTakesMs = 0;
  #chosen: Settings = DEFAULT_SETTINGS;

  constructor({ seed, faultRate, withExternalId, dynamicList, limit }: SimWorldOptions) {
    const { clock } = this;
    this.cadence = {
      salesforce: this.#cadence,
      hubspot: this.#cadence,
      joined: this.#cadence,
      due: this.#cadence,
      runs: this.#cadence,
    };
    this.limit = limit;
    this.followsContacts = dynamicList;
    const daily = limit.by === 'day' ? limit.calls : UNLIMITED;
    this.#hubspotLimits = { burst: UNLIMITED, search: UNLIMITED, daily };
    const stream = (name: number): (() => number) => seededRandom(seed * 16 + name);
    this.random = stream(1);
    this.faults = new SimFaults(stream(2), faultRate);
    const late = stream(5);
    this.hubspot = createHubSpotStandIn({
      clock,
      random: stream(3),
      rateLimits: limit.by === 'day' ? this.#hubspotLimits : 'off',
      indexLagMs: { min: 100, max: 30_000 },
      listLagMs: 5_000,
    });
    this.salesforce = createSalesforceStandIn({
      clock,
      random: stream(4),
      dailyApiLimit: daily,
      withExternalId,
      commitVisibilityDelayMs: () => {
        this.commitTakesMs = late() < 0.2 ? Math.floor(late() * 60_000) : 0;
        return this.commitTakesMs;
      },
    });
    this.store = openMemoryStore({ now: () => clock.now() });
    this.listId = this.hubspot.portal.createList({
      name: 'Customers',
      ...(dynamicList
        ? {
            processingType: 'DYNAMIC',
            filter: ({ values }) => values[LISTED.property] === LISTED.value,
          }
        : { processingType: 'MANUAL', members: [] }),
    });
    this.campaigns = ['Spring', 'Autumn'].map((Name) =>
      this.salesforce.org.insert('Campaign', { Name }),
    );
  }

  get chosen(): Settings {
    return this.#chosen;
  }

  /** From now on there is a look every so often, and work lies about for as long as that bears. */
  lookEvery(milliseconds: number): void {
    this.#cadence.busyMs = milliseconds;
    this.#cadence.idleMs = milliseconds;
    this.pace.pollMs = milliseconds / 10;
    this.pace.longestSleepMs = milliseconds / 4;
  }

  /** The budget stays what it is. */
  async configure(changes: object): Promise<void> {
    const { version } = await this.store.settings.current();
    this.#chosen = settingsSchema.parse({ ...changes, budget: this.#chosen.budget });
    await this.store.settings.save(version, this.#chosen, 'an admin', '');
  }

  /** An admin sets the budget, or takes it away again, together with the CRMs' own limits. */
  async limitCalls(isLimited: boolean): Promise<void> {
    const { limit } = this;
    const calls = isLimited && limit.by === 'budget' ? limit.calls : null;
    const budget = { hubspotDaily: calls, salesforceDaily: calls };
    this.#chosen = { ...this.#chosen, budget };
    await this.configure(this.#chosen);
    const daily = isLimited && limit.by === 'day' ? limit.calls : UNLIMITED;
    this.#hubspotLimits.daily = daily;
    this.salesforce.apiUsage.limit = daily;
    if (!isLimited) this.limitedUntil = this.clock.now();
    this.tell(isLimited ? `calls are limited by ${limit.by}` : 'calls are not limited any more');
  }

  begin(): void {
    this.startedAt = this.clock.now();
    this.arrivals.length = 0;
  }

  nextProcess(): number {
    this.#processes += 1;
    return this.#processes;
  }

  observe(call: Pick<ObservedCall, 'endpoint' | 'request' | 'by' | 'sentAt'>): ObservedCall {
    const { endpoint, request } = call;
    const { listId } = this.#chosen.inclusion;
    const members = listId === null ? null : new Set(this.hubspot.portal.members(listId));
    const observed = { ...call, at: this.clock.now(), members, answeredAt: null };
    this.calls.push(observed);
    if (isWrite(endpoint, request))
      this.tell(`Tandem: ${request.method} ${request.path} ${request.body}`);
    return observed;
  }

  /** Calls of Tandem that wrote something, so far. */
  writes(): number {
    return this.calls.filter(({ endpoint, request }) => isWrite(endpoint, request)).length;
  }

  tell(what: string): void {
    this.log.push(`${((this.clock.now() - START) / 1_000).toFixed(3)} ${what}`);
  }
}

function isWrite(endpoint: string, { body }: SandboxRequest): boolean {
  if (/batch\/(create|update|archive)|unsubscribe-all|associate/.test(endpoint)) return true;
  // Collections carry rows; queries and retrieves don't.
  return body.includes('"attributes"') || endpoint.startsWith('DELETE');
}
