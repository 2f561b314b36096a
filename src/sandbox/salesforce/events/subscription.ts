// One Subscribe stream: events go out while the client has asked for any, at most 100 ahead; when there are none
// an empty answer says that the stream is alive. A client that asks for nothing for 60 seconds is let go.
import { randomUUID } from 'node:crypto';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { EventBus } from './event-bus.ts';
import { refusal, REFUSALS, type Refusal } from './refusals.ts';

export interface FetchRequest {
  readonly topicName?: string;
  readonly replayPreset?: number;
  readonly replayId?: Buffer;
  readonly numRequested?: number;
}

export interface FetchResponse {
  readonly events: readonly {
    readonly event: { readonly id: string; readonly schemaId: string; readonly payload: Buffer };
    readonly replayId: Buffer;
  }[];
  readonly latestReplayId: Buffer;
  readonly rpcId: string;
  readonly pendingNumRequested: number;
}

export interface SubscriptionOptions {
  readonly call: ServerDuplexStream<FetchRequest, FetchResponse>;
  readonly bus: EventBus;
  readonly keepaliveMs: number;
  readonly topicRefusal: (topic: string) => Refusal;
  readonly onSent: (events: number) => void;
}

const PRESETS = { latest: 0, earliest: 1, custom: 2 } as const;
const MOST_REQUESTED = 100;
const IDLE_MS = 60_000;
/** How often to see whether the time of a late commit has come. */
const LATE_MS = 20;

export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #rpcId = randomUUID();
  readonly #endings: (() => void)[] = [];
  #objects: readonly string[] | null = null;
  #topic = '';
  #position = 0;
  #requested = 0;
  #silence: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
    const { call, bus } = options;
    const late = setInterval(() => {
      if (bus.hasWaiting) this.#send();
    }, LATE_MS);
    this.#endings.push(
      bus.onNews(() => {
        this.#send();
      }),
      () => {
        clearInterval(late);
        clearTimeout(this.#silence);
      },
    );
    call.on('data', (request: FetchRequest) => {
      const why = this.#take(request);
      if (why !== null) this.end(why);
      else this.#send();
    });
    call.on('end', () => {
      call.end();
      this.#close();
    });
    call.on('cancelled', () => {
      this.#close();
    });
    call.on('error', () => {
      this.#close();
    });
  }

  onEnd(listener: () => void): void {
    this.#endings.push(listener);
  }

  end(why: Refusal): void {
    if (this.#isOver) return;
    this.#options.call.emit('error', refusal(why));
    this.#close();
  }

  #close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const ending of this.#endings) ending();
  }

  #take(request: FetchRequest): Refusal | null {
    const count = request.numRequested ?? 0;
    if (count <= 0) return REFUSALS.requestedEvents;
    if (this.#objects === null) {
      const why = this.#begin(request);
      if (why !== null) return why;
    } else if (request.topicName && request.topicName !== this.#topic) return REFUSALS.anotherTopic;
    this.#requested = Math.min(this.#requested + count, MOST_REQUESTED);
    this.#listen();
    return null;
  }

  #begin({ topicName = '', replayPreset = 0, replayId }: FetchRequest): Refusal | null {
    const { bus, topicRefusal } = this.#options;
    this.#objects = bus.objectsOf(topicName);
    this.#topic = topicName;
    if (this.#objects === null) return topicRefusal(topicName);
    if (replayPreset !== PRESETS.custom) {
      this.#position = replayPreset === PRESETS.earliest ? bus.earliest : bus.last;
      return null;
    }
    if (!replayId || replayId.length === 0) return REFUSALS.noReplayId;
    if (replayId.length !== 8) return REFUSALS.replayId;
    this.#position = Number(replayId.readBigUInt64BE());
    return bus.knows(this.#position) ? null : REFUSALS.replayId;
  }

  #send(): void {
    if (this.#objects === null || this.#isOver) return;
    const { bus, call } = this.#options;
    while (this.#requested > 0) {
      const events = bus.after(this.#position, this.#objects, this.#requested);
      const last = events.at(-1);
      if (last === undefined) return;
      this.#requested -= events.length;
      this.#position = last.replayId;
      this.#options.onSent(events.length);
      call.write({
        events: events.map(({ schemaId, payload, replayId }) => ({
          event: { id: randomUUID(), schemaId, payload },
          replayId: replayIdBytes(replayId),
        })),
        ...this.#standing(),
      });
      this.#listen();
    }
  }

  /** Waits for whatever has to happen when nothing else does. */
  #listen(): void {
    clearTimeout(this.#silence);
    if (this.#isOver) return;
    const { bus, call, keepaliveMs } = this.#options;
    this.#silence =
      this.#requested > 0
        ? setTimeout(() => {
            const last = bus.last;
            this.#send();
            if (this.#requested === 0) return;
            // Everything of other topics, up to now, is behind it too.
            this.#position = Math.max(this.#position, last);
            call.write({ events: [], ...this.#standing() });
            this.#listen();
          }, keepaliveMs)
        : setTimeout(() => {
            this.end(REFUSALS.idle);
          }, IDLE_MS);
  }

  #standing(): Omit<FetchResponse, 'events'> {
    return {
      latestReplayId: replayIdBytes(this.#position),
      rpcId: this.#rpcId,
      pendingNumRequested: this.#requested,
    };
  }
}

function replayIdBytes(replayId: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(replayId));
  return bytes;
}
