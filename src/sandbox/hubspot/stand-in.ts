// The HubSpot stand-in: a portal with contacts, properties, lists, owners, communication preferences and
// webhooks behind the HTTP API that @hubspot/api-client talks to, unchanged, on v3 and dated paths
// (hubspot-api §7). In process it runs under any clock and seed; `serveStandIn` puts it on a port. Here:
// sign-in, limits, routing, rendering, and one journal entry per changed row and call.
//
// Not built: repeats of webhooks (see `webhooks/`), the webhooks journal, companies beyond what
// `companies/` says, other objects, scopes.
import { Calls } from '../calls.ts';
import { systemClock, type Clock } from '../clock.ts';
import { FaultPlan } from '../faults.ts';
import { json, type SandboxRequest, type SandboxResponse, type StandIn } from '../http.ts';
import { noJournal, type Journal } from '../journal.ts';
import { accountRoutes } from './account.ts';
import { SANDBOX_APP_ID, SANDBOX_TOKENS, Tokens, type SandboxToken } from './auth.ts';
import type { Answer } from './call.ts';
import { Companies } from './companies/companies.ts';
import { associationRoutes } from './companies/association-routes.ts';
import { NATIVE_ACCOUNT_ID } from './companies/properties.ts';
import { companyRoutes } from './companies/routes.ts';
import { batchRoutes } from './contacts/batch-routes.ts';
import { BLOCKED_TABLE, Blocklist } from './contacts/blocklist.ts';
import { ContactLookup } from './contacts/lookup.ts';
import { ContactPresenter } from './contacts/present.ts';
import { contactRoutes } from './contacts/routes.ts';
import { fromStored, toStored } from './contacts/row.ts';
import { ContactStore } from './contacts/store.ts';
import { Validation } from './contacts/validation.ts';
import { ContactWrites } from './contacts/writes.ts';
import { notFound, Refused } from './errors.ts';
import { failureAnswer } from './failures.ts';
import { LimitReached, PROFESSIONAL_LIMITS, RateLimits, type RateLimitSettings } from './limits.ts';
import { Lists } from './lists/lists.ts';
import { listRoutes } from './lists/routes.ts';
import { ownerRoutes } from './owners-routes.ts';
import { Owners, type Owner } from './owners.ts';
import { PendingRows } from './persistence.ts';
import { Portal } from './portal.ts';
import { OPT_OUT_TABLE, OptOuts } from './preferences/opt-outs.ts';
import { Preferences } from './preferences/preferences.ts';
import { preferenceRoutes } from './preferences/routes.ts';
import { PropertyRegistry } from './properties/registry.ts';
import { propertyRoutes } from './properties/routes.ts';
import { Router } from './router.ts';
import { ContactIndex, type IndexLag } from './search/contact-index.ts';
import { searchRoutes } from './search/routes.ts';
import { userRoutes, Users, type PortalUser } from './users.ts';
import { Webhooks, type WebhookSettings } from './webhooks/webhooks.ts';

export {
  HUBSPOT_ITSELF,
  PERSON_IN_UI,
  SANDBOX_APP_ID,
  SANDBOX_OTHER_APP_TOKEN,
  SANDBOX_TOKEN,
  SANDBOX_UI_TOKEN,
} from './auth.ts';
export type { ChangeSource, SandboxToken } from './auth.ts';
export { Refused } from './errors.ts';
export { PROFESSIONAL_LIMITS, type RateLimitSettings } from './limits.ts';
export type { Owner } from './owners.ts';
export type { Portal, PortalContact, SeedContact } from './portal.ts';
export { SAMPLE_USERS, type PortalUser, type Users } from './users.ts';
export type { Disturbance } from './webhooks/disturbance.ts';
export type { WebhookDelivery, Webhooks, WebhookSettings } from './webhooks/webhooks.ts';

export const SANDBOX_PORTAL_ID = '49547190';

