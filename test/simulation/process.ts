// One Tandem process: the real adapters, pipeline and live sync over the shared store, in a world where
// every call takes time, may go wrong, and may be the last thing the process does.
import { createHubSpot } from '../../src/hubspot/api-client.ts';
import { createSalesforce } from '../../src/salesforce/jsforce.ts';
import { SANDBOX_TOKEN } from '../../src/sandbox/hubspot/stand-in.ts';
import type { SandboxResponse, StandIn } from '../../src/sandbox/http.ts';
import { SANDBOX_CLIENT } from '../../src/sandbox/salesforce/stand-in.ts';
import type { Store } from '../../src/store/port.ts';
import { jobHandlers } from '../../src/jobs/handlers.ts';
import { MemoryQueue } from '../../src/jobs/memory-queue.ts';
import { LiveSync } from '../../src/sync/live.ts';
import { Pipeline } from '../../src/sync/pipeline.ts';
import type { Ports } from '../../src/sync/workspace.ts';
import type { SimWorld } from './world.ts';

/** Changes the ports of a process: how a planted bug gets in. */
export type Mutation = (ports: Ports, world: SimWorld) => Ports;

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
  #isDead = false;

  constructor(world: SimWorld, mutate: Mutation) {
    this.#world = world;
    const sleep = (milliseconds: number): Promise<void> => this.#pass(milliseconds);
    const { random } = world;
    const now = (): number => world.clock.now();
    const hubspot = createHubSpot({
      accessToken: SANDBOX_TOKEN,
      baseUrl: HUBSPOT_URL,
      sleep,
      random,
      now,
      exchange: async (call) => {
        const { status, headers, body } = await this.#call(world.hubspot, call);
        return { status, headers, text: body };
      },
    });
    const salesforce = createSalesforce(
      { flow: 'clientCredentials', ...SANDBOX_CLIENT, loginUrl: SALESFORCE_URL },
      { sleep, random, exchange: (request) => this.#call(world.salesforce, request) },
    );
    const store = this.#slowly(world.store);
    this.pipeline = new Pipeline(mutate({ hubspot, salesforce, store, now }, world));
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
    const { jobs, clock, cadence, startedAt } = this.#world;
    await this.live.prepare(new Date(startedAt));
    const sleep = (milliseconds: number): Promise<void> => this.#pass(milliseconds);
    const queue = new MemoryQueue(jobs, { now: () => clock.now(), sleep });
    await queue.work(jobHandlers(this.pipeline, this.live, queue, { cadence }));
  }

  async #pass(milliseconds: number): Promise<void> {
    await this.#world.clock.sleep(milliseconds);
    if (this.#isDead) await never();
  }

  async #call(
    standIn: StandIn,
    { method, url, headers, body = '' }: HttpRequest,
  ): Promise<SandboxResponse> {
    const { random, faults } = this.#world;
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
    if (fault === 'busy') return standIn.failure(503, request);
    if (fault === 'limited') return standIn.failure(429, request);
    const answer = await standIn.handle(request);
    this.#world.observe(standIn.endpoint(request), request);
    if (fault === 'answerLost') {
      await this.#pass(15_000);
      throw new Error('no answer');
    }
    await this.#pass(1 + random() * (fault === 'slow' ? 20_000 : 200));
    return answer;
  }

  /** Every call to the store takes a moment before and after: where a crash strikes, or the other process comes in. */
  #slowly(store: Store): Store {
    const slow = <Part extends object>(part: Part): Part =>
      new Proxy(part, {
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
    return {
      ...store,
      links: slow(store.links),
      runs: slow(store.runs),
      cursors: slow(store.cursors),
      settings: slow(store.settings),
    };
  }
}

const never = (): Promise<never> => new Promise(() => undefined);
