// Why a CRM refused one record or one field of it: a value, never an exception. Adapters build these
// from the CRM's own answer; `reasons.ts` turns them into sentences.

export interface RecordError {
  /** The CRM's own code, verbatim: `STRING_TOO_LONG`, `INVALID_EMAIL`, `CONFLICT`, … */
  readonly code: string;
  /** The CRM's own message, verbatim. */
  readonly message: string;
  /** Field or property names the CRM blames; empty when it blames the record. */
  readonly fields: readonly string[];
  /** The record that is in the way, when the CRM names it (HubSpot 409, Salesforce DUPLICATE_VALUE). */
  readonly existingId: string | null;
  /** True when sending the same again later may work (locks, limits, outages, lost answers). */
  readonly retryable: boolean;
}
