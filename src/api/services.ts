// What the handlers work with, put together from the environment: the same in a HubSpot function and in
// the service.
import { ApiBudget, type ObservedCall } from '../budget/budget.ts';
import { postgresLedger } from '../budget/postgres-ledger.ts';
import { SharedWindows } from '../budget/windows.ts';
import { createHubSpot } from '../hubspot/api-client.ts';
import { createSalesforce } from '../salesforce/jsforce.ts';
import { adminCalls, type AdminCalls } from '../store/admin-calls.ts';
import { answeredCalls, type AnsweredCalls } from '../store/answered-calls.ts';
import { openStore, type PostgresStore } from '../store/postgres-store.ts';
import { Pipeline } from '../sync/pipeline.ts';
import type { Ports } from '../sync/workspace.ts';
import { adminsOver, type Admins } from './caller.ts';
import { realConfiguration, type Environment, type RealConfiguration } from './environment.ts';

export interface ApiServices {
  readonly pipeline: Pipeline;
  /** What is used and left of both CRMs' limits. */
  readonly budget: ApiBudget;
  readonly admins: Admins;
  /** The audit trail. */
  readonly trail: AdminCalls;
  /** Calls that must not be done twice. */
  readonly answered: AnsweredCalls;
  close(): Promise<void>;
}

/** A function has ten seconds in all: better a clear answer than a long wait (hubspot-platform §3). */
const IMPATIENT = { timeoutMs: 5_000, attempts: 2, pauseMs: 200 } as const;

/** Opens database and CRMs for a HubSpot function. `ConfigurationError` names what is missing. */
export async function openServices(environment: Environment): Promise<ApiServices> {
  return servicesFor(realConfiguration(environment), { maxConnections: 2, patience: IMPATIENT });
}

export interface ServicesOptions {
  readonly maxConnections: number;
  /** How long and how often each call to a CRM is tried; the adapters' own defaults unless given. */
  readonly patience?: {
    readonly timeoutMs: number;
    readonly attempts: number;
    readonly pauseMs: number;
  };
  /**
   * True where no other process calls the same portal: HubSpot's short windows are then kept in this one,
   * which lets a burst go at once.
   */
  readonly isAlone?: boolean;
  /** Sees every call that was made. */
  readonly onCall?: (call: ObservedCall) => void;
}

/** How long a call waits for its turn among those of other processes. */
const LONGEST_TURN_MS = 60_000;
/** A function has ten seconds in all. */
const LONGEST_TURN_OF_A_FUNCTION_MS = 5_000;

export async function servicesFor(
  configuration: RealConfiguration,
  { maxConnections, patience, isAlone = false, onCall }: ServicesOptions,
): Promise<ApiServices> {
  const store = await openStore({ connectionString: configuration.databaseUrl, maxConnections });
  const longestWaitMs = patience ? LONGEST_TURN_OF_A_FUNCTION_MS : LONGEST_TURN_MS;
  const windows = isAlone ? null : { sql: store.sql, sleep, now: Date.now, longestWaitMs };
  const budget = budgetOver(store, windows && new SharedWindows(windows), onCall);
  const salesforce = createSalesforce(configuration.salesforce, { ...patience, budget });
  // A function's first call waits for nothing: HubSpot is asked meanwhile.
  if (patience) salesforce.signInAhead();
  const ports: Ports = {
    hubspot: createHubSpot({ ...configuration.hubspot, ...patience, budget }),
    salesforce,
    store,
    now: Date.now,
  };
  return {
    pipeline: new Pipeline(ports),
    budget,
    admins: adminsOver(ports.hubspot.users, Date.now),
    trail: adminCalls(store.sql),
    answered: answeredCalls(store.sql),
    close: async () => {
      // What was reserved and not used is given back where that is possible; it is used otherwise.
      await budget.close().catch(() => undefined);
      await store.close();
    },
  };
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** One budget for everybody who works on the store's database. */
function budgetOver(
  { sql, settings }: PostgresStore,
  windows: SharedWindows | null,
  onCall: ServicesOptions['onCall'],
): ApiBudget {
  return new ApiBudget({
    ledger: postgresLedger(sql),
    windows,
    budgets: async () => {
      const { budget } = (await settings.current()).settings;
      return { HubSpot: budget.hubspotDaily, Salesforce: budget.salesforceDaily };
    },
    now: Date.now,
    sleep,
    random: Math.random,
    ...(onCall === undefined ? {} : { onCall }),
  });
}
