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

/** `errors` of a 207; the client's models leave it out of plain answers. */
export function errorsOf(answer: unknown): ErrorBody[] {
  const errors: unknown =
    typeof answer === 'object' && answer !== null && 'errors' in answer ? answer.errors : [];
  return Array.isArray(errors) ? errors.map((error: unknown) => errorBodySchema.parse(error)) : [];
}

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
  const details = valueDetails(message) ?? entryDetails(body.errors ?? []);
  const taken = takenValue(body, details);
  if (taken) return { code: 'CONFLICT', message, ...taken, retryable: false };
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

/**
 * `Contact already exists. Existing ID: 34`, or `…propertyName=x, value=y} on 12. 34 already has that value.`,
 * the latter also as one of the invalid values; a batch may name the id in `context` alone.
 */
function takenValue(
  body: ErrorBody,
  details: readonly Detail[],
): { fields: string[]; existingId: string | null } | null {
  const { message, category } = body;
  const existingId =
    /Existing ID:\s*(\d+)/.exec(message)?.[1] ??
    /(\d+) already has that value/.exec(message)?.[1] ??
    contextTexts(body, 'existingId')[0] ??
    null;
  const clash = details.find((detail) => detail.message.includes('already has that value'));
  if (existingId === null && clash === undefined && category !== 'CONFLICT') return null;
  const property = /propertyName=(\w+)/.exec(message)?.[1] ?? clash?.property;
  return { fields: property === undefined ? [] : [property], existingId };
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
