// Several reads for one call of the daily limit: /composite takes 25 subrequests, of them 5 queries or
// collections (salesforce-api §3). A single one goes alone: the same price, without the wrapping.
import { z } from 'zod';
import { CallRejected, Unavailable } from '../engine/failures.ts';
import { API_VERSION, type Call, type SalesforceConnection } from './connection.ts';
import { codeOf, errorsSchema } from './errors.ts';

export interface Subrequest {
  readonly method: Call['method'];
  readonly path: string;
  readonly body?: unknown;
  /** Subrequests don't inherit any of the call around them but Accept, Authorization and Content-Type. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Queries and collections that one composite takes. */
export const HEAVY_PER_COMPOSITE = 5;

const compositeAnswerSchema = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});

export interface SubrequestAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One composite call of up to five subrequests; each has its own status. */
export async function compositeCall(
  connection: SalesforceConnection,
  subrequests: readonly Subrequest[],
  repeatable = true,
): Promise<SubrequestAnswer[]> {
  const answer = await connection.send(
    {
      method: 'POST',
      path: '/composite',
      body: {
        allOrNone: false,
        compositeRequest: subrequests.map(({ method, path, body, headers }, index) => ({
          method,
          url: `/services/data/v${API_VERSION}${path}`,
          referenceId: `part${index}`,
          ...(headers === undefined ? {} : { httpHeaders: headers }),
          ...(body === undefined ? {} : { body }),
        })),
      },
    },
    repeatable,
  );
  return compositeAnswerSchema
    .parse(answer)
    .compositeResponse.map(({ httpStatusCode, body }) => ({ status: httpStatusCode, body }));
}

/** Reads: bodies in the order of the subrequests, in as few calls as it takes. A refused one is thrown. */
export async function composite(
  connection: SalesforceConnection,
  subrequests: readonly Subrequest[],
): Promise<unknown[]> {
  const parts: Promise<unknown[]>[] = [];
  for (let start = 0; start < subrequests.length; start += HEAVY_PER_COMPOSITE)
    parts.push(part(connection, subrequests.slice(start, start + HEAVY_PER_COMPOSITE)));
  return (await Promise.all(parts)).flat();
}

async function part(
  connection: SalesforceConnection,
  subrequests: readonly Subrequest[],
): Promise<unknown[]> {
  const [only] = subrequests;
  if (only && subrequests.length === 1) return [await connection.send(only)];
  return (await compositeCall(connection, subrequests)).map(accepted);
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Why a subrequest was refused; null when it wasn't. */
export function refusalOf(answer: SubrequestAnswer | undefined): Refusal | null {
  if (answer === undefined)
    return { status: 500, code: 'UNKNOWN', message: 'the answer leaves a subrequest out' };
  const { status, body } = answer;
  if (status < 300) return null;
  const errors = errorsSchema.safeParse(body);
  const [first] = errors.success ? errors.data : [];
  return {
    status,
    code: first ? codeOf(first) : 'UNKNOWN',
    message: first?.message ?? `status ${status}`,
  };
}

/** The body of a subrequest; a refusal is thrown. */
export function accepted(answer: SubrequestAnswer | undefined): unknown {
  const refusal = refusalOf(answer);
  if (refusal === null) return answer?.body;
  const { status, code, message } = refusal;
  if (status >= 500 || code === 'QUERY_TIMEOUT') throw new Unavailable('Salesforce', message);
  throw new CallRejected('Salesforce', message, status, code);
}
