// The HubSpot stand-in: a portal with contacts, their properties, lists, owners and subscriptions behind the
// API that @hubspot/api-client talks to, unchanged; v3 and dated paths are the same. In process it runs under
// any clock and seed; `serveStandIn` puts it on a port. Here: sign-in, limits, and one commit to the journal a
// call. Paths are resolved in `router.ts`; contacts, search, properties, lists, preferences and webhooks have
// a folder each; what goes wrong is worded in `errors.ts` and `failures.ts`.
//
// Not built: merge, restore and gdpr-delete (`contacts/store.ts` says where), retries of webhooks
// (`webhooks/webhooks.ts`), the webhooks journal, companies, scopes.
import { Calls } from '../calls.ts';
import type { Clock } from '../clock.ts';
import { FaultPlan } from '../faults.ts';
import { json, type SandboxRequest, type SandboxResponse, type StandIn } from '../http.ts';
import { noJournal, type Journal } from '../journal.ts';
import { accountRoutes } from './account.ts';
import { SANDBOX_APP_ID, Tokens } from './auth.ts';
import type { Answer } from './call.ts';
import { batchRoutes } from './contacts/batch-routes.ts';
import { ContactLookup } from './contacts/lookup.ts';
import { ContactPresenter } from './contacts/present.ts';
import { contactRoutes, type Contacts } from './contacts/routes.ts';
import { ContactStore } from './contacts/store.ts';
import { Validation } from './contacts/validation.ts';
import { ContactWrites } from './contacts/writes.ts';
import { notFound, Refused } from './errors.ts';
import { failureAnswer } from './failures.ts';
import { ENTERPRISE_LIMITS, LimitReached, RateLimits, type RateLimitSettings } from './limits.ts';
import { ContactLists } from './lists/lists.ts';
import { listRoutes } from './lists/routes.ts';
import { ownerRoutes } from './owners-routes.ts';
import { Owners } from './owners.ts';
import { journalContacts, PendingRows, restoreFrom } from './persistence.ts';
import { portalOver, type Portal } from './portal.ts';
import { OptOuts } from './preferences/opt-outs.ts';
import { preferenceRoutes, Preferences } from './preferences/routes.ts';
import { PropertyRegistry } from './properties/registry.ts';
import { propertyRoutes } from './properties/routes.ts';
import { Router } from './router.ts';
import { ContactIndex, type IndexLag } from './search/contact-index.ts';
import { searchRoutes } from './search/routes.ts';
import { Webhooks, type WebhookOptions } from './webhooks/webhooks.ts';

export {
  HUBSPOT_OTHER_APP_TOKEN,
  HUBSPOT_PERSON_TOKEN,
  HUBSPOT_SANDBOX_TOKEN,
  SANDBOX_APP_ID,
} from './auth.ts';
export { Refused } from './errors.ts';
export type { ListedContact, ListFilter, NewList } from './lists/lists.ts';
export type { RateLimitSettings } from './limits.ts';
export type { Portal, PortalContact, SeedContact } from './portal.ts';
export { SANDBOX_OWNERS } from './schema/sample.ts';
export type { WebhookRequest } from './webhooks/signature.ts';
export type { WebhookOptions } from './webhooks/webhooks.ts';

export interface HubSpotStandInOptions {
  readonly clock: Clock;
  /** A repeatable stream of numbers: ids, correlation ids, lags and orders come from it. */
  readonly random: () => number;
  /** Keeps the portal over restarts; none by default. */
  readonly journal?: Journal;
  readonly portalId?: string;
  /** An Enterprise account's by default. */
  readonly rateLimits?: RateLimitSettings | 'off';
  /** How long after a write a search finds it; with a span, rows overtake each other. 500 by default. */
  readonly indexLagMs?: number | IndexLag;
  /** None are sent by default. */
  readonly webhooks?: WebhookOptions;
}

export interface HubSpotStandIn extends StandIn {
  handle(request: SandboxRequest): SandboxResponse;
  readonly portal: Portal;
  readonly portalId: string;
  /** Properties and groups; `registry.require` adds an admin's validation rule. */
  readonly registry: PropertyRegistry;
  readonly owners: Owners;
  /** Changes the lag of searches for what is written from now on. */
  setIndexLag(lag: number | IndexLag): void;
  /** Sends the webhooks that wait; settles when they were received or lost. */
  flushWebhooks(): Promise<void>;
  /** Stops webhooks and closes the journal. */
  close(): void;
}

export const SANDBOX_PORTAL_ID = '49547190';
const DEFAULT_LAG_MS = 500;

