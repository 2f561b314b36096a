// What Tandem counts and measures, for Prometheus: a registry of its own and the observers that feed it. The
// pipeline, the queue and the adapters know none of this: they tell whoever listens. No label holds an id
// or a value of a record.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { PairResult } from '../engine/outcome.ts';
import type { ObservedCall } from '../budget/budget.ts';
import type { Place } from '../jobs/port.ts';
import type { BatchReport, Trigger } from '../sync/pipeline.ts';
import { EndpointLabels } from './endpoint-label.ts';
import { DIRECTIONS, lagsOf, RecentLag, type Lag } from './lag.ts';

export interface Metrics {
  readonly registry: Registry;
  readonly onBatch: (report: BatchReport, trigger: Trigger) => void;
  readonly onCall: (call: ObservedCall) => void;
  /** `moved`: records that were written; null when the look failed. */
  readonly onLook: (where: Place, ms: number, moved: number | null) => void;
  /** A record on which Tandem itself failed. */
  readonly onStumble: () => void;
  /** Of the last ten minutes in this process. */
  readonly lag: () => Lag;
}

export interface MetricsOptions {
  readonly version: string;
  readonly now?: () => number;
}

const OUTCOMES: Readonly<Record<PairResult, string>> = {
  createdInSalesforce: 'created',
  createdInHubSpot: 'created',
  updated: 'updated',
  paired: 'paired',
  unchanged: 'unchanged',
  skipped: 'skipped',
  failed: 'failed',
};

const LAG_BUCKETS = [0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 60, 120, 300, 900, 3600];
const CALL_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];
const LOOK_BUCKETS = [0.05, 0.25, 1, 5, 15, 60, 300];

export function createMetrics({ version, now = Date.now }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const recent = new RecentLag(now);
  const endpoints = new EndpointLabels();

  const lag = new Histogram({
    name: 'tandem_lag_seconds',
    help: 'From the stamp of a change in one CRM to the answer to its write in the other; live sync only.',
    labelNames: ['direction'],
    buckets: LAG_BUCKETS,
    registers,
  });
  for (const direction of DIRECTIONS) lag.zero({ direction });
  const records = new Counter({
    name: 'tandem_records_total',
    help: 'Records that were dealt with, by what became of them and by what woke the sync.',
    labelNames: ['outcome', 'cause'],
    registers,
  });
  const calls = new Counter({
    name: 'tandem_api_calls_total',
    help: 'API calls by CRM, endpoint, class of work and status class.',
    labelNames: ['crm', 'endpoint', 'class', 'status'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'tandem_api_call_seconds',
    help: 'How long API calls took.',
    labelNames: ['crm', 'endpoint'],
    buckets: CALL_BUCKETS,
    registers,
  });
  const looks = new Counter({
    name: 'tandem_looks_total',
    help: 'Looks of live sync by place, and whether they failed as a whole.',
    labelNames: ['where', 'result'],
    registers,
  });
  const lookSeconds = new Histogram({
    name: 'tandem_look_seconds',
    help: 'How long looks took, syncing what they found included.',
    labelNames: ['where'],
    buckets: LOOK_BUCKETS,
    registers,
  });
  new Gauge({
    name: 'tandem_recent_lag_seconds',
    help: 'Lag of the last ten minutes in this process.',
    labelNames: ['direction', 'quantile'],
    registers,
    collect() {
      this.reset();
      const read = recent.read();
      for (const direction of DIRECTIONS) {
        const { p50, p95 } = read[direction];
        if (p50 !== null) this.set({ direction, quantile: '0.5' }, p50);
        if (p95 !== null) this.set({ direction, quantile: '0.95' }, p95);
      }
    },
  });
  new Gauge({
    name: 'tandem_info',
    help: 'The version that is running.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);

  return {
    registry,
    onBatch: ({ pairs, unchanged }, { cause }) => {
      for (const pair of pairs) {
        records.inc({ outcome: OUTCOMES[pair.result], cause });
        for (const sample of lagsOf(pair)) {
          lag.observe({ direction: sample.direction }, sample.seconds);
          recent.add(sample);
        }
      }
      if (unchanged > 0) records.inc({ outcome: 'unchanged', cause }, unchanged);
    },
    onCall: ({ crm, endpoint, class: kind, status, ms }) => {
      const labels = { crm: crm.toLowerCase(), endpoint: endpoints.of(endpoint) };
      calls.inc({ ...labels, class: kind, status: statusClass(status) });
      callSeconds.observe(labels, ms / 1000);
    },
    onLook: (where, ms, moved) => {
      looks.inc({ where, result: moved === null ? 'failed' : 'done' });
      lookSeconds.observe({ where }, ms / 1000);
    },
    onStumble: () => {
      records.inc({ outcome: 'failed', cause: 'stumble' });
    },
    lag: () => recent.read(),
  };
}

const statusClass = (status: number | null): string =>
  status === null ? 'none' : status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
