// What load balancers, orchestrators and Prometheus ask: is the process alive (`/healthz`), can it do its work
// (`/readyz`, with a list of what keeps it from it), and what has it measured (`/metrics`).
import { timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import type { Registry } from 'prom-client';
import { Unauthorized, type Crm } from '../engine/failures.ts';
import type { JobQueue } from '../jobs/port.ts';
import type { Store } from '../store/port.ts';

export type Hindrance = 'stopping' | 'database' | 'schema' | 'queue' | 'hubspot' | 'salesforce';

/** Whether the CRMs took the credentials when they were last asked for anything. */
export class Credentials {
  readonly #refusedBy = new Set<Crm>();

  accepted(crm: Crm): void {
    this.#refusedBy.delete(crm);
  }

  failed(error: unknown): void {
    if (error instanceof Unauthorized) this.#refusedBy.add(error.crm);
  }

  refusedBy(crm: Crm): boolean {
    return this.#refusedBy.has(crm);
  }
}

/** How long a database or queue may take to answer. */
const PATIENCE_MS = 3_000;

export class Readiness {
  readonly #credentials: Pick<Credentials, 'refusedBy'>;
  readonly #store: Pick<Store, 'isCurrent'>;
  readonly #queue: Pick<JobQueue, 'depth'>;
  #isStopping = false;

  constructor(
    store: Pick<Store, 'isCurrent'>,
    queue: Pick<JobQueue, 'depth'>,
    credentials: Pick<Credentials, 'refusedBy'>,
  ) {
    this.#credentials = credentials;
    this.#store = store;
    this.#queue = queue;
  }

  /** From now on this process is not ready, whatever else is true. */
  stop(): void {
    this.#isStopping = true;
  }

  /** What keeps this process from its work; empty when nothing does. */
  async hindrances(): Promise<Hindrance[]> {
    const [isCurrent, depth] = await Promise.all([
      inTime(this.#store.isCurrent()),
      inTime(this.#queue.depth()),
    ]);
    const found: readonly (readonly [Hindrance, boolean])[] = [
      ['stopping', this.#isStopping],
      ['database', isCurrent === null],
      ['schema', isCurrent === false],
      ['queue', depth === null],
      ['hubspot', this.#credentials.refusedBy('HubSpot')],
      ['salesforce', this.#credentials.refusedBy('Salesforce')],
    ];
    return found.filter(([, isTrue]) => isTrue).map(([name]) => name);
  }
}

/** Null for what fails or takes too long. */
async function inTime<Value>(answer: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer.catch(() => null), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

const BEAT_MS = 1_000;
/** A loop that was held up for so long within the last minute is as good as stuck. */
const STUCK_MS = 20_000;
const MINUTE_BEATS = 60;

/** How late a timer fires: what the event loop was held up by lately, milliseconds. */
export class EventLoopWatch {
  readonly #late: number[] = [];
  #expectedAt = performance.now() + BEAT_MS;
  readonly #timer = setInterval(() => {
    const now = performance.now();
    this.#late.push(Math.max(0, now - this.#expectedAt));
    if (this.#late.length > MINUTE_BEATS) this.#late.shift();
    this.#expectedAt = now + BEAT_MS;
  }, BEAT_MS).unref();

  worstMs(): number {
    return Math.round(Math.max(0, performance.now() - this.#expectedAt, ...this.#late));
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

export interface HealthOptions {
  readonly readiness: Readiness;
  readonly eventLoop: Pick<EventLoopWatch, 'worstMs'>;
  readonly registry: Registry;
  /** Who may read the metrics from elsewhere; null: only whoever asks from this machine, without a proxy. */
  readonly metricsToken: string | null;
}

export function healthRouter({
  readiness,
  eventLoop,
  registry,
  metricsToken,
}: HealthOptions): Router {
  const router = Router();
  router.get('/healthz', (_, response) => {
    const eventLoopLateMs = eventLoop.worstMs();
    const ok = eventLoopLateMs < STUCK_MS;
    response.status(ok ? 200 : 503).json({ ok, eventLoopLateMs });
  });
  router.get('/readyz', async (_, response) => {
    const notReady = await readiness.hindrances();
    response
      .status(notReady.length === 0 ? 200 : 503)
      .json({ ready: notReady.length === 0, notReady });
  });
  router.get('/metrics', async (request, response) => {
    if (!mayReadMetrics(request, metricsToken)) {
      response.status(401).set('www-authenticate', 'Bearer').json({ message: 'not allowed' });
      return;
    }
    response.set('content-type', registry.contentType).send(await registry.metrics());
  });
  return router;
}

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

function mayReadMetrics(request: Request, token: string | null): boolean {
  if (token !== null) {
    const given = Buffer.from(request.get('authorization') ?? '');
    const expected = Buffer.from(`Bearer ${token}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
  // A proxy on this machine passes on what strangers ask.
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'via'].some(
    (name) => request.get(name) !== undefined,
  );
  return LOOPBACK.test(request.socket.remoteAddress ?? '') && !isPassedOn;
}
