// The Salesforce stand-in: an org with leads, contacts, accounts, campaigns and users behind the REST API
// that jsforce talks to, unchanged. In process it runs under any clock and seed; `serveStandIn` puts it on
// a port. Here: sign-in, the daily limit, and one commit per call. The resources are in `rest/`, SOQL in
// `soql/`, Bulk API 2.0 in `bulk/`, rows and their rules in `org/`, field facts in `schema/`, change events
// in `events/`.
//
// Not built: opportunities, record types.
import { Calls } from '../calls.ts';
import type { Clock } from '../clock.ts';
import { FaultPlan } from '../faults.ts';
import { json, type SandboxRequest, type SandboxResponse, type StandIn } from '../http.ts';
import { noJournal, type Journal } from '../journal.ts';
import {
  SANDBOX_CLIENT,
  SANDBOX_ORGANIZATION_ID,
  SANDBOX_USERS,
  startingRows,
} from './accounts.ts';
import { BulkJobs } from './bulk/jobs.ts';
import { advanceJobs } from './bulk/resources.ts';
import { invalidSession, notFound, requestLimitExceeded, type SalesforceError } from './errors.ts';
import { EventBus } from './events/event-bus.ts';
import { failure } from './failures.ts';
import { identity, userInfo } from './identity.ts';
import { OAuth, type SandboxClient } from './oauth.ts';
import { Database } from './org/database.ts';
import { SandboxOrg, type Org } from './org/org.ts';
import { OrgRules } from './org/org-rules.ts';
import { Writes } from './org/writes.ts';
import {
  addressLength,
  endpointOf,
  LONGEST_ADDRESS,
  parseAddress,
  VERSIONS,
  type Address,
} from './rest/address.ts';
import type { Api } from './rest/call.ts';
import { subrequestEndpoints } from './rest/composite.ts';
import { Cursors } from './rest/cursors.ts';
import { ApiUsage } from './rest/limits.ts';
import { answer } from './rest/router.ts';
import type { Extra, FieldSpec } from './schema/field.ts';
import { Schema } from './schema/schema.ts';

export { SalesforceError } from './errors.ts';
export {
  SANDBOX_CLIENT,
  SANDBOX_ORGANIZATION_ID,
  SANDBOX_QUEUE,
  SANDBOX_REFRESH_TOKEN,
  SANDBOX_USERNAME,
  SANDBOX_USERS,
} from './accounts.ts';
export type { Org, SeedRow } from './org/org.ts';
export type {
  AssignmentRule,
  DuplicateRule,
  Remove,
  Trigger,
  ValidationRule,
} from './org/org-rules.ts';
export type { SandboxClient } from './oauth.ts';

export interface SalesforceStandInOptions {
  readonly clock: Clock;
  /** A repeatable stream of numbers; tokens come from it. */
  readonly random: () => number;
  /** Keeps the org over restarts; none by default. */
  readonly journal?: Journal;
  readonly organizationId?: string;
  /** Calls in 24 hours; 15,000 as in a developer org by default. */
  readonly dailyApiLimit?: number;
  /** Calls that may be under way together, however long they take; a real org counts those over 20 seconds, up to 25. */
  readonly concurrentCalls?: number;
  /** Whether Lead and Contact have the external-ID field `Tandem_HubSpot_Id__c`; true by default. */
  readonly withExternalId?: boolean;
  /** State and country picklists: addresses take known places only, by label or code; false by default. */
  readonly stateAndCountryPicklists?: boolean;
  /** Person accounts: contacts that are their own account (`org.insertPerson`); false by default. */
  readonly personAccounts?: boolean;
  /** How long a bulk job takes; 0 by default: done when it is next looked at. */
  readonly bulkJobMs?: number | (() => number);
  /** Apps that may sign in; `SANDBOX_CLIENT` by default. */
  readonly clients?: readonly SandboxClient[];
  /** How long after its SystemModstamp a change made through `org` becomes visible to the API. */
  readonly commitVisibilityDelayMs?: number | (() => number);
  /** How long an access token is good for; two hours by default. */
  readonly sessionLifetimeMs?: number;
  /** Field facts that differ from the schema files: `{ Lead: { Status: { restricted: false } } }`. */
  readonly fieldOverrides?: Readonly<Record<string, Readonly<Record<string, Extra>>>>;
  /** Custom fields besides those of the schema files. */
  readonly extraFields?: Readonly<Record<string, readonly FieldSpec[]>>;
  /**
   * What a row with an unknown field or a wrong JSON type does in a collection: refuses the whole call, as
   * Salesforce's JSON reader does (default), or fails alone.
   */
  readonly unreadableRowFails?: 'call' | 'row';
}

