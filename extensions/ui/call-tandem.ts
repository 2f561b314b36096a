// Calls Tandem's functions by the contract: one function that is typed by the call's name, and one kind of
// error for everything that goes wrong, with words that can be shown as they are. HubSpot rejects with a
// generic sentence when a function could not run at all; that becomes such an error too.
import { hubspot } from '@hubspot/ui-extensions';
import type { ApiError, CallAnswer, CallName, CallParameters } from '../../src/api/contract.ts';

/** A call that came to nothing; `error` says why and what to do. */
export class TandemError extends Error {
  readonly error: ApiError;
  constructor(error: ApiError) {
    super(error.message);
    this.name = 'TandemError';
    this.error = error;
  }
}

/** How the extensions reach Tandem; tests hand in their own. */
export type CallTandem = <Name extends CallName>(
  name: Name,
  parameters: CallParameters<Name>,
) => Promise<CallAnswer<Name>>;

const FUNCTION_FAILED: ApiError = {
  code: 'FUNCTION_FAILED',
  message: 'Tandem’s function could not be run.',
  fix: 'Try again in a minute; if it stays, the log of the app in HubSpot says why.',
  field: null,
};

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

function isApiError(error: unknown): error is ApiError {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, fix, field } = error as Partial<Record<keyof ApiError, unknown>>;
  return (
    typeof code === 'string' &&
    typeof message === 'string' &&
    isTextOrNull(fix) &&
    isTextOrNull(field)
  );
}

/** The value of an answer; the functions check it against the contract before they send it. */
function valueOf(answer: unknown): unknown {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    if (answer.ok === true && 'value' in answer) return answer.value;
    if ('error' in answer && isApiError(answer.error)) {
      throw new TandemError(answer.error);
    }
  }
  throw new TandemError(FUNCTION_FAILED);
}

/**
 * Calls one of Tandem's functions. Fails with `TandemError`, and with nothing else.
 *
 * @example
 * const { headline } = await callTandem('get-record', { contactId: '51' });
 */
export const callTandem: CallTandem = async <Name extends CallName>(
  name: Name,
  parameters: CallParameters<Name>,
) => {
  let answer: unknown;
  try {
    // What the contract allows is JSON; HubSpot's type can't see that.
    answer = await hubspot.serverless<unknown>(name, { parameters } as ServerlessOptions);
  } catch {
    throw new TandemError(FUNCTION_FAILED);
  }
  return valueOf(answer) as CallAnswer<Name>;
};

type ServerlessOptions = Parameters<typeof hubspot.serverless>[1];

/** Whatever was thrown, as an error to show. */
export function apiErrorOf(thrown: unknown): ApiError {
  if (thrown instanceof TandemError) return thrown.error;
  return {
    ...FUNCTION_FAILED,
    message: thrown instanceof Error ? thrown.message : String(thrown),
  };
}
