// The org's stream of change events: kept for 72 hours, each with a replay id that only grows. What a long
// transaction did enters the stream when it becomes visible, so after what others did meanwhile. Tests make
// it misbehave: gaps, repeats, records that overtake each other, streams that break, an org that says no.
import type { Clock } from '../../clock.ts';
import type { CommitListener, Database, RowChange } from '../org/database.ts';
import { EventSchema, type ChangeType } from './avro-schemas.ts';
import { captured, type CapturedEvent } from './capture.ts';

export interface BusEvent extends CapturedEvent {
  readonly replayId: number;
  readonly at: number;
}

export interface Disturbances {
  /** Each change is told as a gap: that it happened, not what changed. */
  asGaps: boolean;
  /** Each event comes twice. */
  twice: boolean;
  /** Each record's events are held back for up to so long, so that records overtake each other. */
  heldBackMs: number;
}

const RETENTION_MS = 72 * 3_600_000;
/** More than any test or sandbox makes; what is older is as good as past its time. */
const MOST_EVENTS = 50_000;

export class EventBus {
  readonly disturbances: Disturbances = { asGaps: false, twice: false, heldBackMs: 0 };
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #schemas = new Map<string, EventSchema>();
  readonly #listeners = new Set<() => void>();
  #objects: readonly string[] = [];
  #events: BusEvent[] = [];
  #waiting: { readonly event: CapturedEvent; readonly visibleAt: number }[] = [];
  /** Replay id of the last event that is not kept any more, or of the moment before the first. */
  #before: number;
  #last: number;
  #commitNumber = 0;

  constructor(database: Database, clock: Clock, random: () => number) {
    this.#database = database;
    this.#clock = clock;
    this.#random = random;
    // Replay ids of a process before this one are foreign.
    this.#last = this.#before = Math.floor(clock.now());
  }

  /** Selects objects for Change Data Capture, in place of those before; none switches it off. */
  select(objects: readonly string[]): void {
    this.#objects = objects;
    const listener: CommitListener = (changes, visibleAt, client) => {
      this.#capture(changes, visibleAt, client);
    };
    this.#database.onCommit(objects.length === 0 ? null : listener);
  }

  /** The objects behind a topic; null: there is no such topic. */
  objectsOf(topic: string): readonly string[] | null {
    if (topic === '/data/ChangeEvents') return this.#objects;
    const object = this.#objects.find((name) => topic === `/data/${name}ChangeEvent`);
    return object === undefined ? null : [object];
  }

  schema(id: string): EventSchema | null {
    return [...this.#schemas.values()].find((schema) => schema.id === id) ?? null;
  }

  schemaFor(object: string): EventSchema {
    const known = this.#schemas.get(object);
    if (known) return known;
    const schema = new EventSchema(this.#database.table(object).schema);
    this.#schemas.set(object, schema);
    return schema;
  }

  /** Tells something Salesforce could not tell as a change: `GAP_UPDATE` of records, `GAP_OVERFLOW` of an object. */
  tellGap(object: string, changeType: ChangeType, recordIds: readonly string[]): void {
    const schema = this.schemaFor(object);
    this.#commitNumber += 1;
    const header = {
      entityName: object,
      recordIds,
      changeType,
      changeOrigin: '',
      transactionKey: '',
      sequenceNumber: 1,
      commitTimestamp: this.#clock.now(),
      commitNumber: this.#commitNumber,
      commitUser: '',
      nulledFields: [],
      diffFields: [],
      changedFields: [],
    };
    const payload = schema.encode(header, {}, new Set());
    this.#append([{ object, recordIds, schemaId: schema.id, payload }]);
  }

  get last(): number {
    this.#settle();
    return this.#last;
  }

  /** Replay id of the moment before the oldest event that is kept. */
  get earliest(): number {
    this.#settle();
    return this.#before;
  }

  /** Whether a subscription may go on after this replay id. */
  knows(replayId: number): boolean {
    this.#settle();
    return replayId >= this.#before && replayId <= this.#last;
  }

  /** Up to `limit` events of the objects after a replay id. */
  after(replayId: number, objects: readonly string[], limit: number): BusEvent[] {
    this.#settle();
    const found: BusEvent[] = [];
    // Replay ids are consecutive, so the place of one is known.
    for (let index = Math.max(0, replayId - this.#before); found.length < limit; index += 1) {
      const event = this.#events[index];
      if (event === undefined) break;
      if (objects.includes(event.object)) found.push(event);
    }
    return found;
  }

  /** Something may be new; also while something waits for its time. Returns how to stop hearing of it. */
  onNews(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  #capture(changes: readonly RowChange[], visibleAt: number, client: string | null): void {
    this.#commitNumber += 1;
    const { asGaps, heldBackMs } = this.disturbances;
    const transaction = {
      changes,
      commitNumber: this.#commitNumber,
      at: this.#clock.now(),
      client,
      asGaps,
    };
    const events = captured(transaction, (object) =>
      this.#objects.includes(object) ? this.schemaFor(object) : null,
    );
    // A write waits for a transaction that holds its row, so what that one did is visible by now.
    const ids = new Set(changes.map(({ id }) => id));
    this.#release(({ event }) => event.recordIds.some((id) => ids.has(id)));
    for (const event of events)
      this.#waiting.push({
        event,
        visibleAt: visibleAt + (heldBackMs > 0 ? this.#random() * heldBackMs : 0),
      });
    this.#settle();
  }

  #settle(): void {
    const now = this.#clock.now();
    this.#release(({ visibleAt }) => visibleAt <= now);
    let gone = Math.max(0, this.#events.length - MOST_EVENTS);
    while ((this.#events[gone]?.at ?? Infinity) < now - RETENTION_MS) gone += 1;
    if (gone === 0) return;
    this.#before = this.#events[gone - 1]?.replayId ?? this.#before;
    this.#events = this.#events.slice(gone);
  }

  #release(isDue: (waiting: { event: CapturedEvent; visibleAt: number }) => boolean): void {
    if (this.#waiting.length === 0) return;
    const due = this.#waiting.filter(isDue).sort((one, other) => one.visibleAt - other.visibleAt);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter((waiting) => !due.includes(waiting));
    this.#append(due.map(({ event }) => event));
  }

  #append(events: readonly CapturedEvent[]): void {
    for (const event of events) {
      for (let times = this.disturbances.twice ? 2 : 1; times > 0; times -= 1) {
        this.#last += 1;
        this.#events.push({ ...event, replayId: this.#last, at: this.#clock.now() });
      }
    }
    // Later: whoever hears of it may be the one who asks just now.
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener();
    });
  }
}
