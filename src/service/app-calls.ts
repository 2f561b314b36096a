// Calls that the extensions make with `hubspot.fetch`: HubSpot's proxy adds who is signed in (`userId`, `userEmail`,
// `portalId`) to the query and signs method, address and body with the app's client secret. Here that is checked,
// and only here does a call get a caller (docs/security.md).
//
// HubSpot repeats a call once when the connection breaks or the answer is 5xx, so each carries an id of its own, and
// a second one with the same id gets the answer of the first.
import { setInterval as every } from 'node:timers/promises';
import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../api/caller.ts';
import type { Answer, ApiError, CallName } from '../api/contract.ts';
import { handleCall, isCallName } from '../api/handle.ts';
import type { ApiServices } from '../api/services.ts';
import type { Log } from '../logs/log.ts';
import { isDoneOnce, isForAdmins } from '../api/who-may.ts';
import { isRequestSigned, rawBody, textOf } from './signed-request.ts';

export interface AppCallOptions {
  readonly services: ApiServices;
  readonly clientSecret: string | null;
  /** Public address of this service; null: what the request says. */
  readonly publicUrl: string | null;
  /** The portal this installation belongs to: calls of any other are refused. */
  readonly portalId: string | null;
  readonly log: Log | null;
}

/**
 * What is in the body. That parameters are an object of their own is a protection too: the webhook action of
 * workflows, which HubSpot signs for whoever edits them, sends texts only.
 */
const envelopeSchema = z.strictObject({
  requestId: z.string().regex(/^[\w-]{16,64}$/),
  parameters: z.record(z.string(), z.unknown()),
});

const failed = (code: string, message: string, fix: string | null): Answer<never> => {
  const error: ApiError = { code, message, fix, field: null };
  return { ok: false, error };
};

const NOT_SIGNED = failed(
  'NOT_SIGNED',
  'This call is not signed by HubSpot, or was signed more than five minutes ago.',
  'Check that HUBSPOT_CLIENT_SECRET is the client secret of the app, and TANDEM_SERVICE_URL the address that HubSpot calls.',
);
const NO_CALLER = failed(
  'NO_CALLER',
  'HubSpot did not say who makes this call.',
  'Reload the page and try again.',
);
const OTHER_PORTAL = failed(
  'OTHER_PORTAL',
  'This Tandem belongs to another HubSpot account.',
  'Upload the project to the account whose access token the service has.',
);
const NOT_UNDERSTOOD = failed(
  'INVALID_PARAMETERS',
  'The body has to be a request id and the parameters of the call.',
  null,
);
const UNCERTAIN = failed(
  'OUTCOME_UNKNOWN',
  'The connection broke while this was being done, and it can’t be told whether it was.',
  'Reload the page to see, then try again if it wasn’t.',
);

/** HubSpot's own additions; one that is there twice may be somebody else's. */
function callerOf(query: URLSearchParams): (Caller & { readonly portalId: string }) | null {
  const only = (name: string): string | null => {
    const values = query.getAll(name);
    return values.length === 1 ? (values[0] ?? null) : null;
  };
  const [userId, email, portalId] = [only('userId'), only('userEmail'), only('portalId')];
  if (userId === null || email === null || portalId === null) return null;
  return /^\d{1,20}$/.test(userId) && email !== '' ? { userId, email, portalId } : null;
}

const queryOf = (request: Request): URLSearchParams =>
  new URL(request.originalUrl, 'http://service').searchParams;

function envelopeIn(text: string): z.output<typeof envelopeSchema> | null {
  try {
    return envelopeSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** How long a repeated call waits for the answer of the first. */
const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 100;

async function once(
  { answered }: ApiServices,
  key: string,
  work: () => Promise<Answer<unknown>>,
): Promise<unknown> {
  if (await answered.begin(key)) {
    const answer = await work();
    await answered.keep(key, answer);
    return answer;
  }
  let looks = 0;
  for await (const kept of every(LOOK_EVERY_MS, answered)) {
    const found = await kept.find(key);
    if (found !== null) return found.answer;
    looks += 1;
    if (looks * LOOK_EVERY_MS >= LONGEST_WAIT_MS) break;
  }
  return UNCERTAIN;
}

export function appCalls(options: AppCallOptions): Router {
  const { services, clientSecret, publicUrl, portalId, log } = options;
  const router = Router();

  const answerTo = (
    call: CallName,
    caller: Caller,
    { requestId, parameters }: z.output<typeof envelopeSchema>,
  ): Promise<unknown> => {
    const work = (): Promise<Answer<unknown>> => handleCall(call, parameters, services, caller);
    // What changes nothing for others is answered from the records as they are now.
    if (!isDoneOnce(call)) return work();
    return once(services, `${call}:${caller.userId}:${requestId}`, async () => {
      const answer = await work();
      const outcome = answer.ok ? 'done' : answer.error.code;
      if (isForAdmins(call)) log?.info('admin call', { call, user: caller.userId, outcome });
      return answer;
    });
  };

  router.post('/app/:call', rawBody, async (request: Request<{ call: string }>, response) => {
    if (!isRequestSigned(request, { clientSecret, publicUrl })) {
      response.status(401).json(NOT_SIGNED);
      return;
    }
    const caller = callerOf(queryOf(request));
    if (caller === null) {
      response.status(401).json(NO_CALLER);
      return;
    }
    if (portalId === null || caller.portalId !== portalId) {
      response.status(403).json(OTHER_PORTAL);
      return;
    }
    const { call } = request.params;
    if (!isCallName(call)) {
      response.status(404).json(failed('UNKNOWN_CALL', `There is no call “${call}”.`, null));
      return;
    }
    const envelope = envelopeIn(textOf(request));
    if (envelope === null) response.status(400).json(NOT_UNDERSTOOD);
    else response.json(await answerTo(call, caller, envelope));
  });
  return router;
}
