// One Tandem process: the real adapters, pipeline and live sync over the shared store, in a world where
// every call takes time, may go wrong, and may be the last thing the process does.
import { ApiBudget } from '../../src/budget/budget.ts';
import { currentClass } from '../../src/budget/call-class.ts';
import type { Ledger } from '../../src/budget/ledger.ts';
import type { CallBudget } from '../../src/engine/call-budget.ts';
import { Unavailable, type Crm } from '../../src/engine/failures.ts';
import { createHubSpot } from '../../src/hubspot/api-client.ts';
import { createSalesforce } from '../../src/salesforce/jsforce.ts';
import { SANDBOX_TOKEN } from '../../src/sandbox/hubspot/stand-in.ts';
import type { SandboxResponse, StandIn } from '../../src/sandbox/http.ts';
import { SANDBOX_CLIENT } from '../../src/sandbox/salesforce/stand-in.ts';
import type { Store } from '../../src/store/port.ts';
import { jobHandlers } from '../../src/jobs/handlers.ts';
import { MemoryQueue } from '../../src/jobs/memory-queue.ts';
import { RETRY } from '../../src/jobs/port.ts';
import { LiveSync } from '../../src/sync/live.ts';
import { Pipeline, type BatchReport, type Trigger } from '../../src/sync/pipeline.ts';
import type { Sighting } from '../../src/sync/sighting.ts';
import type { Ports } from '../../src/sync/workspace.ts';
import type { SimWorld } from './world.ts';

/** Changes what a process stands on: how a planted bug gets in. */
export interface Mutation {
  readonly ports?: (ports: Ports, world: SimWorld) => Ports;
  readonly ledger?: (ledger: Ledger) => Ledger;
}

interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

const SALESFORCE_URL = 'https://org.example.com';
const HUBSPOT_URL = 'https://hubspot.example.com';

export class Process {
  readonly pipeline: Pipeline;
  readonly live: LiveSync;
  readonly #world: SimWorld;
  readonly #number: number;
  #isDead = false;

