// The world of one history: both stand-ins and the store in one process, under one clock and one seed.
import { DEFAULT_SETTINGS, settingsSchema, type Settings } from '../../src/engine/settings.ts';
import type { Cadence } from '../../src/jobs/cadence.ts';
import type { Place } from '../../src/jobs/port.ts';
import { MemoryJobs } from '../../src/jobs/memory-queue.ts';
import { seededRandom } from '../../src/sandbox/clock.ts';
import { createHubSpotStandIn, type HubSpotStandIn } from '../../src/sandbox/hubspot/stand-in.ts';
import type { SandboxRequest } from '../../src/sandbox/http.ts';
import {
  createSalesforceStandIn,
  type SalesforceStandIn,
} from '../../src/sandbox/salesforce/stand-in.ts';
import { openMemoryStore } from '../../src/store/memory-store.ts';
import type { Store } from '../../src/store/port.ts';
import { SimFaults } from './faults.ts';
import { SimClock } from './sim-clock.ts';

const START = Date.parse('2026-11-23T08:00:00Z');

/** A call that Tandem made and a CRM carried out. */
export interface ObservedCall {
  readonly at: number;
  readonly endpoint: string;
  readonly request: SandboxRequest;
  /** Members of the inclusion list at that moment; null while no list is chosen. */
  readonly members: ReadonlySet<string> | null;
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
}

export class SimWorld {
  readonly startedAt = START;
  readonly clock = new SimClock(START);
  readonly random: () => number;
  readonly faults: SimFaults;
  readonly hubspot: HubSpotStandIn;
  readonly salesforce: SalesforceStandIn;
  readonly store: Store;
  /** What waits to be done, over all processes. */
  readonly jobs = new MemoryJobs();
  readonly cadence: Readonly<Record<Place, Cadence>>;
  readonly #pace = { busyMs: 15_000, idleMs: 25_000 };
  readonly listId: string;
  readonly campaigns: readonly string[];
  readonly calls: ObservedCall[] = [];
  readonly log: string[] = [];
  /** What people entered, in order. */
  readonly entered: Entry[] = [];
  /** How long the newest transaction of Salesforce stays open. */
  commitTakesMs = 0;
  #chosen: Settings = DEFAULT_SETTINGS;

  constructor({ seed, faultRate, withExternalId }: SimWorldOptions) {
    const { clock } = this;
    this.cadence = {
      salesforce: this.#pace,
      hubspot: this.#pace,
      joined: this.#pace,
      due: this.#pace,
      runs: this.#pace,
    };
    const stream = (name: number): (() => number) => seededRandom(seed * 16 + name);
    this.random = stream(1);
    this.faults = new SimFaults(stream(2), faultRate);
    const late = stream(5);
    this.hubspot = createHubSpotStandIn({
      clock,
      random: stream(3),
      rateLimits: 'off',
      indexLagMs: { min: 100, max: 30_000 },
      listLagMs: 5_000,
    });
    this.salesforce = createSalesforceStandIn({
      clock,
      random: stream(4),
      dailyApiLimit: 10_000_000,
      withExternalId,
      commitVisibilityDelayMs: () => {
        this.commitTakesMs = late() < 0.2 ? Math.floor(late() * 60_000) : 0;
        return this.commitTakesMs;
      },
    });
    this.store = openMemoryStore({ now: () => clock.now() });
    this.listId = this.hubspot.portal.createList({
      name: 'Customers',
      processingType: 'MANUAL',
      members: [],
    });
    this.campaigns = ['Spring', 'Autumn'].map((Name) =>
      this.salesforce.org.insert('Campaign', { Name }),
    );
  }

  get chosen(): Settings {
    return this.#chosen;
  }

  /** From now on there is a look every so often. */
  lookEvery(milliseconds: number): void {
    this.#pace.busyMs = milliseconds;
    this.#pace.idleMs = milliseconds;
  }

  async configure(changes: object): Promise<void> {
    const { version } = await this.store.settings.current();
    this.#chosen = settingsSchema.parse(changes);
    await this.store.settings.save(version, this.#chosen, 'an admin', '');
  }

  observe(endpoint: string, request: SandboxRequest): void {
    const { listId } = this.#chosen.inclusion;
    const members = listId === null ? null : new Set(this.hubspot.portal.members(listId));
    this.calls.push({ at: this.clock.now(), endpoint, request, members });
    if (isWrite(endpoint, request))
      this.tell(`Tandem: ${request.method} ${request.path} ${request.body}`);
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