export interface HubSpotStandInOptions {
  readonly clock: Clock;
  /** A repeatable stream of numbers: ids, lags and the order of batch results come from it. */
  readonly random: () => number;
  /** Keeps the portal over restarts; none by default. */
  readonly journal?: Journal;
  /** Digits. */
  readonly portalId?: string;
  readonly tokens?: readonly SandboxToken[];
  readonly owners?: readonly Owner[];
  /** Who may sign in; a super admin and a rep unless given. */
  readonly users?: readonly PortalUser[];
  /** HubSpot's limits of the Professional tier unless given. */
  readonly rateLimits?: RateLimitSettings | 'off';
  /** Until a search finds a change: milliseconds, or a span to draw from; 500 unless given. */
  readonly indexLagMs?: number | IndexLag;
  /** Until a DYNAMIC list notices a change, milliseconds; 1,000 unless given. */
  readonly listLagMs?: number;
  readonly webhooks?: WebhookSettings | undefined;
  /** True: the native Salesforce connector has been here, so companies have `salesforceaccountid`. */
  readonly nativeConnector?: boolean;
}

export interface HubSpotStandIn extends StandIn {
  readonly portalId: string;
  /** The hand of people and of HubSpot itself, past HTTP, limits and faults. */
  readonly portal: Portal;
  readonly users: Users;
  readonly webhooks: Webhooks;
}

const CONTACT_TABLE = 'contact';
/** Searches of any object share one limit (hubspot-api §2.2). */
const isSearch = (endpoint: string): boolean => /^POST \/crm\/objects\/\w+\/search$/.test(endpoint);

const DEFAULT_INDEX_LAG_MS = 500;
const DEFAULT_LIST_LAG_MS = 1000;
const WEBHOOK_DELAY_MS = 50;

/**
 * @example
 * const hubspot = createHubSpotStandIn({ clock: systemClock, random: seededRandom(1) });
 * const server = await serveStandIn(hubspot);
 * const client = new Client({ accessToken: SANDBOX_TOKEN, basePath: server.url });
 */
export function createHubSpotStandIn(options: HubSpotStandInOptions): HubSpotStandIn {
  return new PortalServer(options);
}

class PortalServer implements HubSpotStandIn {
  readonly calls = new Calls();
  readonly faults = new FaultPlan();
  readonly portalId: string;
  readonly portal: Portal;
  readonly users: Users;
  readonly webhooks: Webhooks;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #tokens: Tokens;
  readonly #limits: RateLimits | null;
  readonly #pending: PendingRows;
  readonly #router: Router;

