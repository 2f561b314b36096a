// Both stand-ins in a process of their own, full of people, and the calls they got: what Tandem, the bare loop
// and the script are measured in, each in a world of its own that begins the same. Rate limits are off,
// because they would set every time there is; latency is as asked.
import { z } from 'zod';
import type { Spread } from './people.ts';
import { Child, type ChildOptions } from './processes.ts';

export interface Surroundings {
  readonly people: number;
  readonly spread: Spread;
  readonly latencyMs: number;
  readonly child?: ChildOptions;
}

export interface Where {
  readonly hubspotUrl: string;
  readonly salesforceUrl: string;
}

const whereSchema = z.object({ hubspotUrl: z.string(), salesforceUrl: z.string() });
const pairsSchema = z.array(z.object({ salesforceId: z.string(), hubspotId: z.string() }));
const countsSchema = z.record(z.string(), z.number());
const callsSchema = z.object({
  calls: countsSchema,
  inside: countsSchema,
  cpuSeconds: z.number(),
});

export type PairIds = z.infer<typeof pairsSchema>[number];

export interface CallCounts {
  readonly calls: number;
  readonly byEndpoint: Readonly<Record<string, number>>;
  /** Calls that wrote anything. */
  readonly writes: number;
  /** What answering them took in the stand-ins' process. */
  readonly standInsCpuSeconds: number;
}

/** What every process reads once: schemas, owners, sign-in. Counted apart from the floor and from the calls. */
const SETUP = /oauth2|describe|\/properties\/|\/owners|account-info/;
const WRITES = /batch\/(create|update|upsert)|unsubscribe|^PATCH/;
/** Rows of a million people, in both CRMs and their indexes. */
const HEAP_MB = 12_288;

export class World {
  readonly where: Where;
  readonly #child: Child;
  readonly #people: number;

  private constructor(child: Child, where: Where, people: number) {
    this.#child = child;
    this.where = where;
    this.#people = people;
  }

  static async open({ people, spread, latencyMs, child }: Surroundings): Promise<World> {
    const process = new Child('stand-ins.ts', { heapMb: HEAP_MB, ...child });
    const where = await process.ask('open', { latencyMs }, whereSchema);
    await process.ask('seed', { people, spread }, z.null());
    return new World(process, where, people);
  }

  /** Somebody changes as many people; half leads, half contacts, scattered over everybody. */
  changeInSalesforce(changes: number): Promise<PairIds[]> {
    return this.#child.ask('changeSalesforce', { people: this.#people, changes }, pairsSchema);
  }

  changeInHubSpot(changes: number): Promise<PairIds[]> {
    return this.#child.ask('changeHubSpot', { people: this.#people, changes }, pairsSchema);
  }

  /** Calls since the last time. */
  async calls(): Promise<CallCounts> {
    const { calls, inside, cpuSeconds } = await this.#child.ask('calls', null, callsSchema);
    const counted = Object.entries(calls).filter(([endpoint]) => !SETUP.test(endpoint));
    const writing = [...Object.entries(calls), ...Object.entries(inside)].filter(([endpoint]) =>
      WRITES.test(endpoint),
    );
    const sumOf = (entries: readonly (readonly [string, number])[]): number =>
      entries.reduce((total, [, count]) => total + count, 0);
    return {
      calls: sumOf(counted),
      byEndpoint: Object.fromEntries(counted),
      writes: sumOf(writing),
      standInsCpuSeconds: cpuSeconds,
    };
  }

  contacts(): Promise<number> {
    return this.#child.ask('contacts', null, z.number());
  }

  peakRssMb(): Promise<number> {
    return this.#child.ask('peakRssMb', null, z.number());
  }

  close(): Promise<void> {
    return this.#child.stop();
  }
}
