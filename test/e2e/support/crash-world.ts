// One world of the crash test: both CRMs behind HTTP, people who act, workers that are killed with -9 at random
// moments, and in the end everything settled and judged.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { servicesFor } from '../../../src/api/services.ts';
import type { RecordKey } from '../../../src/engine/records.ts';
import { seededRandom, systemClock } from '../../../src/sandbox/clock.ts';
import { createHubSpotStandIn, SANDBOX_TOKEN } from '../../../src/sandbox/hubspot/stand-in.ts';
import { serveStandIn } from '../../../src/sandbox/http.ts';
import {
  createSalesforceStandIn,
  SANDBOX_CLIENT,
} from '../../../src/sandbox/salesforce/stand-in.ts';
import { complaints, orphans, unsettled } from './crash-verdict.ts';
import { CRASH_SETTINGS, Traffic, type BothSides } from './crash-traffic.ts';
import { writesOf } from './quiet.ts';
import { Fleet } from './worker-fleet.ts';
import type { RunKind, WorkerTask } from './worker-child.ts';

export interface CrashOptions {
  readonly seed: number;
  readonly kills: number;
  readonly workers: number;
  readonly withExternalId: boolean;
  /** The folder of an embedded Postgres, or a Postgres that runs. */
  readonly store: { readonly folder: string } | { readonly databaseUrl: string };
}

export interface CrashReport {
  readonly complaints: readonly string[];
  readonly kills: number;
  readonly serverKills: number;
  readonly people: number;
  /** What workers could not do at once, by how often. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly seconds: { readonly killing: number; readonly settling: number };
}

const CROWD = 60;
/** Between two things that people do. */
const DEED_PAUSE_MS = 25;
/** A worker lives this long at the most, from the moment it works, or is told to. */
const LONGEST_LIFE_MS = 2_500;
const STARTS_KILLED = 0.2;
const SETTLING_PATIENCE_MS = 120_000;
const QUIET_MS = 2_000;
/** A plain create whose answer was lost is looked for for two minutes. */
const LATER_MS = 5 * 60_000;

export async function crashAndSettle(options: CrashOptions): Promise<CrashReport> {
  const random = seededRandom(options.seed);
  const salesforce = createSalesforceStandIn({
    clock: systemClock,
    random: seededRandom(options.seed + 1),
    withExternalId: options.withExternalId,
    dailyApiLimit: 10_000_000,
  });
  const hubspot = createHubSpotStandIn({
    clock: systemClock,
    random: seededRandom(options.seed + 2),
    rateLimits: 'off',
    indexLagMs: 300,
    listLagMs: 0,
  });
  const sides = { hubspot, salesforce };
  const servers = [await serveStandIn(salesforce), await serveStandIn(hubspot)];
  const { store } = options;
  const task: WorkerTask = {
    configuration: {
      hubspot: { accessToken: SANDBOX_TOKEN, baseUrl: servers[1]?.url ?? '' },
      salesforce: { flow: 'clientCredentials', ...SANDBOX_CLIENT, loginUrl: servers[0]?.url ?? '' },
      ...('databaseUrl' in store ? { databaseUrl: store.databaseUrl } : {}),
    },
    folder: 'folder' in store ? store.folder : null,
    aheadMs: 0,
    liveSince: Date.now() - 60_000,
    settings: CRASH_SETTINGS,
  };
  const traffic = new Traffic(sides, random);
  for (let person = 0; person < CROWD; person += 1) traffic.arrive();
  try {
    return await new CrashWorld(options, task, sides, traffic, random).live();
  } finally {
    for (const server of servers) await server.close();
    salesforce.close();
  }
}

class CrashWorld {
  readonly #options: CrashOptions;
  readonly #task: WorkerTask;
  readonly #sides: BothSides;
  readonly #traffic: Traffic;
  readonly #random: () => number;
  readonly #fleet: Fleet;
  #aheadMs = 0;
  #kills = 0;
  #serverKills = 0;
  #isActing = true;
  #unheard: RecordKey[] = [];

  constructor(
    options: CrashOptions,
    task: WorkerTask,
    sides: BothSides,
    traffic: Traffic,
    random: () => number,
  ) {
    this.#options = options;
    this.#task = task;
    this.#sides = sides;
    this.#traffic = traffic;
    this.#random = random;
    this.#fleet = new Fleet(options.workers, () => ({ ...this.#task, aheadMs: this.#aheadMs }));
  }

