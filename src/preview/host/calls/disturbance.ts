// What the developer tools do to the extensions' calls on their way to the server: make them slow, let all of them or
// a chosen one fail, or cut them off, as an extension's author wants to see it.

export type Latency = 0 | 300 | 2_000;
export const LATENCIES: readonly Latency[] = [0, 300, 2_000];

/**
 * `everyCall`: HubSpot cannot run functions, and the service answers 500. `offline`: nothing leaves the browser.
 * `call:<name>`: Tandem itself answers that call with CRM_UNAVAILABLE.
 */
export type Failure = 'none' | 'everyCall' | 'offline' | `call:${string}`;

export interface Disturbance {
  readonly latencyMs: Latency;
  readonly failure: Failure;
}

export const UNDISTURBED: Disturbance = { latencyMs: 0, failure: 'none' };

const CALL = 'call:';
const CALL_NAME = /^[a-z][a-z0-9-]{0,60}$/;

/** The call that alone fails; null when none is singled out. */
export function failingCall(failure: Failure): string | null {
  return failure.startsWith(CALL) ? failure.slice(CALL.length) : null;
}

/** As the page's address has it. */
export function latencyFrom(text: string | null): Latency {
  return LATENCIES.find((known) => String(known) === text) ?? 0;
}

/** As the page's address has it: `everyCall`, `offline`, or a call's name. */
export function failureFrom(text: string | null): Failure {
  if (text === 'everyCall' || text === 'offline') return text;
  return text !== null && text !== 'none' && CALL_NAME.test(text) ? `${CALL}${text}` : 'none';
}

export function failureInAddress(failure: Failure): string {
  return failingCall(failure) ?? failure;
}
