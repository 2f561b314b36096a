// Several reads for one call of the daily limit: /composite takes 25 subrequests, of them 5 queries or
// collections (salesforce-api §3). A single one goes alone: the same price, without the wrapping.
import { z } from 'zod';
import { CallRejected, Unavailable } from '../engine/failures.ts';
import { API_VERSION, type SalesforceConnection } from './connection.ts';
import { codeOf, errorsSchema } from './errors.ts';

export interface Subrequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
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
        compositeRequest: subrequests.map(({ method, path, body }, index) => ({
          method,
          url: `/services/data/v${API_VERSION}${path}`,
          referenceId: `part${index}`,
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
  const bodies: unknown[] = [];
  for (let start = 0; start < subrequests.length; start += HEAVY_PER_COMPOSITE) {
    const part = subrequests.slice(start, start + HEAVY_PER_COMPOSITE);
    const [only] = part;
    if (only && part.length === 1) bodies.push(await connection.send(only));
    else
      for (const { status, body } of await compositeCall(connection, part))
        bodies.push(accepted(status, body));
  }
  return bodies;
}

function accepted(status: number, body: unknown): unknown {
  if (status < 300) return body;
  const errors = errorsSchema.safeParse(body);
  const [first] = errors.success ? errors.data : [];
  const code = first ? codeOf(first) : 'UNKNOWN';
  const message = first?.message ?? `status ${status}`;
  if (status >= 500 || code === 'QUERY_TIMEOUT') throw new Unavailable('Salesforce', message);
  throw new CallRejected('Salesforce', message, status, code);
}
