// Where things stand, asked of the store and the queue when somebody scrapes and not more often than they can
// bear. A database that doesn't answer leaves its gauges out, not the rest of the answer.
import { Gauge, type Registry } from 'prom-client';
import { LINK_STATES } from '../engine/link.ts';
import type { JobQueue } from '../jobs/port.ts';
import type { Store } from '../store/port.ts';
import { RUN_KINDS } from '../store/runs-port.ts';
import { cached } from './cached.ts';

const MINUTE_MS = 60_000;
const MOMENT_MS = 5_000;
/** The newest runs: those in progress are among them. */
const OPEN_RUNS_AMONG = 100;

export interface Standing {
  readonly store: Store;
  readonly queue: Pick<JobQueue, 'depth'>;
  readonly now?: () => number;
}

export function measureStanding(
  registry: Registry,
  { store, queue, now = Date.now }: Standing,
): void {
  const registers = [registry];
  const summary = cached(MINUTE_MS, now, () => store.links.summary());
  const depth = cached(MOMENT_MS, now, () => queue.depth());
  const runs = cached(MOMENT_MS, now, () => store.runs.list(OPEN_RUNS_AMONG));
  new Gauge({
    name: 'tandem_queue_records',
    help: 'Records in the queue, over all workers.',
    labelNames: ['state'],
    registers,
    async collect() {
      const known = await depth();
      this.reset();
      if (known === null) return;
      this.set({ state: 'waiting' }, known.waiting);
      this.set({ state: 'active' }, known.active);
    },
  });
  new Gauge({
    name: 'tandem_links',
    help: 'Known people by where they stand; a minute old at most.',
    labelNames: ['state'],
    registers,
    async collect() {
      const rows = await summary();
      this.reset();
      if (rows === null) return;
      for (const state of LINK_STATES) this.set({ state }, 0);
      for (const { state, count } of rows) this.inc({ state }, count);
    },
  });
  new Gauge({
    name: 'tandem_runs_running',
    help: 'Runs that have begun and not ended, by kind.',
    labelNames: ['kind'],
    registers,
    async collect() {
      const known = await runs();
      this.reset();
      if (known === null) return;
      for (const kind of RUN_KINDS) this.set({ kind }, 0);
      for (const { kind, state } of known) if (state === 'running') this.inc({ kind });
    },
  });
}