export function createHubSpotStandIn(options: HubSpotStandInOptions): HubSpotStandIn {
  const { clock, random, portalId = SANDBOX_PORTAL_ID } = options;
  const journal = options.journal ?? noJournal;
  const pending = new PendingRows(journal);
  const registry = new PropertyRegistry(pending);
  const owners = new Owners();
  const optOuts = new OptOuts(pending);
  const store = new ContactStore(clock, random);
  const index = new ContactIndex(clock, random, lagOf(options.indexLagMs ?? DEFAULT_LAG_MS));
  const lists = new ContactLists(store, clock, pending);
  const webhooks =
    options.webhooks &&
    new Webhooks(options.webhooks, { appId: SANDBOX_APP_ID, portalId }, clock, random);

  restoreFrom(journal, { registry, optOuts, store, index, lists, pending });
  let quiet = false;
  journalContacts(store, pending);
  store.onCommit((commit) => {
    lists.follow(commit);
    if (quiet) return;
    index.observe(commit.row);
    webhooks?.observe(commit);
  });

  const preferences = new Preferences(optOuts, store, clock);
  const contacts: Contacts = {
    store,
    lookup: new ContactLookup(store, registry, portalId),
    writes: new ContactWrites(store, new Validation(registry, owners), registry, optOuts),
    presenter: new ContactPresenter(registry, portalId),
  };
  const router = new Router(
    contactRoutes(contacts),
    batchRoutes(contacts, { clock, random, portalId }),
    searchRoutes(index, registry, contacts.presenter),
    propertyRoutes(registry, clock, (name) => {
      store.indexUnique(name);
    }),
    ownerRoutes(owners),
    listRoutes(lists, store, clock),
    preferenceRoutes(preferences),
    accountRoutes(portalId, store, clock),
  );
  const tokens = new Tokens();
  const limits =
    options.rateLimits === 'off'
      ? null
      : new RateLimits(options.rateLimits ?? ENTERPRISE_LIMITS, portalId);
  const correlationId = (): string => uuid(random);

  const answer = (request: SandboxRequest): { answer: Answer; headers: Headers } => {
    const caller = tokens.identify(request);
    const match = router.find(request);
    const isSearch = match?.endpoint === SEARCH;
    const headers = limits?.take(caller.name, isSearch, clock.now()) ?? {};
    if (!match) throw new AnsweredRefusal(notFound(), headers);
    try {
      const { path, version } = match;
      return { answer: match.route({ request, path, version, caller }), headers };
    } catch (error) {
      throw error instanceof Refused ? new AnsweredRefusal(error, headers) : error;
    } finally {
      pending.flush();
    }
  };

  return {
    handle: (request) => {
      try {
        const { answer: given, headers } = answer(request);
        return given.value === undefined
          ? { status: given.status, headers, body: '' }
          : json(given.status, given.value, headers);
      } catch (error) {
        if (error instanceof LimitReached) {
          const body = { status: 'error', ...error.limit, correlationId: correlationId() };
          return json(429, body, error.headers);
        }
        if (error instanceof AnsweredRefusal)
          return refusal(error.refused, correlationId(), error.headers);
        if (error instanceof Refused) return refusal(error, correlationId(), {});
        throw error;
      }
    },
    failure: (status, request) =>
      failureAnswer(status, router.endpoint(request) === SEARCH, correlationId()),
    endpoint: (request) => router.endpoint(request),
    calls: new Calls(),
    faults: new FaultPlan(),
    portal: portalOver({
      ...contacts,
      index,
      lists,
      optOuts,
      preferences,
      pending,
      quietly: (work) => {
        quiet = true;
        try {
          work();
        } finally {
          quiet = false;
        }
      },
    }),
    portalId,
    registry,
    owners,
    setIndexLag: (lag) => {
      index.lag = lagOf(lag);
    },
    flushWebhooks: async () => {
      await webhooks?.flush();
    },
    close: () => {
      webhooks?.stop();
      journal.close();
    },
  };
}

type Headers = Readonly<Record<string, string>>;

const SEARCH = 'POST /crm/objects/contacts/search';

/** A refusal of a call that counted, with the limits' headers. */
class AnsweredRefusal extends Error {
  readonly refused: Refused;
  readonly headers: Headers;
  constructor(refused: Refused, headers: Headers) {
    super(refused.message);
    this.refused = refused;
    this.headers = headers;
  }
}

function refusal(
  { status, body }: Refused,
  correlationId: string,
  headers: Headers,
): SandboxResponse {
  return json(status, { status: 'error', ...body, correlationId }, headers);
}

function lagOf(lag: number | IndexLag): IndexLag {
  return typeof lag === 'number' ? { min: lag, max: lag } : lag;
}

function uuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}
