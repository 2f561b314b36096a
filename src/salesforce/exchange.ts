// The way to Salesforce as one function from request to answer, so that a simulation can put the stand-in
// in its place: no sockets, no timers. Without one, jsforce goes over node-fetch and the sign-in over fetch.
import { PassThrough } from 'node:stream';
import { Transport } from 'jsforce/lib/transport.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types/index.js';

export interface ExchangeRequest {
  readonly method: string;
  /** Whole address, with the query. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** '' when there is none. */
  readonly body: string;
}

export interface ExchangeAnswer {
  readonly status: number;
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Rejects when the connection broke or no answer came; whatever it rejects with is taken for that. */
export type Exchange = (request: ExchangeRequest) => Promise<ExchangeAnswer>;

/** Exchanges over the network; headers and body of the answer within `timeoutMs`. */
export const overNetwork =
  (timeoutMs: number): Exchange =>
  async ({ method, url, headers, body }) => {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === '' ? {} : { body }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  };

/** What jsforce sends its requests through, over an exchange. */
export class ExchangeTransport extends Transport {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    super();
    this.#exchange = exchange;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    // jsforce wants a stream too; nobody here reads or writes it.
    return StreamPromise.create(() => ({
      stream: new PassThrough(),
      promise: this.#answer(request),
    }));
  }

  async #answer({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
    const answer = await this.#exchange({
      method,
      url,
      headers: withLowerCaseNames(headers ?? {}),
      body: typeof body === 'string' ? body : '',
    });
    return {
      statusCode: answer.status,
      headers: withLowerCaseNames(answer.headers),
      body: answer.body,
    };
  }
}

/** An answer before its body is read. */
export interface AnswerHead {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Another transport whose answers somebody wants to know of: jsforce keeps their headers to itself. */
export class AnnouncingTransport extends Transport {
  readonly #transport: Transport;
  readonly #onAnswer: (head: AnswerHead) => void;

  constructor(transport: Transport, onAnswer: (head: AnswerHead) => void) {
    super();
    this.#transport = transport;
    this.#onAnswer = onAnswer;
  }

  override httpRequest(request: HttpRequest, options: object): StreamPromise<HttpResponse> {
    const sent = this.#transport.httpRequest(request, options);
    return StreamPromise.create(() => ({
      stream: sent.stream(),
      promise: sent.then((answer) => {
        this.#onAnswer({ status: answer.statusCode, headers: withLowerCaseNames(answer.headers) });
        return answer;
      }),
    }));
  }
}

const withLowerCaseNames = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
