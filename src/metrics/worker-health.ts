// What a process at work says of itself in the database every few seconds, so that others (HubSpot's
// functions, which hold no connection to it) can tell who works and how far behind live sync is. A row that
// is older than a minute says nothing any more.
import { z } from 'zod';
import type { HealthStore } from '../store/port.ts';
import type { Direction, Lag, Percentiles } from './lag.ts';

const percentilesSchema = z.object({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  samples: z.number(),
});
const workerHealthSchema = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  role: z.enum(['service', 'worker']),
  version: z.string(),
  lag: z.object({
    hubspotToSalesforce: percentilesSchema,
    salesforceToHubSpot: percentilesSchema,
  }),
  /** Over all workers; null when it could not be asked. */
  queue: z.object({ waiting: z.number(), active: z.number() }).nullable(),
  /** How this process hears Salesforce's change events; an older one doesn't say. */
  events: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.enum(['off', 'connecting', 'connected']) }),
      z.object({ kind: z.literal('refused'), why: z.string() }),
    ])
    .optional(),
});
export type WorkerHealth = z.infer<typeof workerHealthSchema>;

const EVERY_MS = 15_000;
const LIFE_MS = 60_000;
/** What a process that was killed left behind. */
const FORGOTTEN_MS = 60 * 60_000;

/** Who is at work, by worker id. */
export async function workersAtWork(
  health: HealthStore,
  now: number,
): Promise<ReadonlyMap<string, WorkerHealth>> {
  const rows = await health.all();
  return new Map(
    rows.flatMap(({ worker, value }): [string, WorkerHealth][] => {
      const known = workerHealthSchema.safeParse(value);
      return known.success && now - known.data.at <= LIFE_MS ? [[worker, known.data]] : [];
    }),
  );
}

/** The lag of all of them together: percentiles can't be added up, so the worst that any has. */
export function worstLag(workers: Iterable<WorkerHealth>): Lag {
  const all = [...workers];
  const of = (direction: Direction): Percentiles => {
    const each = all.map(({ lag }) => lag[direction]);
    const worst = (values: readonly (number | null)[]): number | null => {
      const known = values.filter((value) => value !== null);
      return known.length === 0 ? null : Math.max(...known);
    };
    return {
      p50: worst(each.map(({ p50 }) => p50)),
      p95: worst(each.map(({ p95 }) => p95)),
      samples: each.reduce((sum, { samples }) => sum + samples, 0),
    };
  };
  return {
    hubspotToSalesforce: of('hubspotToSalesforce'),
    salesforceToHubSpot: of('salesforceToHubSpot'),
  };
}

export interface HealthReport {
  readonly health: HealthStore;
  readonly worker: string;
  readonly now: () => number;
  readonly read: () => Promise<Omit<WorkerHealth, 'at'>>;
}

/** Keeps this process's row fresh until it is stopped, which removes the row. */
export function reportHealth({ health, worker, now, read }: HealthReport): () => Promise<void> {
  const beat = async (): Promise<void> => {
    try {
      await health.set(worker, { at: now(), ...(await read()) } satisfies WorkerHealth);
      for (const { worker: other, value } of await health.all()) {
        const at = z.object({ at: z.number() }).safeParse(value);
        if (at.success && now() - at.data.at > FORGOTTEN_MS) await health.remove(other);
      }
    } catch {
      // A database that is out of reach is told of by /readyz; the row comes back with it.
    }
  };
  let last = beat();
  const timer = setInterval(() => {
    last = last.then(beat);
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await last;
    await health.remove(worker).catch(() => undefined);
  };
}
