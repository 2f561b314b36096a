// What an adapter tells about every HTTP call it made: for metrics, API budgets and tests.
import type { Crm } from '../engine/failures.ts';

export interface SentCall {
  readonly crm: Crm;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  /** The day's allowance, where the CRM says it with the answer. */
  readonly daily: { readonly used: number; readonly limit: number } | null;
}

export type OnCall = (call: SentCall) => void;
