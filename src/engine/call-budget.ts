// What the adapters ask before every call to a CRM, and tell after it. Whoever answers keeps the limits of
// both CRMs and the admin's budget over all processes (`src/budget`); without one an adapter goes by itself.
import type { Crm } from './failures.ts';

/** Who may go first, most urgent first: people and changes, second tries, imports and other runs. */
export const CALL_CLASSES = ['live', 'retry', 'runs'] as const;
export type CallClass = (typeof CALL_CLASSES)[number];

export interface CallKind {
  readonly crm: Crm;
  /** Method and path without ids or anything else that is one record's: `endpointName`. */
  readonly endpoint: string;
  /** HubSpot counts searches apart. */
  readonly isSearch: boolean;
}

/** Which limit a refused call met: the day's, the short window's, or that of calls under way together. */
export type MetLimit = 'day' | 'window' | 'concurrent';

export interface CallAnswer {
  /** Null: no answer came. */
  readonly status: number | null;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly met: MetLimit | null;
  /** How long the CRM asks everybody to stay away. */
  readonly retryAfterMs: number | null;
}

export interface TakenCall {
  /** Answers how long to stay away when the day's limit is reached; null otherwise. */
  learn(answer: CallAnswer): number | null;
}

export interface CallBudget {
  /** Whether HubSpot's short windows are kept too; an adapter keeps them by itself otherwise. */
  readonly keepsWindows: boolean;
  /**
   * Resolves when the call may be sent, which then counts, whatever becomes of it. Throws `RateLimited`, with
   * the time to wait, when the budget of the work at hand is used up.
   */
  take(call: CallKind): Promise<TakenCall>;
  /** Of the HubSpot portal, whose day begins at midnight there. */
  setTimeZone(timeZone: string): void;
}

/** Segments that name a thing rather than one record; an e-mail address or an id is neither. */
const NAMING = /^[A-Za-z][A-Za-z_-]*$/;

/** `POST contacts/batch/read`: for counting, so that there are few of them and none says anything about anybody. */
export function endpointName(method: string, path: string): string {
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (NAMING.test(segment) ? segment : ':id'));
  return `${method} ${segments.join('/')}`;
}
