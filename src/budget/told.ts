// What the answers' headers say of everybody's calls to a portal or an org.
import type { Crm } from '../engine/failures.ts';

export interface Told {
  readonly limit: number;
  readonly used: number;
  /** How many of the used were ours, as far as was known. */
  readonly ours: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Null when the headers say nothing: HubSpot's searches, apps that signed in with OAuth. */
export function toldIn(
  crm: Crm,
  headers: Readonly<Record<string, string>>,
): Pick<Told, 'limit' | 'used'> | null {
  if (crm === 'Salesforce') {
    const usage = /api-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '');
    return usage ? { used: Number(usage[1]), limit: Number(usage[2]) } : null;
  }
  const limit = Number(headers['x-hubspot-ratelimit-daily'] ?? Number.NaN);
  const remaining = Number(headers['x-hubspot-ratelimit-daily-remaining'] ?? Number.NaN);
  return Number.isFinite(limit) && Number.isFinite(remaining)
    ? { limit, used: Math.max(0, limit - remaining) }
    : null;
}
