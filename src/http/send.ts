// One HTTP exchange for the CRM adapters: global fetch under a time-out that covers the whole answer, its
// body included. No retries, no judgement of statuses: that is `repeat.ts` and each CRM's own file.

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: no body. */
  readonly body: string | null;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;

/** No answer came: the connection failed or broke, or the time-out struck. */
export class NoAnswer extends Error {
  /** False when the request cannot have reached the other side. */
  readonly mayBeDone: boolean;
  constructor(message: string, mayBeDone: boolean, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NoAnswer';
    this.mayBeDone = mayBeDone;
  }
}

/** What goes wrong before the first byte of a request leaves. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export interface SendOptions {
  readonly timeoutMs: number;
  /** Replaces the global fetch: for simulations without sockets. */
  readonly fetch?: typeof fetch | undefined;
}

export function createSend({ timeoutMs, fetch = globalThis.fetch }: SendOptions): SendHttp {
  return async ({ method, url, headers, body }) => {
    try {
      const response = await fetch(url, {
        method,
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
    } catch (error) {
      throw noAnswer(error, timeoutMs);
    }
  };
}

function noAnswer(error: unknown, timeoutMs: number): NoAnswer {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new NoAnswer(`no answer within ${timeoutMs} ms`, true, { cause: error });
  }
  const code = codeOf(error) ?? codeOf(error instanceof Error ? error.cause : null);
  return new NoAnswer(
    `the connection failed (${code ?? String(error)})`,
    code === null || !NEVER_SENT.has(code),
    { cause: error },
  );
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** True when a body is the JSON it should be, not a proxy's HTML or nothing at all. */
export function isJsonText(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
