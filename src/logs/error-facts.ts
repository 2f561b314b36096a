// An error as a log may hold it: what kind it is, its codes and where it was thrown. Never its message: those
// of CRMs and of the database quote the values of people, and nobody can tell a name from a word. Each
// text that is kept has the shape of a code or of a place in this code.
import { CallFailed, CallRejected, RateLimited } from '../engine/failures.ts';

export interface ErrorFacts {
  readonly type: string;
  /** CRM, code, status, SQLSTATE, constraint: whatever the error carries. */
  readonly [fact: string]: unknown;
  readonly at?: readonly string[];
  readonly cause?: ErrorFacts;
  readonly errors?: readonly ErrorFacts[];
}

/** `STRING_TOO_LONG`, `ECONNREFUSED`, `40001`, `invalid_type`. */
const CODE = /^(?:[A-Z][A-Z0-9]*(?:[._][A-Z0-9]+)*|[0-9A-Z]{5}|[a-z]+(?:_[a-z]+)+)$/;
/** Names of classes, tables and constraints, as they stand in code. */
const NAME = /^[A-Za-z_]\w{0,62}$/;
const DEPTH = 4;
const FRAMES = 8;

export function errorFacts(error: unknown, depth = DEPTH): ErrorFacts {
  if (!(error instanceof Error))
    return {
      type: typeof error,
      ...(typeof error === 'object' && error !== null ? carried(error, 'code', CODE) : {}),
    };
  const type = error.constructor.name;
  const { cause } = error;
  return {
    type: NAME.test(type) ? type : 'Error',
    ...(error instanceof CallFailed ? { crm: error.crm } : {}),
    ...(error instanceof CallRejected ? { status: error.status } : {}),
    ...(error instanceof RateLimited ? { retryAfterMs: error.retryAfterMs } : {}),
    ...carried(error, 'code', CODE),
    ...carried(error, 'syscall', /^[a-z]+$/),
    // Postgres': names of the schema, which is ours.
    ...carried(error, 'table', NAME),
    ...carried(error, 'constraint', NAME),
    ...variablesOf(error),
    at: framesOf(error),
    ...(cause !== undefined && depth > 0 ? { cause: errorFacts(cause, depth - 1) } : {}),
    ...(error instanceof AggregateError && depth > 0
      ? { errors: error.errors.slice(0, 3).map((one) => errorFacts(one, depth - 1)) }
      : {}),
  };
}

function carried(error: object, name: string, shape: RegExp): Record<string, string> {
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value;
  return typeof value === 'string' && shape.test(value) ? { [name]: value } : {};
}

/** Of a `ConfigurationError`: which variables are wrong. */
function variablesOf(error: Error): Record<string, readonly string[]> {
  if (!('problems' in error) || !Array.isArray(error.problems)) return {};
  const variables = error.problems.flatMap((problem: unknown): string[] =>
    typeof problem === 'object' && problem !== null && 'variable' in problem
      ? [problem.variable]
          .filter((name) => typeof name === 'string')
          .filter((name) => CODE.test(name))
      : [],
  );
  return { variables };
}

const FRAME =
  /^\s+at (?:async )?(?:(?:new )?([\w$.#<>]+)(?: \[as [\w$]+\])? \()?((?:file:\/\/\/|\/|node:)[^\s()]+:\d+:\d+)\)?$/;

/** `settle (src/engine/settle.ts:40:12)`: lines of the stack, without the message that stands above them. */
function framesOf({ stack = '', message }: Error): string[] {
  const below =
    message === '' ? stack : stack.slice(Math.max(0, stack.indexOf(message)) + message.length);
  return below
    .split('\n')
    .flatMap((line) => {
      const [, name, place] = FRAME.exec(line) ?? [];
      if (place === undefined) return [];
      const short =
        /(?:src|serverless|node_modules|test)\/.+$/.exec(place)?.[0] ?? place.replace(/^.*\//, '');
      return [name === undefined ? short : `${name} (${short})`];
    })
    .slice(0, FRAMES);
}
