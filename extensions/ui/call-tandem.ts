// Calls Tandem by the contract: one function that is typed by the call's name, and one kind of error for everything
// that goes wrong, with words that can be shown as they are. HubSpot rejects with a generic sentence when a function
// could not run at all; that becomes such an error too.
//
// What only admins may do goes to the service by `hubspot.fetch`, which proves who asks. What history should name
// somebody for goes there too, if it can; everything else goes to HubSpot's functions.
import { hubspot } from '@hubspot/ui-extensions';
import type { ApiError, CallAnswer, CallName, CallParameters } from '../../src/api/contract.ts';
import { isForAdmins, isNamed } from '../../src/api/who-may.ts';
import type { AdminCall, NamedCall } from '../../src/api/who-may.ts';

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

const NO_SERVICE: ApiError = {
  code: 'SERVICE_NOT_SET',
  message: 'Tandem doesn’t know the address of its service, which changes like this go through.',
  fix: 'Enter it as TANDEM_SERVICE_URL in the profile of the project and upload it again.',
  field: null,
};

const SERVICE_FAILED: ApiError = {
  code: 'SERVICE_FAILED',
  message: 'The Tandem service did not answer.',
  fix: 'Try again, after a change once you have looked whether it was done; if it stays, check that the service runs and that HubSpot can reach it.',
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

/** The value of an answer; it was checked against the contract before it was sent. */
function valueOf(answer: unknown, otherwise: ApiError): unknown {
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    if (answer.ok === true && 'value' in answer) return answer.value;
    if ('error' in answer && isApiError(answer.error)) {
      throw new TandemError(answer.error);
    }
  }
  throw new TandemError(otherwise);
}

type ServerlessOptions = Parameters<typeof hubspot.serverless>[1];
type FetchBody = NonNullable<Parameters<typeof hubspot.fetch>[1]>['body'];

async function callFunction(name: CallName, parameters: unknown): Promise<unknown> {
  let answer: unknown;
  try {
    // What the contract allows is JSON; HubSpot's type can't see that.
    answer = await hubspot.serverless<unknown>(name, { parameters } as ServerlessOptions);
  } catch {
    throw new TandemError(FUNCTION_FAILED);
  }
  return valueOf(answer, FUNCTION_FAILED);
}

/** One for each click: HubSpot may send a request twice, and the service does it once. */
function newRequestId(): string {
  const digits = (): string => Math.random().toString(36).slice(2, 12).padEnd(10, '0');
  return `${Date.now().toString(36)}-${digits()}-${digits()}`;
}

async function callService(
  address: string | null,
  name: AdminCall | NamedCall,
  parameters: unknown,
): Promise<unknown> {
  if (address === null) throw new TandemError(NO_SERVICE);
  const body: FetchBody = { requestId: newRequestId(), parameters };
  let answer: unknown;
  try {
    const response = await hubspot.fetch(`${address}/app/${name}`, { method: 'POST', body });
    answer = await response.json();
  } catch {
    throw new TandemError(SERVICE_FAILED);
  }
  return valueOf(answer, SERVICE_FAILED);
}

/** The service didn't answer, or doesn't know who asks: nothing of these was done for somebody it knows. */
const NOT_THROUGH_SERVICE: ReadonlySet<string> = new Set([
  'SERVICE_FAILED',
  'NOT_SIGNED',
  'NO_CALLER',
  'OTHER_PORTAL',
]);

/** By name where the service can be reached; without one rather than not at all. */
async function callByName(
  address: string | null,
  name: NamedCall,
  parameters: unknown,
): Promise<unknown> {
  if (address === null) return callFunction(name, parameters);
  try {
    return await callService(address, name, parameters);
  } catch (thrown) {
    if (!NOT_THROUGH_SERVICE.has(apiErrorOf(thrown).code)) throw thrown;
    return callFunction(name, parameters);
  }
}

/**
 * What calls Tandem. The calls fail with `TandemError`, and with nothing else.
 *
 * @param serviceAddress of the Tandem service; null while none is set
 * @example
 * const callTandem = createCallTandem(serviceAddressIn(context.variables));
 * const { headline } = await callTandem('get-record', { contactId: '51' });
 */
export function createCallTandem(serviceAddress: string | null): CallTandem {
  return async <Name extends CallName>(name: Name, parameters: CallParameters<Name>) => {
    const value = isForAdmins(name)
      ? await callService(serviceAddress, name, parameters)
      : isNamed(name)
        ? await callByName(serviceAddress, name, parameters)
        : await callFunction(name, parameters);
    return value as CallAnswer<Name>;
  };
}

/** Whatever was thrown, as an error to show. */
export function apiErrorOf(thrown: unknown): ApiError {
  if (thrown instanceof TandemError) return thrown.error;
  return {
    ...FUNCTION_FAILED,
    message: thrown instanceof Error ? thrown.message : String(thrown),
  };
}
