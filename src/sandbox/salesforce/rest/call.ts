// One REST call as the resources see it, and what they answer. Subrequests of a composite are calls too,
// so nothing here knows about HTTP sockets.
import type { Clock } from '../../clock.ts';
import type { BulkJobs } from '../bulk/jobs.ts';
import { unreadableJson } from '../errors.ts';
import type { Database } from '../org/database.ts';
import type { Actor, Writes } from '../org/writes.ts';
import type { Cursors } from './cursors.ts';
import type { ApiUsage } from './limits.ts';

export interface Call {
  readonly method: string;
  /** Decoded path segments behind `/services/data/vXX.X/`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `60.0` */
  readonly version: string;
  /** The stand-in's own address as the caller wrote it, without a slash at the end. */
  readonly baseUrl: string;
}

export interface Answer {
  readonly status: number;
  /** Undefined: no body. */
  readonly value?: unknown;
  /** CSV, in place of JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What resources work with. */
export interface Api {
  readonly database: Database;
  readonly writes: Writes;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly usage: ApiUsage;
  readonly cursors: Cursors;
  readonly bulk: BulkJobs;
  readonly organizationId: string;
  /** Whether a row the JSON reader chokes on fails the whole collection or only itself. */
  readonly unreadableRowFails: 'call' | 'row';
}

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function jsonBody(call: Call): Json {
  let value: unknown;
  try {
    value = JSON.parse(call.body);
  } catch {
    throw unreadableJson(
      call.body === ''
        ? 'The HTTP entity body is required, but this request has no entity body.'
        : 'Unexpected character in the request body at [line:1, column:1]',
    );
  }
  if (!isJson(value)) throw unreadableJson('The request body must be a JSON object');
  return value;
}

/** A member of a body that must be a list. */
export function listIn(body: Json, name: string): readonly unknown[] {
  const list = body[name];
  if (!Array.isArray(list)) throw unreadableJson(`Required member '${name}' is missing or no list`);
  return list;
}

/** The user of a call, with what its headers ask for: without them assignment rules run and duplicates stop. */
export function actorOf(api: Api, call: Call): Actor {
  const assign = call.headers['sforce-auto-assign']?.trim().toLowerCase();
  const duplicates = call.headers['sforce-duplicate-rule-header'] ?? '';
  return {
    ...api.actor,
    autoAssign: assign !== 'false',
    allowDuplicates: /\ballowSave\s*=\s*true\b/i.test(duplicates),
  };
}
