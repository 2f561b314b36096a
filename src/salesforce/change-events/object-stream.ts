// One object's stream, kept open: connects, hands over what comes, one answer after the other, asks for more only
// then (so never more than 100 events in memory), and connects again when it breaks or falls silent.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SalesforceObject } from '../../engine/fields.ts';
import type { Session } from '../credentials.ts';
import type { ChangeEventsListener, EventsState } from '../change-events-port.ts';
import { EventDecoder } from './decode.ts';
import { streamFailure } from './failures.ts';
import type { FetchResponse, PubSubConnection, PubSubStream } from './pubsub-connection.ts';

export interface Patience {
  /** Pause before connecting again; it doubles each time up to the longest. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** Pause before asking again whether an object is selected: the session is kept, so nothing counts against a limit. */
  readonly unselectedPauseMs: number;
  /** Pause after any other refusal. */
  readonly refusedPauseMs: number;
  /** A stream without an answer for so long is dead. Salesforce sends one every 270 seconds. */
  readonly silenceMs: number;
  /** A stream that lives for so long counts as open although nothing has come yet. */
  readonly settleMs: number;
}

export const PATIENCE: Patience = {
  pauseMs: 1_000,
  longestPauseMs: 60_000,
  unselectedPauseMs: 10_000,
  refusedPauseMs: 60_000,
  silenceMs: 330_000,
  settleMs: 2_000,
};

/** Sessions, shared by the streams of one subscription. */
export interface Sessions {
  current(): Promise<Session>;
  /** This one was refused: the next is another. */
  forget(session: Session): void;
}

export interface ObjectStreamOptions {
  readonly object: SalesforceObject;
  /** Base64; null: from now on. */
  readonly replayId: string | null;
  readonly listener: Omit<ChangeEventsListener, 'onState'>;
  readonly onState: (state: EventsState) => void;
  readonly sessions: Sessions;
  readonly connect: (session: Session) => PubSubConnection;
  readonly patience: Patience;
  readonly random: () => number;
}

const MOST_REQUESTED = 100;

export class ObjectStream {
  readonly #options: ObjectStreamOptions;
  readonly #topicName: string;
  readonly #decoder = new EventDecoder();
  readonly #stopped = new AbortController();
  readonly #running: Promise<void>;
  #replayId: string | null;
  /** Tries in a row that brought no open stream, and sessions in a row that were refused. */
  #failures = 0;
  #refusedSessions = 0;
  /** Changes may have been missed since the stream last told. */
  #isBehind = false;

  constructor(options: ObjectStreamOptions) {
    this.#options = options;
    this.#topicName = `/data/${options.object}ChangeEvent`;
    this.#replayId = options.replayId;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    const isStopped = (): boolean => signal.aborted;
    while (!isStopped()) {
      let pause: number;
      try {
        await this.#connectOnce();
        // The other end said good-bye: maintenance, or a stream that had lived long enough.
        this.#options.onState({ kind: 'connecting' });
        pause = this.#nextPause();
      } catch (error) {
        if (isStopped()) return;
        pause = this.#afterFailure(error);
      }
      await sleep(pause * (0.5 + this.#options.random()), undefined, { signal }).catch(
        () => undefined,
      );
    }
  }

  async #connectOnce(): Promise<void> {
    const { sessions, connect } = this.#options;
    const session = await sessions.current();
    const connection = connect(session);
    try {
      await this.#read(connection);
    } catch (error) {
      if (streamFailure(error).kind === 'session') sessions.forget(session);
      throw error;
    } finally {
      connection.close();
    }
  }

  async #read(connection: PubSubConnection): Promise<void> {
    const { patience } = this.#options;
    if (!(await connection.canSubscribe(this.#topicName)))
      throw new NotAllowed(
        `The integration user may not subscribe to ${this.#topicName}: it needs “View All” or “View All Records” on the object.`,
      );
    if (this.#replayId === null) this.#isBehind = true;
    const stream = connection.subscribe(
      {
        topicName: this.#topicName,
        numRequested: MOST_REQUESTED,
        ...(this.#replayId === null ? {} : { replayId: Buffer.from(this.#replayId, 'base64') }),
      },
      this.#stopped.signal,
    );
    const giveUp = (): void => {
      stream.end();
    };
    const silence = setTimeout(giveUp, patience.silenceMs);
    const settled = setTimeout(() => {
      this.#open().catch(giveUp);
    }, patience.settleMs);
    try {
      for await (const answer of stream.answers) {
        await this.#handOver(answer, connection, stream);
        await this.#open();
        silence.refresh();
      }
    } finally {
      clearTimeout(silence);
      clearTimeout(settled);
      stream.end();
    }
  }

  async #open(): Promise<void> {
    const { listener, onState } = this.#options;
    // What happened before the stream began is found by looking.
    if (this.#isBehind) await listener.onGap();
    this.#isBehind = false;
    this.#failures = 0;
    this.#refusedSessions = 0;
    onState({ kind: 'connected' });
  }

  async #handOver(
    { events, latestReplayId }: FetchResponse,
    connection: PubSubConnection,
    stream: PubSubStream,
  ): Promise<void> {
    const { listener, object } = this.#options;
    const decoded = [];
    for (const { event } of events)
      decoded.push(await this.#decoder.decode(event, (id) => connection.schema(id)));
    const keys = decoded.flatMap((one) => one.keys);
    if (keys.length > 0) await listener.onKeys(keys);
    if (decoded.some(({ isGap }) => isGap)) await listener.onGap();
    const replayId = (events.at(-1)?.replayId ?? latestReplayId).toString('base64');
    if (replayId !== this.#replayId && replayId !== '') {
      this.#replayId = replayId;
      await listener.onReplayId(object, replayId);
    }
    if (events.length > 0) stream.request(events.length);
  }

  /** Says what happened and for how long to wait. */
  #afterFailure(error: unknown): number {
    const { onState, patience } = this.#options;
    const failure =
      error instanceof NotAllowed
        ? ({ kind: 'refused', why: error.message } as const)
        : streamFailure(error);
    switch (failure.kind) {
      case 'replayId':
        this.#replayId = null;
        onState({ kind: 'connecting' });
        return this.#nextPause();
      case 'session':
        this.#refusedSessions += 1;
        // One session ends sooner or later; a fresh one that is refused too means something else.
        if (this.#refusedSessions > 1) {
          onState({ kind: 'refused', why: failure.why });
          return patience.refusedPauseMs;
        }
        onState({ kind: 'connecting' });
        return this.#nextPause();
      case 'unselected':
        onState({ kind: 'refused', why: failure.why });
        return patience.unselectedPauseMs;
      case 'refused':
        onState({ kind: 'refused', why: failure.why });
        return patience.refusedPauseMs;
      case 'passing':
        onState({ kind: 'connecting' });
        return this.#nextPause();
    }
  }

  #nextPause(): number {
    const { pauseMs, longestPauseMs } = this.#options.patience;
    const pause = Math.min(pauseMs * 2 ** this.#failures, longestPauseMs);
    this.#failures += 1;
    return pause;
  }
}

class NotAllowed extends Error {}
