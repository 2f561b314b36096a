// POST /composite: up to 25 subrequests in order, at most 5 of them queries or collections, later ones
// using answers of earlier ones as `@{reference.field}`; all or nothing when asked for. Counts as one
// call of the daily limit (salesforce-api §3).
import { fail } from '../errors.ts';
import { LONGEST_ADDRESS, endpointOf, parseUrl } from './address.ts';
import { isJson, jsonBody, listIn, type Answer, type Api, type Call, type Json } from './call.ts';
import { InvalidReference, substitute } from './composite-references.ts';

const MOST_SUBREQUESTS = 25;
const MOST_HEAVY = 5;

interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

interface SubAnswer extends Answer {
  readonly referenceId: string;
}

type Run = (api: Api, call: Call) => Answer;

const halted = (message: string): Answer => ({
  status: 400,
  value: [{ errorCode: 'PROCESSING_HALTED', message }],
});
const ROLLED_BACK =
  'The transaction was rolled back since another operation in the same transaction failed.';

export function composite(api: Api, call: Call, run: Run): Answer {
  const body = jsonBody(call);
  const subrequests = listIn(body, 'compositeRequest').map(readSubrequest);
  checkLimits(subrequests);
  const allOrNone = body.allOrNone === true;

  const mark = api.database.mark();
  const results = new Map<string, unknown>();
  const answers: SubAnswer[] = [];
  let failed: SubAnswer | null = null;
  for (const subrequest of subrequests) {
    if (failed !== null) break;
    const { referenceId } = subrequest;
    const answered = { ...runOne(api, call, subrequest, results, allOrNone, run), referenceId };
    answers.push(answered);
    results.set(referenceId, answered.value);
    if (allOrNone && hasFailed(answered)) failed = answered;
  }
  if (failed !== null) api.database.undoTo(mark);
  return {
    status: 200,
    value: {
      compositeResponse: subrequests.map(({ referenceId }, place) => {
        const own = answers[place];
        const shown =
          own === undefined || (failed !== null && own !== failed) ? halted(ROLLED_BACK) : own;
        return {
          body: shown.value ?? null,
          httpHeaders: shown.headers ?? {},
          httpStatusCode: shown.status,
          referenceId,
        };
      }),
    },
  };
}

function runOne(
  api: Api,
  call: Call,
  subrequest: Subrequest,
  results: ReadonlyMap<string, unknown>,
  allOrNone: boolean,
  run: Run,
): Answer {
  try {
    const url = String(substitute(subrequest.url, results));
    if (url.length > LONGEST_ADDRESS) {
      return { status: 414, value: [{ errorCode: 'URI_TOO_LONG', message: 'URI Too Long' }] };
    }
    const address = parseUrl(url);
    if (address === null) {
      return {
        status: 404,
        value: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
      };
    }
    const body = substitute(subrequest.body, results);
    // All-or-nothing outside makes every collection inside all or nothing.
    const isCollection = isJson(body) && Array.isArray(body.records);
    const sent = isCollection && allOrNone ? { ...body, allOrNone: true } : body;
    return run(api, {
      ...address,
      method: subrequest.method,
      headers: { ...subrequest.headers, ...inherited(call) },
      body: sent === undefined ? '' : JSON.stringify(sent),
      baseUrl: call.baseUrl,
    });
  } catch (error) {
    if (error instanceof InvalidReference) return halted(error.message);
    throw error;
  }
}

/** Only these go on to subrequests, and can't be set on one; every other header is a subrequest's own. */
const INHERITED = ['accept', 'authorization', 'content-type'];

function inherited({ headers }: Call): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => INHERITED.includes(name)));
}

function hasFailed({ status, value }: Answer): boolean {
  return (
    status >= 400 ||
    (Array.isArray(value) && value.some((row) => isJson(row) && row.success === false))
  );
}

function readSubrequest(value: unknown): Subrequest {
  const given: Json = isJson(value) ? value : {};
  const { method, url, referenceId, httpHeaders, body } = given;
  if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
    throw fail(400, 'INVALID_INPUT', 'A subrequest needs method, url and referenceId');
  }
  if (!/^[A-Za-z0-9]\w*$/.test(referenceId)) {
    throw fail(
      400,
      'INVALID_INPUT',
      `Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`,
    );
  }
  const headers = Object.entries(isJson(httpHeaders) ? httpHeaders : {});
  return {
    method: method.toUpperCase(),
    url,
    referenceId,
    body,
    headers: Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), String(text)])),
  };
}

function checkLimits(subrequests: readonly Subrequest[]): void {
  if (subrequests.length > MOST_SUBREQUESTS) {
    throw fail(
      400,
      'LIMIT_EXCEEDED',
      `You can have up to ${MOST_SUBREQUESTS} subrequests in a single call.`,
    );
  }
  const heavy = subrequests.filter(({ url }) => isHeavy(url)).length;
  if (heavy > MOST_HEAVY) {
    throw fail(
      400,
      'LIMIT_EXCEEDED',
      `Up to ${MOST_HEAVY} subrequests can be sObject Collections or query operations, including Query and QueryAll requests.`,
    );
  }
  if (new Set(subrequests.map(({ referenceId }) => referenceId)).size < subrequests.length) {
    throw fail(400, 'INVALID_INPUT', 'Every referenceId may stand only once in a composite');
  }
}

function isHeavy(url: string): boolean {
  return /^\/services\/data\/v\d+\.0\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/.test(url);
}

/** The endpoints a composite's body calls, for counting. */
export function subrequestEndpoints(body: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return [];
  }
  const list = isJson(parsed) ? (parsed.compositeRequest ?? parsed.batchRequests) : null;
  if (!Array.isArray(list)) return [];
  return list.filter(isJson).map(({ method, url }) => {
    const text = String(url);
    const address = parseUrl(text.startsWith('/services/') ? text : `/services/data/${text}`);
    return `${String(method).toUpperCase()} ${address === null ? text : endpointOf(address)}`;
  });
}
