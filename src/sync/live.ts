// Live sync: polls both feeds and the records that are due for another try, and takes wake-up calls from
// webhooks, one batch after the other. A tick that fails as a whole (an outage, a limit) loses nothing:
// cursors have not moved, and the next tick comes later.
import { RateLimited, Unauthorized } from '../engine/failures.ts';
import type { Link } from '../engine/link.ts';
import type { RecordKey } from '../engine/records.ts';
import { Feed } from './feed.ts';
import { Joiners } from './joiners.ts';
import type { BatchReport, Pipeline } from './pipeline.ts';
import type { Sighting } from './sighting.ts';
import { hubspotChanges, salesforceChanges } from './sources.ts';

export interface LiveOptions {
  /** Milliseconds between ticks. */
  readonly intervalMs: number;
  readonly onBatch?: (report: BatchReport) => void;
  readonly onError?: (error: unknown) => void;
}

/** Due records that are tried again in one go. */
const RETRIES_PER_TICK = 500;
/** Longest pause after ticks that failed. */
const LONGEST_PAUSE_MS = 5 * 60_000;

export class LiveSync {
  readonly #pipeline: Pipeline;
  readonly #options: LiveOptions;
  readonly #feeds: { readonly hubspot: Feed; readonly salesforce: Feed };
  readonly #joiners: Joiners;
  #awoken = new Map<string, RecordKey>();
  #wake: (() => void) | null = null;
  #stopping = false;
  #loop: Promise<void> | null = null;
  #busy: Promise<unknown> = Promise.resolve();
  #failures = 0;

  constructor(pipeline: Pipeline, options: LiveOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.#joiners = new Joiners(pipeline);
    const { store, now } = pipeline.ports;
    this.#feeds = {
      hubspot: new Feed(hubspotChanges(pipeline), store.cursors, now),
      salesforce: new Feed(salesforceChanges(pipeline), store.cursors, now),
    };
  }

  /** Sets both feeds to where they were, or to a moment when they never ran. */
  async prepare(moment: Date): Promise<void> {
    await this.#feeds.hubspot.startAt(moment);
    await this.#feeds.salesforce.startAt(moment);
  }

  /** After a push that began at `moment`: HubSpot changes before it need no look. */
  async skipHubSpotBefore(moment: Date): Promise<void> {
    await this.#feeds.hubspot.moveTo(moment);
  }

  /** A webhook named these records: they are looked at next, ahead of the polls. */
  awaken(keys: readonly RecordKey[]): void {
    for (const key of keys) this.#awoken.set(`${key.side} ${key.id}`, key);
    this.#wake?.();
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Finishes the batch at hand and stops. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    await this.#loop;
    await this.#busy;
  }

  /** One look everywhere. Returns how many records were written or newly paired. */
  tick(): Promise<number> {
    // One at a time in this process: a tick asked for from outside waits for the one that runs.
    const ticking = this.#busy.then(
      () => this.#tick(),
      () => this.#tick(),
    );
    this.#busy = ticking.catch(() => undefined);
    return ticking;
  }

  async #tick(): Promise<number> {
    let moved = 0;
    const handle =
      (cause: 'live' | 'webhook' | 'retry') => async (sightings: readonly Sighting[]) => {
        if (sightings.length === 0) return;
        const report = await this.#pipeline.sync(sightings, {
          cause,
          runId: null,
          recheck: cause === 'retry',
        });
        moved += report.pairs.filter(
          ({ writes, result }) => writes.length > 0 || result === 'paired',
        ).length;
        if (report.pairs.length > 0) this.#options.onBatch?.(report);
      };
    await this.#handleAwoken(handle('webhook'));
    await this.#feeds.salesforce.poll(handle('live'));
    await this.#feeds.hubspot.poll(handle('live'));
    await this.#joiners.poll(handle('live'));
    const now = new Date(this.#pipeline.ports.now()).toISOString();
    const due = await this.#pipeline.ports.store.links.due(now, RETRIES_PER_TICK);
    await handle('retry')(due.flatMap(sightingOf));
    return moved;
  }

  async #handleAwoken(handle: (sightings: readonly Sighting[]) => Promise<void>): Promise<void> {
    const keys = [...this.#awoken.values()];
    this.#awoken = new Map();
    await handle(keys.map((key) => ({ key })));
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      let pause = this.#options.intervalMs;
      try {
        await this.tick();
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        this.#options.onError?.(error);
        const asked = error instanceof RateLimited ? (error.retryAfterMs ?? 0) : 0;
        const patience = error instanceof Unauthorized ? LONGEST_PAUSE_MS : LONGEST_PAUSE_MS / 5;
        pause = Math.max(asked, Math.min(this.#options.intervalMs * 2 ** this.#failures, patience));
        this.#pipeline.workspaces.refresh();
      }
      if (this.#awoken.size === 0) await this.#sleep(pause);
    }
  }

  #sleep(milliseconds: number): Promise<void> {
    if (this.#stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      this.#wake = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}

function sightingOf(link: Link): Sighting[] {
  if (link.hubspotId) return [{ key: { side: 'hubspot', id: link.hubspotId } }];
  if (link.salesforceId && link.salesforceObject) {
    return [{ key: { side: 'salesforce', object: link.salesforceObject, id: link.salesforceId } }];
  }
  return [];
}