  /** @param onDoom kills it, where that is possible */
  constructor(world: SimWorld, mutation: Mutation, onDoom: () => void = () => undefined) {
    this.#world = world;
    this.#number = world.nextProcess();
    const sleep = (milliseconds: number): Promise<void> => this.#pass(milliseconds);
    const { random } = world;
    const now = (): number => world.clock.now();
    const store = this.#slowly(world.store);
    const ledger = mutation.ledger?.(world.ledger) ?? world.ledger;
    const limits =
      world.limit.by === 'nothing' ? {} : { budget: this.#budget(this.#slow(ledger), store) };
    const hubspot = createHubSpot({
      ...limits,
      accessToken: SANDBOX_TOKEN,
      baseUrl: HUBSPOT_URL,
      sleep,
      random,
      now,
      exchange: async (call) => {
        const { status, headers, body } = await this.#call('HubSpot', world.hubspot, call);
        return { status, headers, text: body };
      },
    });
    const salesforce = createSalesforce(
      { flow: 'clientCredentials', ...SANDBOX_CLIENT, loginUrl: SALESFORCE_URL },
      {
        ...limits,
        sleep,
        random,
        now,
        exchange: (request) => this.#call('Salesforce', world.salesforce, request),
      },
    );
    const ports: Ports = {
      hubspot: { ...hubspot, schema: this.#readOnce('HubSpot', hubspot.schema) },
      salesforce: { ...salesforce, schema: this.#readOnce('Salesforce', salesforce.schema) },
      store,
      now,
    };
    this.pipeline = new WatchedPipeline(mutation.ports?.(ports, world) ?? ports, world, onDoom);
    this.live = new LiveSync(this.pipeline);
  }

  /** Nothing it was doing goes on; what it had sent may still arrive. */
  kill(): void {
    this.#isDead = true;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Works until it is killed. */
  async run(): Promise<void> {
    const { jobs, clock, cadence, pace, startedAt } = this.#world;
    await this.pipeline.firstSync.begin(new Date(startedAt).toISOString());
    await this.live.prepare(new Date(startedAt));
    const sleep = (milliseconds: number): Promise<void> => this.#pass(milliseconds);
    const queue = new MemoryQueue(jobs, { now: () => clock.now(), sleep }, RETRY, pace);
    await queue.work(jobHandlers(this.pipeline, this.live, queue, { cadence }));
  }

  async #pass(milliseconds: number): Promise<void> {
    await this.#world.clock.sleep(milliseconds);
    if (this.#isDead) await never();
  }

  #budget(ledger: Ledger, { settings }: Store): CallBudget {
    const { clock, random } = this.#world;
    return new ApiBudget({
      ledger,
      windows: null,
      now: () => clock.now(),
      sleep: (milliseconds) => this.#pass(milliseconds),
      random,
      budgets: async () => {
        const { budget } = (await settings.current()).settings;
        return { HubSpot: budget.hubspotDaily, Salesforce: budget.salesforceDaily };
      },
    });
  }

  async #call(
    crm: Crm,
    standIn: StandIn,
    { method, url, headers, body = '' }: HttpRequest,
  ): Promise<SandboxResponse> {
    const { random, faults, arrivals, clock } = this.#world;
    const sentAt = clock.now();
    await this.#pass(1 + random() * 200);
    const { pathname, searchParams, host } = new URL(url);
    const request = {
      method,
      path: pathname,
      query: searchParams,
      headers: { ...headers, host },
      body,
    };
    const fault = faults.draw();
    if (fault === 'refused') throw new Error('connection refused');
    // Signing in is no call of the API.
    if (!pathname.startsWith('/services/oauth2'))
      arrivals.push({ crm, cls: currentClass(), sentAt });
    if (fault === 'busy') return standIn.failure(503, request);
    if (fault === 'limited') return standIn.failure(429, request);
    const answer = await standIn.handle(request);
    const endpoint = standIn.endpoint(request);
    const observed = this.#world.observe({ endpoint, request, by: this.#number, sentAt });
    if (fault === 'answerLost') {
      await this.#pass(15_000);
      observed.answeredAt = clock.now();
      throw new Error('no answer');
    }
    await this.#pass(1 + random() * (fault === 'slow' ? 20_000 : 200));
    observed.answeredAt = clock.now();
    return answer;
  }

  /** What one process of a world has read, the others are told: by far the longest answers there are. */
  #readOnce<Schema extends object>(crm: Crm, schema: Schema): Schema {
    const { catalogue, random, faults, limit } = this.#world;
    return new Proxy(schema, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        // Searches tell nothing of HubSpot's limits: owners do.
        const isAsked = name === 'ensureProperties' || (name === 'owners' && limit.by === 'day');
        if (typeof method !== 'function' || isAsked) return method;
        return async (...parameters: unknown[]): Promise<unknown> => {
          const what = `${crm} ${String(name)} ${parameters.join()}`;
          if (catalogue.has(what)) {
            await this.#pass(1 + random() * 400);
            // So rarely, as the adapters try several times.
            if (faults.draw() === 'refused') throw new Unavailable(crm, 'connection refused');
            return catalogue.get(what);
          }
          const read: unknown = await Reflect.apply(method, target, parameters);
          catalogue.set(what, read);
          return read;
        };
      },
    });
  }

  /** Every call to the store takes a moment before and after: where a crash strikes, or the other process comes in. */
  #slowly(store: Store): Store {
    return {
      ...store,
      links: this.#slow(store.links),
      runs: this.#slow(store.runs),
      cursors: this.#slow(store.cursors),
      settings: this.#slow(store.settings),
    };
  }

  #slow<Part extends object>(part: Part): Part {
    return new Proxy(part, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        return async (...parameters: unknown[]): Promise<unknown> => {
          await this.#pass(this.#world.random() * 20);
          const result: unknown = await Reflect.apply(method, target, parameters);
          await this.#pass(this.#world.random() * 20);
          return result;
        };
      },
    });
  }
}

/** Tells the world whom a run has dealt with, and dies at it where that is its fate. */
class WatchedPipeline extends Pipeline {
  readonly #world: SimWorld;
  readonly #onDoom: () => void;

  constructor(ports: Ports, world: SimWorld, onDoom: () => void) {
    super(ports);
    this.#world = world;
    this.#onDoom = onDoom;
  }

  override async sync(sightings: readonly Sighting[], trigger: Trigger): Promise<BatchReport> {
    if (trigger.runId === null) return super.sync(sightings, trigger);
    const { clock, doomMs, dealtWith } = this.#world;
    this.#world.doomMs = null;
    if (doomMs !== null) void clock.sleep(doomMs).then(this.#onDoom);
    const report = await super.sync(sightings, trigger);
    const ids = dealtWith.get(trigger.runId) ?? new Set();
    for (const { key } of sightings) ids.add(key.id);
    dealtWith.set(trigger.runId, ids);
    return report;
  }
}

const never = (): Promise<never> => new Promise(() => undefined);
