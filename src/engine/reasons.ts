// Why something was not written, or a record not synced: one catalogue for rep and admin. A reason is a
// code with details; the sentences are made from both, here and nowhere else.

export const REASON_CODES = ['NO_EMAIL'] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

export interface Reason {
  readonly code: ReasonCode;
  /** Names and values the sentences mention. */
  readonly details: Readonly<Record<string, string>>;
}