  async live(): Promise<CrashReport> {
    const from = Date.now();
    try {
      const people = this.#people();
      const runs = this.#runs();
      await Promise.all(this.#fleet.workers.map((_, index) => this.#killer(index)));
      this.#isActing = false;
      await Promise.all([people, runs]);
      const settlingFrom = Date.now();
      return {
        complaints: await this.#settleAndJudge(),
        kills: this.#kills,
        serverKills: this.#serverKills,
        people: this.#traffic.people.length,
        troubles: counted(this.#fleet.troubles),
        seconds: {
          killing: Math.round((settlingFrom - from) / 1_000),
          settling: Math.round((Date.now() - settlingFrom) / 1_000),
        },
      };
    } finally {
      await this.#fleet.killAll();
    }
  }

  /** Kills one worker over and over, at any moment: while it starts, too. */
  async #killer(index: number): Promise<void> {
    while (this.#kills < this.#options.kills) {
      this.#kills += 1;
      // The embedded Postgres is made once; later on starts are killed too.
      const isStartSafe = this.#kills <= this.#options.workers || this.#random() > STARTS_KILLED;
      if (isStartSafe) await this.#fleet.workers[index]?.started;
      await sleep(this.#random() * LONGEST_LIFE_MS);
      await this.#fleet.replace(index, () => this.#killServer());
    }
  }

  /** Mostly the embedded server outlives its worker; sometimes the whole machine goes down. */
  async #killServer(): Promise<void> {
    const { store } = this.#options;
    if (!('folder' in store) || this.#random() > 0.25) return;
    const pidFile = await readFile(
      join(store.folder, 'postgres/data/postmaster.pid'),
      'utf8',
    ).catch(() => '');
    const pid = Number(pidFile.split('\n')[0]);
    if (!(pid > 0)) return;
    try {
      process.kill(pid, 'SIGKILL');
      this.#serverKills += 1;
    } catch {
      // Gone already.
    }
  }

  async #people(): Promise<void> {
    while (this.#isActing) {
      const named = this.#traffic.happen();
      // HubSpot loses a webhook now and then, and repeats those that were not taken.
      if (this.#random() < 0.7) this.#unheard.push(...named);
      void this.#deliver();
      const contactId = this.#random() < 0.1 ? this.#traffic.someContact() : null;
      if (contactId !== null) void this.#anyWorker()?.syncNow(contactId);
      await sleep(this.#random() * 2 * DEED_PAUSE_MS);
    }
  }

  async #deliver(): Promise<void> {
    const keys = this.#unheard.splice(0);
    if (keys.length === 0) return;
    const isTaken = (await this.#anyWorker()?.notice(keys)) ?? false;
    if (!isTaken) this.#unheard.push(...keys);
  }

  /** Imports and pushes beside live traffic; one that was killed is gone on with by the next worker. */
  async #runs(): Promise<void> {
    const kinds: readonly RunKind[] = ['import', 'push'];
    for (let turn = 0; this.#isActing; turn += 1) {
      const kind = kinds[turn % kinds.length] ?? 'import';
      await this.#run(kind);
      await sleep(200);
    }
  }

  async #run(kind: RunKind): Promise<void> {
    while (!(await this.#anyWorker()?.run(kind)) && this.#isActing) await sleep(50);
  }

  #anyWorker() {
    const { workers } = this.#fleet;
    return workers[Math.floor(this.#random() * workers.length)];
  }

  async #settleAndJudge(): Promise<string[]> {
    // New workers for whom minutes have passed: what waits for its time comes now.
    this.#aheadMs = LATER_MS;
    for (const index of this.#fleet.workers.keys()) await this.#fleet.replace(index);
    const deadline = Date.now() + SETTLING_PATIENCE_MS;
    for (const kind of ['import', 'push'] as const)
      while (!(await this.#fleet.workers[0]?.run(kind))) {
        if (Date.now() > deadline) return [`stuck: the ${kind} cannot be done`];
        this.#fleet.revive();
        await sleep(50);
      }
    while (this.#unheard.length > 0) await this.#deliver();
    const databaseUrl = this.#fleet.workers[0]?.databaseUrl ?? '';
    const stuck = await this.#untilQuiet(databaseUrl);
    const services = await servicesFor(
      { ...this.#task.configuration, databaseUrl },
      { maxConnections: 2 },
    );
    const found = await complaints(this.#sides, services.pipeline, this.#traffic.people);
    // The embedded server goes with the last worker.
    if (this.#task.folder === null) {
      await this.#fleet.stopAll();
      stuck.push(...(await orphans(databaseUrl)));
    }
    await services.close();
    if (this.#task.folder !== null) await this.#fleet.stopAll();
    return [...stuck, ...found];
  }

  /** Until nothing is under way and nobody writes; what still is after two minutes is stuck. */
  async #untilQuiet(databaseUrl: string): Promise<string[]> {
    const since = new Date();
    const deadline = since.getTime() + SETTLING_PATIENCE_MS;
    for (;;) {
      const before = this.#writes();
      await sleep(QUIET_MS);
      const left = await unsettled(databaseUrl, since);
      const writes = this.#writes() - before;
      if (left.length === 0 && writes === 0) return [];
      if (Date.now() > deadline)
        return [...left.map((one) => `stuck: ${one}`), ...(writes ? ['stuck: still writing'] : [])];
    }
  }

  #writes(): number {
    return writesOf(this.#sides);
  }
}

function counted(troubles: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const trouble of troubles) {
    const kind = trouble.replaceAll(/[0-9a-f]{8}-[0-9a-f-]+|\d+/g, '…').slice(0, 100);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
