// The queue in memory: for one process without a database of its own, and for simulations under a clock of
// their own. It forgets everything with its process.
import type { RecordKey } from '../engine/records.ts';
import { keyName } from '../sync/sighting.ts';
import {
  BATCH,
  FIRST_LOOK,
  HEARTBEAT_MS,
  PLACES,
  RETRY,
  type JobHandlers,
  type JobQueue,
  type LookState,
  type Place,
  type RetryPolicy,
} from './port.ts';

/** The clock of whoever works: its pauses end with its process. */
export interface WorkClock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

interface Job {
  readonly key: RecordKey;
  readonly tries: number;
  readonly notBefore: number;
}

interface ActiveJob extends Job {
  takenUntil: number;
}

interface LookJob {
  readonly state: LookState;
  readonly notBefore: number;
  /** Until when somebody is known to be at it; null: nobody is. */
  takenUntil: number | null;
}

/** What every process of one simulation shares. */
export class MemoryJobs {
  readonly waiting = new Map<string, Job>();
  readonly active = new Map<string, ActiveJob>();
  /** Runs that wait to be worked on, and until when somebody is known to be at one. */
  readonly runs = new Set<string>();
  readonly runsTaken = new Map<string, number>();
  readonly looks = new Map<Place, LookJob>();
}

/** How often it is asked whether there is something to do; whoever simulates days may change it on the way. */
export interface Pace {
  pollMs: number;
  /** Between looks too: somebody else may finish earlier than they had to. */
  longestSleepMs: number;
}

const PACE: Readonly<Pace> = { pollMs: 500, longestSleepMs: 5_000 };
const RUN_TAKEN_MS = 60_000;

export class MemoryQueue implements JobQueue {
  readonly #jobs: MemoryJobs;
  readonly #clock: WorkClock;
  readonly #retry: RetryPolicy;
  readonly #pace: Readonly<Pace>;
  #isStopping = false;
  #loops: Promise<unknown> = Promise.resolve();

  constructor(
    jobs: MemoryJobs,
    clock: WorkClock,
    retry: RetryPolicy = RETRY,
    pace: Readonly<Pace> = PACE,
  ) {
    this.#jobs = jobs;
    this.#clock = clock;
    this.#retry = retry;
    this.#pace = pace;
  }

  add(keys: readonly RecordKey[]): Promise<void> {
    for (const key of keys) {
      const name = keyName(key);
      if (this.#jobs.waiting.has(name)) continue;
      this.#jobs.waiting.set(name, { key, tries: 0, notBefore: 0 });
    }
    return Promise.resolve();
  }

  addRuns(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#jobs.runs.add(id);
    return Promise.resolve();
  }

  work(handlers: JobHandlers): Promise<void> {
    for (const where of PLACES) {
      const takenUntil = this.#jobs.looks.get(where)?.takenUntil ?? null;
      this.#jobs.looks.set(where, { state: FIRST_LOOK, notBefore: 0, takenUntil });
    }
    this.#loops = Promise.all([
      this.#repeat(() => this.#workOnRecords(handlers)),
      this.#repeat(() => this.#workOnRun(handlers)),
      ...PLACES.map((where) => this.#repeat(() => this.#lookAt(where, handlers))),
    ]);
    return Promise.resolve();
  }

  depth(): Promise<{ waiting: number; active: number }> {
    const { waiting, active } = this.#jobs;
    return Promise.resolve({ waiting: waiting.size, active: active.size });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#loops;
  }

  /** `work` answers how long nothing will be there to do, milliseconds. */
  async #repeat(work: () => Promise<number>): Promise<void> {
    while (!this.#isStopping) {
      const pause = await work();
      if (pause > 0) await this.#clock.sleep(Math.min(pause, this.#pace.longestSleepMs));
    }
  }

  async #workOnRecords({ records, givenUp }: JobHandlers): Promise<number> {
    const taken = this.#take();
    if (taken.length === 0) return this.#pace.pollMs;
    const held = this.#hold(taken);
    try {
      const last = taken.filter(({ tries }) => tries >= this.#retry.tries);
      if (last.length > 0)
        await givenUp(
          last.map(({ key }) => key),
          'it failed too often',
        );
      const rest = taken.filter(({ tries }) => tries < this.#retry.tries);
      if (rest.length > 0) await records(rest.map(({ key }) => key));
    } catch {
      for (const job of taken) this.#comesAgain(job);
    } finally {
      held.release();
    }
    return 0;
  }

  #take(): ActiveJob[] {
    const { waiting, active } = this.#jobs;
    const now = this.#clock.now();
    for (const [name, job] of active) {
      if (job.takenUntil > now) continue;
      active.delete(name);
      this.#comesAgain(job);
    }
    const taken = [...waiting]
      .filter(([name, { notBefore }]) => notBefore <= now && !active.has(name))
      .slice(0, BATCH);
    return taken.map(([name, job]) => {
      const mine = { ...job, takenUntil: now + HEARTBEAT_MS };
      waiting.delete(name);
      active.set(name, mine);
      return mine;
    });
  }

  /** Somebody may have named it again meanwhile: then that is enough. */
  #comesAgain({ key, tries }: Job): void {
    const name = keyName(key);
    if (this.#jobs.waiting.has(name)) return;
    const { pauseMs, longestPauseMs } = this.#retry;
    const pause = Math.min(pauseMs * 2 ** tries, longestPauseMs);
    const notBefore = this.#clock.now() + pause;
    this.#jobs.waiting.set(name, { key, tries: tries + 1, notBefore });
  }

  /** Keeps what was taken for as long as this process is alive. */
  #hold(taken: readonly ActiveJob[]): { release: () => void } {
    let isHeld = true;
    const beat = async (): Promise<void> => {
      for (;;) {
        await this.#clock.sleep(HEARTBEAT_MS / 2);
        if (!isHeld) return;
        for (const job of taken) job.takenUntil = this.#clock.now() + HEARTBEAT_MS;
      }
    };
    void beat();
    return {
      release: () => {
        isHeld = false;
        const { active } = this.#jobs;
        for (const job of taken) {
          const name = keyName(job.key);
          // Once it was given up for lost, it may be in other hands.
          if (active.get(name) === job) active.delete(name);
        }
      },
    };
  }

  async #workOnRun({ run }: JobHandlers): Promise<number> {
    const { runs, runsTaken } = this.#jobs;
    const now = this.#clock.now();
    const id = [...runs].find((one) => (runsTaken.get(one) ?? 0) <= now);
    if (id === undefined) return this.#pace.pollMs;
    runs.delete(id);
    // A run that outlasts this is taken by a second process, which the store tells the first.
    runsTaken.set(id, now + RUN_TAKEN_MS);
    await run(id);
    runsTaken.delete(id);
    return 0;
  }

  async #lookAt(where: Place, { look }: JobHandlers): Promise<number> {
    const job = this.#jobs.looks.get(where);
    const now = this.#clock.now();
    const wait = Math.max(job?.notBefore ?? 0, job?.takenUntil ?? 0) - now;
    if (!job || wait > 0) return Math.max(wait, 1);
    // Looks are long and may overlap after this: a second process at it does no harm.
    job.takenUntil = now + 6 * HEARTBEAT_MS;
    const { state, pauseMs } = await look(where, job.state);
    const notBefore = this.#clock.now() + pauseMs;
    this.#jobs.looks.set(where, { state, notBefore, takenUntil: null });
    return Math.max(pauseMs, 1);
  }
}