export interface SalesforceStandIn extends StandIn {
  handle(request: SandboxRequest): SandboxResponse;
  readonly org: Org;
  /** The daily allowance and what of it is used. */
  readonly apiUsage: ApiUsage;
  /** What came inside composites and batches, by endpoint; `calls` counts the calls around them. */
  readonly subrequests: Calls;
  readonly organizationId: string;
  /** Jobs of the Bulk API, and how to make one fail. */
  readonly bulk: BulkJobs;
  /** Change Data Capture: what it tells, once objects are selected for it. `servePubSub` puts it on a port. */
  readonly events: EventBus;
  isValidSession(accessToken: string): boolean;
  /** Ends all sessions: the next call gets 401. */
  expireSessions(): void;
  /** Closes the journal. */
  close(): void;
}

const TWO_HOURS = 2 * 3_600_000;
const DEVELOPER_ORG_LIMIT = 15_000;

export function createSalesforceStandIn(options: SalesforceStandInOptions): SalesforceStandIn {
  const { clock, random } = options;
  const organizationId = options.organizationId ?? SANDBOX_ORGANIZATION_ID;
  const userId = SANDBOX_USERS.integration.id;
  const schema = new Schema({
    withExternalId: options.withExternalId ?? true,
    stateAndCountryPicklists: options.stateAndCountryPicklists ?? false,
    personAccounts: options.personAccounts ?? false,
    overrides: options.fieldOverrides ?? {},
    extraFields: options.extraFields ?? {},
  });
  const database = new Database(schema, clock, options.journal ?? noJournal);
  const rules = new OrgRules();
  const events = new EventBus(database, clock, random);
  const writes = new Writes(database, rules);
  const delay = options.commitVisibilityDelayMs ?? 0;
  const org = new SandboxOrg(database, writes, rules, SANDBOX_USERS.maya.id, () =>
    typeof delay === 'function' ? delay() : delay,
  );
  if (!database.load()) org.seed(startingRows(organizationId));

  const oauth = new OAuth({
    clock,
    random,
    organizationId,
    userId,
    clients: options.clients ?? [SANDBOX_CLIENT],
    sessionLifetimeMs: options.sessionLifetimeMs ?? TWO_HOURS,
  });
  const usage = new ApiUsage(clock, options.dailyApiLimit ?? DEVELOPER_ORG_LIMIT);
  const { bulkJobMs = 0 } = options;
  const bulk = new BulkJobs(clock, typeof bulkJobMs === 'function' ? bulkJobMs : () => bulkJobMs);
  const subrequests = new Calls();
  const api: Api = {
    database,
    writes,
    clock,
    actor: { userId, viaApi: true, autoAssign: true, allowDuplicates: false },
    usage,
    cursors: new Cursors(clock),
    bulk,
    organizationId,
    unreadableRowFails: options.unreadableRowFails ?? 'call',
  };

  const data = (request: SandboxRequest, address: Address, baseUrl: string): SandboxResponse => {
    if (!oauth.isValid(request.headers.authorization)) return refuse(invalidSession());
    if (usage.exhausted) return withHeaders(refuse(requestLimitExceeded()), usage.header());
    usage.count();
    for (const endpoint of subrequestsOf(request, address)) subrequests.count(endpoint);
    advanceJobs(api);
    const { status, value, text, headers } = answer(api, {
      ...address,
      method: request.method,
      headers: request.headers,
      body: request.body,
      baseUrl,
    });
    database.commit(0, clientOf(request));
    return withHeaders(responseOf(status, value, text), { ...headers, ...usage.header() });
  };

  return {
    handle: (request) => {
      const tooLong = refuseLength(request);
      if (tooLong !== null) return tooLong;
      const baseUrl = baseUrlOf(request);
      switch (request.path) {
        case '/services/oauth2/token':
          return oauth.token(request, baseUrl);
        case '/services/oauth2/revoke':
          return oauth.revoke(request);
        case '/services/data':
        case '/services/data/':
          return json(200, versions());
        case '/services/oauth2/userinfo':
          return oauth.isValid(request.headers.authorization)
            ? userInfo(database, organizationId, userId, baseUrl)
            : { status: 403, headers: { 'content-type': 'text/html' }, body: 'Bad_OAuth_Token' };
        case `/id/${organizationId}/${userId}`:
          return oauth.isValid(request.headers.authorization)
            ? identity(database, organizationId, userId, baseUrl)
            : { status: 403, headers: { 'content-type': 'text/html' }, body: 'Bad_OAuth_Token' };
      }
      const address = parseAddress(request.path, request.query);
      return address === null ? refuse(notFound()) : data(request, address, baseUrl);
    },
    failure,
    endpoint: (request) => {
      const address = parseAddress(request.path, request.query);
      return `${request.method} ${address === null ? request.path : endpointOf(address)}`;
    },
    calls: new Calls(),
    faults: new FaultPlan(),
    together:
      options.concurrentCalls === undefined
        ? undefined
        : { most: options.concurrentCalls, underWay: 0 },
    org,
    apiUsage: usage,
    subrequests,
    organizationId,
    bulk,
    events,
    isValidSession: (accessToken) => oauth.isValid(`Bearer ${accessToken}`),
    expireSessions: () => {
      oauth.expireAll();
    },
    close: () => {
      database.close();
    },
  };
}

