// One call as the routes see it, and the small things they all read from one: a JSON body checked by a
// schema, lists in the query, limits of a page.
import type { z } from 'zod';
import type { SandboxRequest } from '../http.ts';
import type { Caller } from './auth.ts';
import { invalidRequest } from './errors.ts';

export interface Call {
  readonly request: SandboxRequest;
  /** Decoded values of the `{…}` parts of the path. */
  readonly path: Readonly<Record<string, string>>;
  /** `v3`, `v4` or a dated one. */
  readonly version: string;
  readonly caller: Caller;
}

export interface Answer {
  readonly status: number;
  /** Undefined: no body. */
  readonly value?: unknown;
}

export type Route = (call: Call) => Answer;

/** Handlers by `METHOD /path/with/{parts}`; a literal part goes before a `{part}` in its place. */
export type Routes = Readonly<Record<string, Route>>;

export function bodyOf<T>(call: Call, schema: z.ZodType<T>): T {
  let body: unknown;
  try {
    body = JSON.parse(call.request.body);
  } catch {
    throw invalidRequest('Invalid input JSON on line 1, column 1: unreadable JSON');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : issue.path.join('.');
  throw invalidRequest(`Invalid input JSON: ${where}: ${issue?.message ?? 'unexpected'}`, [
    { message: issue?.message ?? 'unexpected', in: where },
  ]);
}

/** Values of a repeated or comma-separated query parameter. */
export function listOf(call: Call, name: string): string[] {
  return call.request.query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
}

export function isTrue(call: Call, name: string): boolean {
  return call.request.query.get(name) === 'true';
}

export function limitOf(call: Call, fallback: number, largest: number): number {
  const given = call.request.query.get('limit');
  if (given === null) return fallback;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > largest)
    throw invalidRequest(`limit must be between 1 and ${largest}, but was ${given}`);
  return limit;
}

export function pathPart(call: Call, name: string): string {
  const value = call.path[name];
  if (value === undefined) throw new Error(`the route has no {${name}}`);
  return value;
}

/** A batch answer; HubSpot always dates its start and end. */
export function batchAnswer(
  status: number,
  at: string,
  results: readonly unknown[],
  errors: readonly unknown[] = [],
): Answer {
  const failed = errors.length === 0 ? {} : { numErrors: errors.length, errors };
  return {
    status,
    value: { status: 'COMPLETE', results, ...failed, startedAt: at, completedAt: at },
  };
}
