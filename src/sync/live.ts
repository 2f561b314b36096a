// Live sync: what is looked at again and again, and what somebody named. Each look goes on where the last one
// stopped, in whatever process that was, and hands its sightings to the pipeline. When and where looks
// happen is decided in `src/jobs`. Nobody is looked at before the first sync was started: what changes until then is
// in it, and the feeds begin where it does. A look that fails as a whole (an outage, a limit) loses nothing: cursors
// have not moved.
import type { RecordKey } from '../engine/records.ts';
import type { Change } from '../store/port.ts';
import { Feed } from './feed.ts';
import { syncApart, type Stumbled } from './isolate.ts';
import { Joiners } from './joiners.ts';
import { Outsiders } from './outsiders.ts';
import type { BatchObserver, Pipeline } from './pipeline.ts';
import { sightingOf, sightingOfId, type Sighting } from './sighting.ts';
import { hubspotChanges, salesforceChanges } from './sources.ts';

/**
 * Where live sync looks: both change feeds, who joined a list that decides who syncs or left one that keeps
 * them out, and the records that are due for another try or were left behind by a worker that is gone.
 */
export const LOOKS = ['salesforce', 'hubspot', 'joined', 'due'] as const;
export type Look = (typeof LOOKS)[number];

export interface LiveOptions {
  readonly onBatch?: BatchObserver;
  /** A record on which Tandem itself failed; it has its reason by then. */
  readonly onStumble?: Stumbled;
  /** Somebody has started the first sync that was waited for. */
  readonly onBegun?: () => void;
}

/** A change can be late by the overlap of a feed, or by a CRM's clock. */
export const FEED_OVERLAP_MS = 5 * 60_000;
/** Due records that are tried again in one go. */
const RETRIES_PER_LOOK = 500;

export class LiveSync {
  readonly #pipeline: Pipeline;
  readonly #options: LiveOptions;
  readonly #feeds: { readonly hubspot: Feed; readonly salesforce: Feed };
  readonly #joiners: Joiners;
  readonly #outsiders: Outsiders;
  #hasWaited = false;
  #isPrepared = false;

  constructor(pipeline: Pipeline, options: LiveOptions = {}) {
    this.#pipeline = pipeline;
    this.#options = options;
    this.#joiners = new Joiners(pipeline);
    this.#outsiders = new Outsiders(pipeline);
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
    this.#isPrepared = true;
  }

  /** After a push that began at `moment`: HubSpot changes before it need no look. */
  async skipHubSpotBefore(moment: Date): Promise<void> {
    await this.#feeds.hubspot.moveTo(moment);
  }

  /** Returns how many records were written or newly paired. */
  async look(where: Look): Promise<number> {
    if (!(await this.#hasBegun())) return 0;
    let moved = 0;
    const handle = async (sightings: readonly Sighting[]): Promise<void> => {
      moved += await this.#sync(sightings, where === 'due' ? 'retry' : 'live');
    };
    switch (where) {
      case 'salesforce':
      case 'hubspot':
        await this.#feeds[where].poll(handle);
        break;
      case 'joined':
        await this.#joiners.poll(handle);
        await this.#outsiders.poll(handle);
        break;
      case 'due': {
        const now = new Date(this.#pipeline.ports.now()).toISOString();
        const { links } = this.#pipeline.ports.store;
        const [due, abandoned] = await Promise.all([
          links.due(now, RETRIES_PER_LOOK),
          links.abandoned(RETRIES_PER_LOOK),
        ]);
        const sightings = [...due.flatMap(sightingOf), ...abandoned.map(sightingOfId)];
        // What made a link due may have been its campaigns.
        await handle(sightings.map((one) => ({ ...one, campaigns: true })));
        if (abandoned.length > 0) await links.forgetHolds(abandoned);
      }
    }
    return moved;
  }

  /** Somebody named these records. Returns how many were written or newly paired. */
  sync(keys: readonly RecordKey[]): Promise<number> {
    return this.#sync(
      keys.map((key) => ({ key })),
      'webhook',
    );
  }

  /** One look everywhere. Returns how many records were written or newly paired. */
  async tick(): Promise<number> {
    // What both find of one pair is held by one of them; the other comes back for it.
    const feeds = await Promise.allSettled([this.look('salesforce'), this.look('hubspot')]);
    let moved = 0;
    for (const feed of feeds) {
      if (feed.status === 'rejected') throw feed.reason;
      moved += feed.value;
    }
    for (const where of ['joined', 'due'] as const) moved += await this.look(where);
    return moved;
  }

  async #hasBegun(): Promise<boolean> {
    const begunAt = await this.#pipeline.firstSync.begunAt();
    if (begunAt === null) {
      this.#hasWaited = true;
      return false;
    }
    if (!this.#isPrepared) await this.prepare(new Date(Date.parse(begunAt) - FEED_OVERLAP_MS));
    if (this.#hasWaited) this.#options.onBegun?.();
    this.#hasWaited = false;
    return true;
  }

  async #sync(sightings: readonly Sighting[], cause: Change['cause']): Promise<number> {
    if (sightings.length === 0 || !(await this.#hasBegun())) return 0;
    const trigger = { cause, runId: null, recheck: cause === 'retry' };
    const report = await syncApart(this.#pipeline, sightings, trigger, this.#options.onStumble);
    if (report.pairs.length > 0) this.#options.onBatch?.(report, trigger);
    return report.pairs.filter(({ writes, result }) => writes.length > 0 || result === 'paired')
      .length;
  }
}