function responseOf(status: number, value: unknown, text?: string): SandboxResponse {
  if (text !== undefined)
    return { status, headers: { 'content-type': 'text/csv; charset=UTF-8' }, body: text };
  return value === undefined ? { status, headers: {}, body: '' } : json(status, value);
}

function refuse(error: SalesforceError): SandboxResponse {
  return json(error.status, error.body());
}

function withHeaders(
  response: SandboxResponse,
  headers: Readonly<Record<string, string>>,
): SandboxResponse {
  return { ...response, headers: { ...response.headers, ...headers } };
}

/** The address the caller used: the org is wherever it is asked. */
function baseUrlOf(request: SandboxRequest): string {
  const host = request.headers.host;
  return host === undefined ? 'https://tandem-sandbox.my.salesforce.com' : `http://${host}`;
}

/** What the caller calls itself; '' when it doesn't say. */
const clientOf = ({ headers }: SandboxRequest): string =>
  /(?:^|[,\s])client=([^,\s]+)/.exec(headers['sforce-call-options'] ?? '')?.[1] ?? '';

/** 414 for the address alone, 431 with the headers (salesforce-api §3). */
function refuseLength(request: SandboxRequest): SandboxResponse | null {
  const address = addressLength(request.path, request.query);
  if (address > LONGEST_ADDRESS) return failure(414, request);
  let headers = 0;
  for (const [name, value] of Object.entries(request.headers)) {
    headers += name.length + value.length + 4;
  }
  return address + headers > LONGEST_ADDRESS ? failure(431, request) : null;
}

function subrequestsOf(request: SandboxRequest, { segments }: Address): string[] {
  const isComposite = segments[0] === 'composite' && segments[1] !== 'sobjects';
  return isComposite ? subrequestEndpoints(request.body) : [];
}

function versions(): { label: string; url: string; version: string }[] {
  return VERSIONS.map((version) => ({
    label: `API ${version}`,
    url: `/services/data/v${version}`,
    version,
  }));
}
