// Salesforce's change events into the queue. Every process runs one of these; while the switch in the settings is
// on, one of them all subscribes, and the others take over when it dies. Whatever goes wrong here only makes
// changes arrive later: polling goes on, at its usual pace as soon as the events aren't heard.
import { z } from 'zod';
import type { SalesforceObject } from '../engine/fields.ts';
import type {
  ChangeEvents,
  ChangeEventsSubscription,
  EventsState,
  ReplayIds,
} from '../salesforce/change-events-port.ts';
import type { Store } from '../store/port.ts';
import { Lease } from './lease.ts';
import type { JobQueue } from './port.ts';

export type IntakeState = EventsState | { readonly kind: 'off' };

const stateSchema: z.ZodType<EventsState> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('connected') }),
  z.object({ kind: z.literal('refused'), why: z.string() }),
]);
const replayIdsSchema = z.object({
  Lead: z.string().optional(),
  Contact: z.string().optional(),
});

export interface ChangeIntakeOptions {
  readonly store: Pick<Store, 'settings' | 'cursors'>;
  readonly queue: Pick<JobQueue, 'add'>;
  /** Opened when it is first needed. */
  readonly open: () => Promise<ChangeEvents>;
  /** Looks for changes in Salesforce: what a gap asks for. */
  readonly look: () => Promise<unknown>;
  readonly onError?: (error: unknown) => void;
  /** Hears of every new state. */
  readonly onState?: (state: IntakeState) => void;
  /** How often the settings and the lease are seen to, and after how long a silent holder is dead. */
  readonly beatMs?: number;
  readonly staleMs?: number;
}

const REPLAY_IDS = 'salesforce change events';
const LEASE = 'salesforce change events lease';
const OFF: IntakeState = { kind: 'off' };
const CONNECTING: EventsState = { kind: 'connecting' };

export class ChangeIntake {
  readonly #options: ChangeIntakeOptions;
  readonly #lease: Lease;
  readonly #beatMs: number;
  #subscription: ChangeEventsSubscription | null = null;
  #subscribed = CONNECTING;
  #state: IntakeState = OFF;
  #replayIds: ReplayIds = {};
  #keptReplayIds = '';
  #isBehind = false;
  #looking: Promise<void> | null = null;
  #isStopping = false;
  #isWoken = false;
  #endPause: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ChangeIntakeOptions) {
    const { store, beatMs = 3_000, staleMs = 10_000 } = options;
    this.#options = options;
    this.#beatMs = beatMs;
    this.#lease = new Lease({ cursors: store.cursors, name: LEASE, staleMs });
  }

  /** How the events are heard, by whichever process hears them. */
  get state(): IntakeState {
    return this.#state;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    await this.#running;
    await this.#looking;
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      await this.#guarded(() => this.#beat());
      this.#lookIfBehind();
      await this.#pause();
    }
    await this.#guarded(() => this.#leave());
  }

  async #beat(): Promise<void> {
    const { settings } = await this.#options.store.settings.current();
    if (!settings.salesforceEvents) {
      await this.#leave();
      return;
    }
    const { isHeld, heard } = await this.#lease.beat(this.#subscribed);
    if (!isHeld) {
      await this.#unsubscribe();
      this.#tell(stateSchema.safeParse(heard).data ?? CONNECTING);
      return;
    }
    if (this.#subscription === null) await this.#subscribe();
    this.#tell(this.#subscribed);
    await this.#keepReplayIds();
  }

  async #leave(): Promise<void> {
    this.#tell(OFF);
    await this.#unsubscribe();
    await this.#lease.release();
  }

  async #subscribe(): Promise<void> {
    const { store, queue, open } = this.#options;
    const kept = replayIdsSchema.safeParse(await store.cursors.get(REPLAY_IDS));
    this.#replayIds = definedOnly(kept.data ?? {});
    this.#keptReplayIds = JSON.stringify(this.#replayIds);
    const events = await open();
    this.#subscription = events.subscribe(this.#replayIds, {
      onKeys: (keys) => queue.add(keys),
      onReplayId: (object, replayId) => {
        this.#replayIds = { ...this.#replayIds, [object]: replayId };
        return Promise.resolve();
      },
      onGap: () => {
        this.#isBehind = true;
        this.#wake();
        return Promise.resolve();
      },
      onState: (state) => {
        this.#subscribed = state;
        // The others want to know too, with the next beat.
        this.#tell(state);
        this.#wake();
      },
    });
  }

  async #unsubscribe(): Promise<void> {
    const subscription = this.#subscription;
    if (subscription === null) return;
    this.#subscription = null;
    await subscription.stop();
    this.#subscribed = CONNECTING;
    await this.#keepReplayIds();
  }

  /** Kept late, events come twice: that is cheaper than a write for each. */
  async #keepReplayIds(): Promise<void> {
    const text = JSON.stringify(this.#replayIds);
    if (text === this.#keptReplayIds) return;
    await this.#options.store.cursors.set(REPLAY_IDS, this.#replayIds);
    this.#keptReplayIds = text;
  }

  /** A look may take long; the lease is kept meanwhile. One that fails is tried with the next beat. */
  #lookIfBehind(): void {
    if (!this.#isBehind || this.#looking !== null || this.#isStopping) return;
    this.#isBehind = false;
    this.#looking = this.#options
      .look()
      .then(
        () => undefined,
        (error: unknown) => {
          this.#isBehind = true;
          this.#options.onError?.(error);
        },
      )
      .finally(() => {
        this.#looking = null;
      });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      // Nobody knows who holds the lease; polling goes on as if nobody did.
      if (this.#state.kind === 'connected') this.#tell(CONNECTING);
      this.#options.onError?.(error);
    }
  }

  #tell(state: IntakeState): void {
    const isNew = JSON.stringify(state) !== JSON.stringify(this.#state);
    this.#state = state;
    if (isNew) this.#options.onState?.(state);
  }

  /** The next beat comes at once. */
  #wake(): void {
    this.#isWoken = true;
    this.#endPause();
  }

  async #pause(): Promise<void> {
    if (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#beatMs);
        this.#endPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isWoken = false;
  }
}

function definedOnly(
  ids: Readonly<Partial<Record<SalesforceObject, string | undefined>>>,
): ReplayIds {
  const { Lead, Contact } = ids;
  return { ...(Lead === undefined ? {} : { Lead }), ...(Contact === undefined ? {} : { Contact }) };
}
