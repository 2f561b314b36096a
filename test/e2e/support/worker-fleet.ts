// Worker processes to be killed: starts them, talks to them, kills them with -9 and puts new ones in their
// place. A spare one is kept loaded, so that little time is spent on starting programs.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RecordKey } from '../../../src/engine/records.ts';
import type { Answer, Order, RunKind, WorkerTask } from './worker-child.ts';

const CHILD = join(import.meta.dirname, 'worker-child.ts');

export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #troubles: string[];
  readonly #waiting = new Map<number, (isDone: boolean) => void>();
  #orders = 0;
  databaseUrl: string | null = null;
  /** Resolves when it has started to work, or never will. */
  readonly started: Promise<void>;
  #hasStarted: () => void = () => undefined;

  constructor(troubles: string[]) {
    this.#troubles = troubles;
    this.#child = fork(CHILD, [], {
      execArgv: ['--no-warnings'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (answer: Answer) => {
      this.#hear(answer);
    });
    this.started = new Promise((resolve) => {
      this.#hasStarted = resolve;
    });
    this.#child.once('exit', () => {
      this.#hasStarted();
      for (const answer of this.#waiting.values()) answer(false);
    });
    // Sending to a process that has just been killed.
    this.#child.on('error', () => undefined);
  }

  get isDead(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  work(task: WorkerTask): void {
    this.#tell({ do: 'work', task });
  }

  /** False when the process died before it had done it, or failed. */
  notice(keys: readonly RecordKey[]): Promise<boolean> {
    return this.#ask((order) => ({ do: 'notice', order, keys }));
  }

  syncNow(contactId: string): Promise<boolean> {
    return this.#ask((order) => ({ do: 'syncNow', order, contactId }));
  }

  run(kind: RunKind): Promise<boolean> {
    return this.#ask((order) => ({ do: 'run', order, kind }));
  }

  async kill(): Promise<void> {
    if (this.isDead) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  async stop(): Promise<void> {
    if (this.isDead) return;
    this.#tell({ do: 'stop' });
    await once(this.#child, 'exit');
  }

  async #ask(orderOf: (order: number) => Order): Promise<boolean> {
    if (this.isDead) return false;
    const order = (this.#orders += 1);
    const answered = new Promise<boolean>((resolve) => {
      this.#waiting.set(order, resolve);
    });
    this.#tell(orderOf(order));
    return answered;
  }

  #tell(order: Order): void {
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }

  #hear(answer: Answer): void {
    if (answer.said === 'working') {
      this.databaseUrl = answer.databaseUrl;
      this.#hasStarted();
    }
    if (answer.said === 'trouble') this.#troubles.push(answer.message);
    if (!('order' in answer)) return;
    this.#waiting.get(answer.order)?.(answer.said === 'done');
    this.#waiting.delete(answer.order);
  }
}

export class Fleet {
  readonly #task: () => WorkerTask;
  readonly workers: WorkerProcess[] = [];
  /** What the workers could not do at once and tried again, in words. */
  readonly troubles: string[] = [];
  #spare: WorkerProcess;

  constructor(size: number, task: () => WorkerTask) {
    this.#task = task;
    this.#spare = new WorkerProcess(this.troubles);
    for (let index = 0; index < size; index += 1) this.workers.push(this.#next());
  }

  /** Kills one and puts another in its place. */
  async replace(
    index: number,
    between: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await this.workers[index]?.kill();
    await between();
    this.workers[index] = this.#next();
  }

  /** Puts others in the place of those that ended by themselves. */
  revive(): void {
    for (const [index, worker] of this.workers.entries())
      if (worker.isDead) this.workers[index] = this.#next();
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.workers, this.#spare].map((worker) => worker.kill()));
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    await this.#spare.kill();
  }

  #next(): WorkerProcess {
    const worker = this.#spare;
    worker.work(this.#task());
    this.#spare = new WorkerProcess(this.troubles);
    return worker;
  }
}
