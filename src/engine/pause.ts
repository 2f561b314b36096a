// A pause that an admin ordered, per direction: nothing is written that way, and whoever would have been written to
// waits with a reason that names the pause. When it is over they are found by that reason.
import type { HeldBack } from './plan-fields.ts';
import { reason, type ReasonCode } from './reasons.ts';
import type { Settings } from './settings.ts';

export type Paused = Settings['paused'];

export const PAUSE_CODES = [
  'PAUSED_TO_SALESFORCE',
  'PAUSED_TO_HUBSPOT',
  'PAUSED_BOTH_WAYS',
] as const satisfies readonly ReasonCode[];
export type PauseCode = (typeof PAUSE_CODES)[number];

export const isPause = (code: ReasonCode): code is PauseCode =>
  PAUSE_CODES.some((known) => known === code);

/** Why nothing may be written, by direction. */
export function pausedBy({ toSalesforce, toHubSpot }: Paused): HeldBack {
  if (toSalesforce && toHubSpot) {
    const why = reason('PAUSED_BOTH_WAYS');
    return { toSalesforce: why, toHubSpot: why };
  }
  return {
    toSalesforce: toSalesforce ? reason('PAUSED_TO_SALESFORCE') : null,
    toHubSpot: toHubSpot ? reason('PAUSED_TO_HUBSPOT') : null,
  };
}

/** Reasons by which nobody waits any more: what they name is over, or is another pause now. */
export function endedPauses(paused: Paused): PauseCode[] {
  const { toSalesforce, toHubSpot } = pausedBy(paused);
  return PAUSE_CODES.filter((code) => toSalesforce?.code !== code && toHubSpot?.code !== code);
}
