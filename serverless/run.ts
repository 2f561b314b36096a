// What every HubSpot function does: runs its call of the contract here, or has the Tandem service run it when
// TANDEM_SERVICE_URL is set. Whatever goes wrong is an answer `{ ok: false, error }`: HubSpot shows people one
// generic sentence for a function that throws (hubspot-platform §3).
//
// The services of src/api are loaded when first needed and kept for the life of the process, which HubSpot
// may use for several calls.
import type { Answer, ApiError, CallName } from '../src/api/contract.ts';
import type { ApiServices } from '../src/api/services.ts';
import { forward } from './forward.ts';
import { withoutPlaceholders, withoutSecrets, type Environment } from './secrets.ts';
import { within } from './time-limit.ts';

/** What HubSpot hands to a function; only the parameters are of use, and they are not trusted. */
export interface FunctionContext {
  readonly parameters?: unknown;
}

export type HubSpotFunction = (context?: FunctionContext) => Promise<Answer<unknown>>;

/** HubSpot stops a function after 10 s. */
const TIME_LIMIT_MS = 9_000;

let opened: Promise<ApiServices> | null = null;

/** Opens the services once; an attempt that fails is made again by the next call. */
async function services(environment: Environment): Promise<ApiServices> {
  const { openServices } = await import('../src/api/services.ts');
  opened ??= openServices(environment);
  try {
    return await opened;
  } catch (error) {
    opened = null;
    throw error;
  }
}

async function runHere(
  name: CallName,
  parameters: unknown,
  environment: Environment,
): Promise<Answer<unknown>> {
  const { handleCall } = await import('../src/api/handle.ts');
  // HubSpot tells a function nothing about its caller that could be relied on.
  return handleCall(name, parameters, await services(environment));
}

async function answerTo(
  name: CallName,
  parameters: unknown,
  environment: Environment,
  signal: AbortSignal,
): Promise<Answer<unknown>> {
  const { TANDEM_SERVICE_URL: url, TANDEM_SERVICE_SECRET: secret } = environment;
  if (url === undefined) return runHere(name, parameters, environment);
  if (secret === undefined) {
    return refused({
      code: 'NOT_CONFIGURED',
      message: 'The secret TANDEM_SERVICE_SECRET is not set, though TANDEM_SERVICE_URL is.',
      fix: 'Add it with `hs secret add TANDEM_SERVICE_SECRET`, the same value as the service has.',
    });
  }
  return forward({ url, secret }, name, parameters, signal);
}

const refused = (error: Omit<ApiError, 'field'>): Answer<unknown> => ({
  ok: false,
  error: { ...error, field: null },
});

const tooLate = (): Answer<unknown> =>
  refused({
    code: 'TIMED_OUT',
    message: `This took longer than ${TIME_LIMIT_MS / 1000} seconds, which is all the time HubSpot gives.`,
    fix: 'Try again: what was written stays written, and nothing is written twice.',
  });

function failed(error: unknown): Answer<unknown> {
  if (error instanceof Error && error.name === 'ConfigurationError') {
    return refused({
      code: 'NOT_CONFIGURED',
      message: `Tandem is not set up yet. ${error.message.replaceAll('\n', ' ')}`,
      fix: 'Add each missing secret with `hs secret add NAME` and upload the project again.',
    });
  }
  return refused({
    code: 'UNEXPECTED',
    message: `Tandem could not start: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Try again; if it stays, check the secrets of the app.',
  });
}

function blottedOut(answer: Answer<unknown>, environment: Environment): Answer<unknown> {
  if (answer.ok) return answer;
  const { message, fix, ...rest } = answer.error;
  return {
    ok: false,
    error: {
      ...rest,
      message: withoutSecrets(message, environment),
      fix: fix === null ? null : withoutSecrets(fix, environment),
    },
  };
}

/** The `main` of the function that serves one call of the contract. */
export function serve(name: CallName): HubSpotFunction {
  return async ({ parameters } = {}) => {
    const environment = withoutPlaceholders(process.env);
    const answer = await within(
      TIME_LIMIT_MS,
      (signal) => answerTo(name, parameters, environment, signal).catch(failed),
      tooLate,
    );
    return blottedOut(answer, environment);
  };
}
