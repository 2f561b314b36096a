// What the overview shows, from the database alone: it is looked at most when a CRM doesn't answer.
import type { CrmUsage } from '../budget/budget.ts';
import type { Crm } from '../engine/failures.ts';
import type { LinkState } from '../engine/link.ts';
import { workersAtWork, worstLag } from '../metrics/worker-health.ts';
import type { LinkSummaryRow } from '../store/port.ts';
import type { CallAnswer } from './contract.ts';
import type { ApiUse } from './overview-contract.ts';
import { categoriesOf } from './problem-calls.ts';
import { runView } from './run-view.ts';
import type { ApiServices } from './services.ts';

const RUNS_SHOWN = 5;

export async function overview({
  pipeline,
  budget,
}: Pick<ApiServices, 'pipeline' | 'budget'>): Promise<CallAnswer<'get-overview'>> {
  const { store, now } = pipeline.ports;
  const [workers, rows, usage, runs, begunAt] = await Promise.all([
    workersAtWork(store.health, now()),
    store.links.summary(),
    budget.usage(),
    store.runs.list(RUNS_SHOWN),
    pipeline.firstSync.begunAt(),
  ]);
  const [newest] = [...workers.values()].sort((one, other) => other.at - one.at);
  return {
    workers: workers.size,
    isWaitingForFirstSync: begunAt === null,
    lag: worstLag(workers.values()),
    queue: newest?.queue ?? null,
    records: recordsByState(rows),
    problems: categoriesOf(rows, ['problem', 'waiting']).map(({ category, label, count }) => ({
      category,
      label,
      count,
    })),
    api: [apiUse('HubSpot', usage.HubSpot), apiUse('Salesforce', usage.Salesforce)],
    runs: runs.map((run) => runView(run)),
  };
}

function recordsByState(rows: readonly LinkSummaryRow[]): Record<LinkState, number> {
  const countOf = (state: LinkState): number =>
    rows.reduce((sum, row) => (row.state === state ? sum + row.count : sum), 0);
  return {
    inSync: countOf('inSync'),
    waiting: countOf('waiting'),
    problem: countOf('problem'),
    skipped: countOf('skipped'),
  };
}

function apiUse(crm: Crm, { forecast, told, hours, pausedUntil }: CrmUsage): ApiUse {
  const { used, limit, callsPerHour, reachedAt } = forecast;
  return {
    crm,
    used,
    limit,
    callsPerHour,
    reachedAt,
    pausedUntil,
    // What the CRM told may be some minutes old; Tandem has called since.
    everybody: told && { used: Math.max(told.used, used), limit: told.limit },
    hours: hours.map(({ start, calls }) => ({ at: new Date(start).toISOString(), calls })),
  };
}
