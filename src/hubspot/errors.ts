// From HubSpot's error bodies to record errors. Validation details are JSON inside the message, and a
// duplicate names the other contact only in its text (hubspot-api §2.1, §2.6).
import { z } from 'zod';
import type { RecordError } from '../engine/errors.ts';
import { CallFailed, RateLimited } from '../engine/failures.ts';

export const errorBodySchema = z.object({
  message: z.string().default(''),
  category: z.string().default('UNKNOWN'),
  context: z.record(z.string(), z.unknown()).optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

const validationSchema = z.array(
  z.object({
    error: z.string().optional(),
    name: z.string().optional(),
    message: z.string().optional(),
  }),
);

export function recordErrorOf(body: ErrorBody): RecordError {
  const existing = /Existing ID:\s*(\d+)/.exec(body.message);
  if (existing?.[1] || body.category === 'CONFLICT') {
    return {
      code: 'CONFLICT',
      message: body.message,
      fields: [],
      existingId: existing?.[1] ?? null,
      retryable: false,
    };
  }
  const details = validationDetails(body.message);
  const [first] = details;
  if (first) {
    return {
      code: first.error ?? body.category,
      message:
        details
          .map(({ message }) => message ?? '')
          .join(' ')
          .trim() || body.message,
      fields: [...new Set(details.flatMap(({ name }) => name ?? []))],
      existingId: null,
      retryable: false,
    };
  }
  return {
    code: body.category,
    message: body.message,
    fields: [],
    existingId: null,
    retryable: false,
  };
}

function validationDetails(message: string): z.infer<typeof validationSchema> {
  const start = message.indexOf('[{');
  if (start === -1) return [];
  try {
    return validationSchema.parse(JSON.parse(message.slice(start)));
  } catch {
    return [];
  }
}

/** A chunk that never got an answer: its records are tried again, the other chunks keep theirs. */
export function lostChunk(error: unknown): RecordError {
  if (!(error instanceof CallFailed)) throw error;
  return {
    code: error instanceof RateLimited ? 'RATE_LIMITED' : 'UNAVAILABLE',
    message: error.message,
    fields: [],
    existingId: null,
    retryable: true,
  };
}
