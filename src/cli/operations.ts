// What a process tells of itself: metrics, health, and its row in the database. Made before the adapters, so
// that they can tell of their calls; joined to store and queue once those are there.
import { hostname } from 'node:os';
import type { Router } from 'express';
import packageJson from '../../package.json' with { type: 'json' };
import type { Environment } from '../api/environment.ts';
import type { IntakeState } from '../jobs/change-intake.ts';
import type { JobQueue } from '../jobs/port.ts';
import type { HandlerOptions } from '../jobs/handlers.ts';
import type { ObservedCall } from '../budget/budget.ts';
import { createMetrics, type Metrics } from '../metrics/metrics.ts';
import { measureStanding } from '../metrics/standing.ts';
import { reportHealth, type WorkerHealth } from '../metrics/worker-health.ts';
import { Credentials, EventLoopWatch, healthRouter, Readiness } from '../service/health.ts';
import type { Pipeline } from '../sync/pipeline.ts';

export interface Identity {
  readonly worker: string;
  readonly role: WorkerHealth['role'];
  readonly version: string;
}

export const identityOf = (role: Identity['role']): Identity => ({
  worker: `${hostname()}:${process.pid}`,
  role,
  version: packageJson.version,
});

export class Operations {
  readonly metrics: Metrics;
  readonly #credentials = new Credentials();
  readonly #identity: Identity;
  readonly #metricsToken: string | null;
  #events: IntakeState = { kind: 'off' };

  /** For the intake of change events. */
  readonly onEventsState = (state: IntakeState): void => {
    this.#events = state;
  };

  constructor(identity: Identity, environment: Environment) {
    this.#identity = identity;
    this.metrics = createMetrics({ version: identity.version });
    this.#metricsToken = environment.TANDEM_METRICS_TOKEN?.trim() || null;
  }

  /** For the adapters. */
  readonly onCall = (call: ObservedCall): void => {
    this.metrics.onCall(call);
    if (call.status !== null && call.status >= 200 && call.status < 300)
      this.#credentials.accepted(call.crm);
  };

  /** For the queue's handlers. */
  readonly handlers: Required<Pick<HandlerOptions, 'onError' | 'onLook'>> = {
    onError: (error) => {
      this.#credentials.failed(error);
    },
    onLook: (where, ms, moved) => {
      this.metrics.onLook(where, ms, moved);
      if (moved === null) return;
      if (where === 'hubspot') this.#credentials.accepted('HubSpot');
      if (where === 'salesforce') this.#credentials.accepted('Salesforce');
    },
  };

  /** Begins to tell. `stopping` is called when the process was asked to end, `stop` when it does. */
  start(
    pipeline: Pipeline,
    queue: JobQueue,
  ): {
    readonly router: Router;
    readonly stopping: () => void;
    readonly stop: () => Promise<void>;
  } {
    const { store, now } = pipeline.ports;
    const readiness = new Readiness(store, queue, this.#credentials);
    const eventLoop = new EventLoopWatch();
    measureStanding(this.metrics.registry, { store, queue });
    pipeline.observe(this.metrics.onBatch);
    const { worker, role, version } = this.#identity;
    const forget = reportHealth({
      health: store.health,
      worker,
      now,
      read: async () => ({
        role,
        version,
        lag: this.metrics.lag(),
        queue: await queue.depth().catch(() => null),
        events: this.#events,
      }),
    });
    return {
      router: healthRouter({
        readiness,
        eventLoop,
        registry: this.metrics.registry,
        metricsToken: this.#metricsToken,
      }),
      stopping: () => {
        readiness.stop();
      },
      stop: async () => {
        eventLoop.stop();
        await forget();
      },
    };
  }
}
