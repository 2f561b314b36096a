// What calling one of our HubSpot functions comes to, in HubSpot's own shapes: the value it returned, or the
// error body that HubSpot answers with when it threw, timed out or isn't there. HubSpot shows people only the
// generic sentence, so a function says what went wrong in its own answer and throws only for the unexpected.

/** A value that survives JSON unchanged. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** HubSpot's answer, with status 400, when a function failed to run to its end. */
export interface FunctionErrorBody {
  readonly status: 'error';
  readonly message: string;
  readonly errors: readonly { readonly subCategory: string; readonly message: string }[];
  readonly category: 'VALIDATION_ERROR';
  readonly subCategory: 'GenXExecutionErrorType.APP_ERROR';
}

export type FunctionOutcome =
  | { readonly ok: true; readonly response: JsonValue }
  | { readonly ok: false; readonly body: FunctionErrorBody };

/** The one sentence that people see, whatever the function threw. */
export const GENERIC_FUNCTION_ERROR =
  "There was a problem reaching the app's API. Contact the app developer for more information.";

/**
 * The outcome of a function that failed; `cause` is what it threw, as one line.
 *
 * @example functionFailed('sync-now', 'TypeError: contact is undefined')
 */
export function functionFailed(name: string, cause: string): FunctionOutcome {
  return {
    ok: false,
    body: {
      status: 'error',
      message: GENERIC_FUNCTION_ERROR,
      errors: [
        {
          subCategory: 'ServerlessActionExecutionError.SERVERLESS_FUNCTION_ERROR',
          message: `The serverless function '${name}' failed to execute: ${cause}.`,
        },
      ],
      category: 'VALIDATION_ERROR',
      subCategory: 'GenXExecutionErrorType.APP_ERROR',
    },
  };
}
