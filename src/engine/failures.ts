// The few ways a whole call to a CRM can fail, thrown by the adapters and caught by the runs and the
// live loop. What happens to one record is never an exception: see engine/errors.ts.

export type Crm = 'HubSpot' | 'Salesforce';

export abstract class CallFailed extends Error {
  readonly crm: Crm;
  constructor(crm: Crm, message: string, options?: ErrorOptions) {
    super(message, options);
    this.crm = crm;
    this.name = new.target.name;
  }
}

/** The CRM asked us to slow down and the adapter's own waits were used up. */
export class RateLimited extends CallFailed {
  /** When it may work again, milliseconds from now; null when the CRM didn't say. */
  readonly retryAfterMs: number | null;
  constructor(crm: Crm, message: string, retryAfterMs: number | null, options?: ErrorOptions) {
    super(crm, message, options);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Credentials are wrong, expired beyond refresh, or lack a scope or permission. */
export class Unauthorized extends CallFailed {}

/** Outage, time-out or lost connection after the adapter's own retries. A write may or may not have happened. */
export class Unavailable extends CallFailed {}

/** The CRM understood the call and refused it as a whole: our bug or a changed schema. */
export class CallRejected extends CallFailed {
  readonly status: number;
  readonly code: string;
  constructor(crm: Crm, message: string, status: number, code: string, options?: ErrorOptions) {
    super(crm, message, options);
    this.status = status;
    this.code = code;
  }
}
