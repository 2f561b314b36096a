// Between an extension and the preview's server: every call of the contract is written to the log, and disturbed as
// the developer tools say at the moment it is made.
import type { ExtensionFetch, FetchReply } from '../../contract.ts';
import { GENERIC_FUNCTION_ERROR } from '../../../service/function-outcome.ts';
import type { JsonValue } from '../../../service/function-outcome.ts';
import { previewApi } from '../api.ts';
import type { FunctionReply } from '../worker-protocol.ts';
import { CallLog } from './call-log.ts';
import type { CallWay } from './call-log.ts';
import { failingCall, UNDISTURBED } from './disturbance.ts';
import type { Disturbance } from './disturbance.ts';

const FUNCTION_FAILED: FunctionReply = {
  ok: false,
  message: GENERIC_FUNCTION_ERROR,
  detail: 'The developer tools let every call fail.',
};
const OFFLINE = 'Failed to fetch';
const SERVICE_FAILED: FetchReply = {
  status: 500,
  body: 'The developer tools let every call fail.',
};

const unavailable = (name: string): JsonValue => ({
  ok: false,
  error: {
    code: 'CRM_UNAVAILABLE',
    message: `The developer tools let “${name}” fail: Salesforce does not answer at the moment.`,
    fix: 'Try again in a minute.',
    field: null,
  },
});

function parsed(body: string): JsonValue {
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return body;
  }
}

function isObject(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `ok`, or the code of Tandem's error; null for what is no answer of Tandem's. */
function verdictOf(answer: JsonValue): string | null {
  if (!isObject(answer)) return null;
  if (answer['ok'] === true) return 'ok';
  const error = answer['error'];
  return isObject(error) && typeof error['code'] === 'string' ? error['code'] : null;
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

interface Told {
  readonly code: string;
  readonly answer: JsonValue;
}

const toldByFunction = (reply: FunctionReply): Told =>
  reply.ok
    ? { code: verdictOf(reply.response) ?? 'ok', answer: reply.response }
    : { code: 'FUNCTION_FAILED', answer: reply.detail };

function toldByService({ status, body }: FetchReply): Told {
  const answer = parsed(body);
  return { code: verdictOf(answer) ?? (status < 400 ? 'ok' : `HTTP ${status}`), answer };
}

export class WatchedCalls {
  readonly log = new CallLog();
  #disturbance = UNDISTURBED;

  /** Goes for the calls that are made from now on. */
  disturb(disturbance: Disturbance): void {
    this.#disturbance = disturbance;
  }

  callFunction(
    name: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<FunctionReply> {
    return this.#watch(
      { name, way: 'function', parameters: parsed(JSON.stringify(parameters)) },
      {
        send: () => previewApi.callFunction(name, parameters),
        broken: FUNCTION_FAILED,
        cutOff: (message) => ({ ok: false, message, detail: message }),
        unavailable: { ok: true, response: unavailable(name) },
        told: toldByFunction,
      },
    );
  }

  fetchAsHubSpot(request: ExtensionFetch): Promise<FetchReply> {
    const name = request.url.split(/[?#]/)[0]?.split('/').at(-1) ?? request.url;
    const body = parsed(request.body);
    return this.#watch(
      { name, way: 'service', parameters: isObject(body) ? (body['parameters'] ?? body) : body },
      {
        send: () => previewApi.fetchAsHubSpot(request),
        broken: SERVICE_FAILED,
        // The worker makes a rejection of it, as a browser does.
        cutOff: (message) => ({ status: 0, body: message }),
        unavailable: { status: 200, body: JSON.stringify(unavailable(name)) },
        told: toldByService,
      },
    );
  }

  async #watch<Reply>(
    call: { readonly name: string; readonly way: CallWay; readonly parameters: JsonValue },
    how: {
      readonly send: () => Promise<Reply>;
      readonly broken: Reply;
      readonly cutOff: (message: string) => Reply;
      readonly unavailable: Reply;
      readonly told: (reply: Reply) => Told;
    },
  ): Promise<Reply> {
    const { latencyMs, failure } = this.#disturbance;
    const id = this.log.begin({ ...call, at: Date.now() });
    const start = performance.now();
    const end = ({ code, answer }: Told): void => {
      this.log.end(id, {
        ms: performance.now() - start,
        isOk: code === 'ok',
        code,
        bytes: bytesOf(JSON.stringify(answer)),
        answer,
      });
    };
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    if (failure === 'offline') {
      end({ code: 'OFFLINE', answer: OFFLINE });
      return how.cutOff(OFFLINE);
    }
    try {
      const reply =
        failure === 'everyCall'
          ? how.broken
          : failingCall(failure) === call.name
            ? how.unavailable
            : await how.send();
      end(how.told(reply));
      return reply;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      end({ code: 'NOT_SENT', answer: message });
      return how.cutOff(message);
    }
  }
}
