// Turns what HubSpot says about one record into a RecordError. Which property is wrong stands in JSON
// inside the message, which record is in the way only in its text (hubspot-api §2.1, §2.6).
import type { RecordError } from '../engine/errors.ts';
import { RateLimited, Unauthorized, type CallFailed } from '../engine/failures.ts';
import { AnswerLost } from '../http/repeat.ts';
import type { HubSpotErrorBody } from './answers.ts';

interface PropertyError {
  readonly code: string;
  readonly message: string;
  readonly property: string;
}

/** Errors of HubSpot's own servers inside a batch answer: the input is not to blame. */
const PASSING_CATEGORY = /RATE_LIMIT|INTERNAL|TIMEOUT|UNAVAILABLE|LOCKED/;

export function recordErrorOf(body: HubSpotErrorBody): RecordError {
  const message = body.message ?? '';
  const category = body.category ?? 'UNKNOWN';
  const [first, ...others] = propertyErrors(body);
  if (first) {
    const sameCode = others.filter(({ code }) => code === first.code);
    return {
      code: first.code,
      message: first.message,
      fields: [...new Set([first, ...sameCode].map(({ property }) => property))],
      existingId: null,
      retryable: false,
    };
  }
  const taken = takenUniqueValue(message);
  if (taken) return { code: 'CONFLICT', message, ...taken, retryable: false };
  return {
    code: category,
    message,
    fields: [],
    existingId: /Existing ID:\s*(\d+)/.exec(message)?.[1] ?? null,
    retryable: PASSING_CATEGORY.test(category),
  };
}

/** What every input of a call gets that failed as a whole: worth trying again later. */
export function recordErrorOfFailure(failure: CallFailed): RecordError {
  return {
    code: failureCode(failure),
    message: failure.message,
    fields: [],
    existingId: null,
    retryable: true,
  };
}

function failureCode(failure: CallFailed): string {
  if (failure instanceof AnswerLost) return 'ANSWER_LOST';
  if (failure instanceof RateLimited) return 'RATE_LIMITED';
  return failure instanceof Unauthorized ? 'UNAUTHORIZED' : 'UNAVAILABLE';
}

function propertyErrors(body: HubSpotErrorBody): PropertyError[] {
  const listed = /Property values were not valid: (\[.*\])/s.exec(body.message ?? '')?.[1];
  if (listed === undefined) return detailErrors(body.errors);
  let entries: unknown;
  try {
    entries = JSON.parse(listed);
  } catch {
    return detailErrors(body.errors);
  }
  return recordsIn(entries).flatMap(({ error, message, name }) =>
    typeof error === 'string' && typeof name === 'string'
      ? [{ code: error, message: String(message), property: name }]
      : [],
  );
}

/** `errors: [{message, code, context: {propertyName: [name]}}]` */
function detailErrors(errors: unknown): PropertyError[] {
  return recordsIn(errors).flatMap(({ code, message, context }) => {
    const property = firstText(recordsIn([context])[0]?.['propertyName']);
    return typeof code === 'string' && property !== null
      ? [{ code, message: String(message), property }]
      : [];
  });
}

/** A property with unique values: `…propertyName=x, value=y} on 12. 34 already has that value.` */
function takenUniqueValue(message: string): { fields: string[]; existingId: string } | null {
  const existingId = /(\d+) already has that value/.exec(message)?.[1];
  const property = /propertyName=(\w+)/.exec(message)?.[1];
  return existingId === undefined || property === undefined
    ? null
    : { fields: [property], existingId };
}

/** The texts under a name of an error's `context`, which holds lists or single values. */
export function contextTexts(context: unknown, name: string): string[] {
  const value = recordsIn([context])[0]?.[name];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

function recordsIn(list: unknown): Record<string, unknown>[] {
  if (!Array.isArray(list)) return [];
  return list.filter(
    (entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null,
  );
}

function firstText(value: unknown): string | null {
  if (Array.isArray(value)) return firstText(value[0]);
  return typeof value === 'string' ? value : null;
}