  constructor(options: HubSpotStandInOptions) {
    const { clock, random } = options;
    this.#clock = clock;
    this.#random = random;
    this.portalId = options.portalId ?? SANDBOX_PORTAL_ID;
    const tokens = options.tokens ?? SANDBOX_TOKENS;
    this.#tokens = new Tokens(tokens);
    const limits = options.rateLimits ?? PROFESSIONAL_LIMITS;
    this.#limits = limits === 'off' ? null : new RateLimits(limits, this.portalId);

    const journal = options.journal ?? noJournal;
    this.#pending = new PendingRows(journal);
    const store = new ContactStore(clock, random);
    const registry = new PropertyRegistry(this.#pending);
    const owners = new Owners(options.owners);
    this.users = new Users(options.users);
    const optOuts = new OptOuts(this.#pending);
    const index = new ContactIndex(clock, random, lagOf(options.indexLagMs));
    const listLagMs = options.listLagMs ?? DEFAULT_LIST_LAG_MS;
    const lists = new Lists(clock, store, this.#pending, listLagMs);
    const companies = new Companies(store, clock, this.#pending);
    const blocklist = new Blocklist(this.#pending);
    restore(journal, { store, registry, optOuts, lists, index, companies, blocklist });
    if (options.nativeConnector)
      companies.addProperty(NATIVE_ACCOUNT_ID.name, NATIVE_ACCOUNT_ID.label);

    const appId = tokens.find((token) => token.appId !== null)?.appId ?? SANDBOX_APP_ID;
    const delayMs = clock === systemClock ? WEBHOOK_DELAY_MS : null;
    this.webhooks = new Webhooks(clock, random, { portalId: this.portalId, appId }, delayMs);
    if (options.webhooks) this.webhooks.connect(options.webhooks);
    store.onCommit((commit) => {
      this.#pending.add(CONTACT_TABLE, commit.row.id, () => {
        const row = store.rowOf(commit.row.id);
        return row ? toStored(row) : null;
      });
      if (commit.kind === 'seeded') {
        index.put(commit.row);
        return;
      }
      index.observe(commit.row);
      this.webhooks.observe(commit);
    });

    const validation = new Validation(registry, owners);
    const writes = new ContactWrites(store, validation, registry, optOuts, blocklist);
    const preferences = new Preferences(optOuts, store, clock);
    const lookup = new ContactLookup(store, registry, this.portalId);
    const presenter = new ContactPresenter(registry, this.portalId);
    const contacts = { store, lookup, writes, presenter, companies };
    this.portal = new Portal({
      store,
      writes,
      lists,
      companies,
      preferences,
      owners,
      registry,
      pending: this.#pending,
    });
    this.#router = new Router(
      contactRoutes(contacts),
      batchRoutes(contacts, { clock, random, portalId: this.portalId }),
      searchRoutes(index, registry, presenter),
      propertyRoutes(registry, clock, (name) => {
        store.indexUnique(name);
      }),
      ownerRoutes(owners),
      companyRoutes(companies, clock),
      associationRoutes(companies, store, clock),
      listRoutes(lists, store, clock),
      preferenceRoutes(preferences),
      userRoutes(this.users),
      accountRoutes(this.portalId),
    );
  }

  endpoint(request: SandboxRequest): string {
    return this.#router.endpoint(request);
  }

  failure(status: number, request: SandboxRequest): SandboxResponse {
    return failureAnswer(status, isSearch(this.endpoint(request)), this.#correlationId());
  }

  handle(request: SandboxRequest): SandboxResponse {
    let headers: Readonly<Record<string, string>> = {};
    try {
      const caller = this.#tokens.identify(request);
      const match = this.#router.find(request);
      const searches = match !== undefined && isSearch(match.endpoint);
      headers = this.#limits?.take(caller.name, searches, this.#clock.now()) ?? {};
      if (!match) throw notFound();
      const { route, path, version } = match;
      return this.#render(route({ request, path, version, caller }), headers);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.#refuse(error, headers);
    } finally {
      this.#pending.flush();
    }
  }

  #render(answer: Answer, headers: Readonly<Record<string, string>>): SandboxResponse {
    if (answer.value === undefined)
      return { status: answer.status, headers: { ...headers }, body: '' };
    return json(answer.status, answer.value, { ...headers });
  }

  #refuse(error: Refused, headers: Readonly<Record<string, string>>): SandboxResponse {
    const correlationId = this.#correlationId();
    if (error instanceof LimitReached)
      return json(
        error.status,
        { status: 'error', ...error.limit, correlationId },
        { ...error.headers },
      );
    return json(error.status, { status: 'error', correlationId, ...error.body }, { ...headers });
  }

  #correlationId(): string {
    const digits = Array.from({ length: 32 }, () => Math.floor(this.#random() * 16).toString(16));
    return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}

interface Restorable {
  readonly store: ContactStore;
  readonly registry: PropertyRegistry;
  readonly optOuts: OptOuts;
  readonly lists: Lists;
  readonly index: ContactIndex;
  readonly companies: Companies;
  readonly blocklist: Blocklist;
}

function restore(
  journal: Journal,
  { store, registry, optOuts, lists, index, companies, blocklist }: Restorable,
): void {
  for (const entry of journal.load()) {
    if (entry.table === CONTACT_TABLE) {
      const row = fromStored(entry.row as Parameters<typeof fromStored>[0]);
      store.restore(row);
      index.put(row);
    } else if (entry.table === OPT_OUT_TABLE) optOuts.restore(entry);
    else if (entry.table === BLOCKED_TABLE) blocklist.restore(entry);
    else {
      registry.restore(entry);
      lists.restore(entry);
      companies.restore(entry);
    }
  }
  for (const name of registry.uniqueNames()) store.indexUnique(name);
}

function lagOf(lag: number | IndexLag | undefined): IndexLag {
  if (typeof lag === 'object') return lag;
  return { min: lag ?? DEFAULT_INDEX_LAG_MS, max: lag ?? DEFAULT_INDEX_LAG_MS };
}
