// From HubSpot's error bodies to record errors. Validation details are JSON inside the message, and a
// duplicate names the other contact only in its text (hubspot-api §2.1, §2.6).
import { z } from 'zod';
import type { RecordError } from '../engine/errors.ts';
import { CallFailed, RateLimited, Unauthorized } from '../engine/failures.ts';
import { AnswerLost } from './transport.ts';

export const errorBodySchema = z.object({
  message: z.string().default(''),
  category: z.string().default('UNKNOWN'),
  context: z.record(z.string(), z.unknown()).optional(),
  errors: z.array(z.unknown()).nullish(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

interface Detail {
  readonly code: string;
  readonly message: string;
  readonly property: string;
}

/** One value inside the message's JSON. */
const valueErrorSchema = z.object({ error: z.string(), message: z.string(), name: z.string() });
/** One entry of `errors`. */
const entrySchema = z.object({
  code: z.string(),
  message: z.string(),
  context: z.object({ propertyName: z.array(z.string()).min(1) }),
});

/** HubSpot's own trouble inside an answer: the record is not to blame. */
const PASSING_CATEGORY = /RATE_LIMIT|INTERNAL|TIMEOUT|UNAVAILABLE|LOCKED/;

export function recordErrorOf(body: ErrorBody): RecordError {
  const { message, category } = body;
  const taken = takenValue(message);
  if (taken || category === 'CONFLICT') {
    const conflict = taken ?? { fields: [], existingId: null };
    return { code: 'CONFLICT', message, ...conflict, retryable: false };
  }
  const details = valueDetails(message) ?? entryDetails(body.errors ?? []);
  const [first] = details;
  if (!first) {
    const retryable = PASSING_CATEGORY.test(category);
    return { code: category, message, fields: [], existingId: null, retryable };
  }
  // Errors of another kind come up again once this one is out of the way, with a reason of their own.
  const alike = details.filter(({ code }) => code === first.code);
  return {
    code: first.code,
    message: alike.map((detail) => detail.message).join(' '),
    fields: [...new Set(alike.map(({ property }) => property))],
    existingId: null,
    retryable: false,
  };
}

/** `Contact already exists. Existing ID: 34`, or `…propertyName=x, value=y} on 12. 34 already has that value.` */
function takenValue(message: string): { fields: string[]; existingId: string } | null {
  const existingId =
    /Existing ID:\s*(\d+)/.exec(message)?.[1] ?? /(\d+) already has that value/.exec(message)?.[1];
  const property = /propertyName=(\w+)/.exec(message)?.[1];
  return existingId === undefined
    ? null
    : { fields: property === undefined ? [] : [property], existingId };
}

function valueDetails(message: string): Detail[] | null {
  const start = message.indexOf('[{');
  if (start === -1) return null;
  let entries: unknown;
  try {
    entries = JSON.parse(message.slice(start));
  } catch {
    return null;
  }
  const parsed = z.array(valueErrorSchema).safeParse(entries);
  return parsed.success
    ? parsed.data.map((entry) => ({
        code: entry.error,
        message: entry.message,
        property: entry.name,
      }))
    : null;
}

function entryDetails(errors: readonly unknown[]): Detail[] {
  return errors.flatMap((entry) => {
    const parsed = entrySchema.safeParse(entry);
    if (!parsed.success) return [];
    const { code, message, context } = parsed.data;
    return context.propertyName.map((property) => ({ code, message, property }));
  });
}

/** The texts under a name of an error's `context`, a list or a single one. */
export function contextTexts({ context }: ErrorBody, name: string): string[] {
  const value = context?.[name];
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
}

/** A chunk that never got an answer: its records are tried again, the other chunks keep theirs. */
export function lostChunk(error: unknown): RecordError {
  if (!(error instanceof CallFailed)) throw error;
  return {
    code: lostCode(error),
    message: error.message,
    fields: [],
    existingId: null,
    retryable: true,
  };
}

function lostCode(failure: CallFailed): string {
  if (failure instanceof AnswerLost) return 'ANSWER_LOST';
  if (failure instanceof RateLimited) return 'RATE_LIMITED';
  return failure instanceof Unauthorized ? 'UNAUTHORIZED' : 'UNAVAILABLE';
}
