// The extensions' calls, newest first, for the network panel: each one's name, way, parameters and answer. Only the
// latest are kept.
import type { JsonValue } from '../../../service/function-outcome.ts';

const KEPT = 200;

/** Through HubSpot's functions, or by `hubspot.fetch` to the service. */
export type CallWay = 'function' | 'service';

export interface CallEnd {
  readonly ms: number;
  readonly isOk: boolean;
  /** `ok`, Tandem's error code, or how the way failed: `HTTP 500`, `OFFLINE`. */
  readonly code: string;
  /** Of the answer as JSON. */
  readonly bytes: number;
  readonly answer: JsonValue;
}

export interface LoggedCall {
  readonly id: number;
  readonly name: string;
  readonly way: CallWay;
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
  readonly parameters: JsonValue;
  /** Null while it runs. */
  readonly end: CallEnd | null;
}

export class CallLog {
  readonly #listeners = new Set<() => void>();
  #calls: readonly LoggedCall[] = [];
  #lastId = 0;

  /** Returns what takes the listener off again. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** The same list until something changes. */
  readonly calls = (): readonly LoggedCall[] => this.#calls;

  /** Returns the id to end it by. */
  begin(call: Omit<LoggedCall, 'id' | 'end'>): number {
    this.#lastId += 1;
    const begun: LoggedCall = { ...call, id: this.#lastId, end: null };
    this.#show([begun, ...this.#calls].slice(0, KEPT));
    return begun.id;
  }

  end(id: number, end: CallEnd): void {
    this.#show(this.#calls.map((call) => (call.id === id ? { ...call, end } : call)));
  }

  clear(): void {
    this.#show([]);
  }

  #show(calls: readonly LoggedCall[]): void {
    this.#calls = calls;
    for (const listener of this.#listeners) listener();
  }
}
