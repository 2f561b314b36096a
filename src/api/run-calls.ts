// The calls about runs. A function only writes the row: workers look for open runs about every second.
import { explain, reason } from '../engine/reasons.ts';
import { workersAtWork } from '../metrics/worker-health.ts';
import type { RunControlled } from '../store/admin-calls.ts';
import type { Run } from '../store/runs-port.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import {
  controlRun,
  controlsOf,
  LEADS_TO,
  RUN_CONTROLS,
  startRun,
  type WithStore,
} from '../sync/runs/control.ts';
import { estimateOf } from '../sync/runs/estimate.ts';
import type { RunRequest } from '../sync/runs/request.ts';
import { walksOf } from '../sync/runs/walks.ts';
import type { CallAnswer, CONTRACT, RunView } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { runNotFound } from './run-not-found.ts';
import { runRecordView } from './run-record-view.ts';
import { checkedEverywhere } from './run-scope.ts';
import { runView } from './run-view.ts';
import type { ApiServices } from './services.ts';
import type { z } from 'zod';

type Parameters<Name extends keyof typeof CONTRACT> = z.output<
  (typeof CONTRACT)[Name]['parameters']
>;

const RECORDS_PER_PAGE = 50;

export async function startedRun(
  pipeline: Pipeline,
  { request, dry }: Parameters<'start-run'>,
  startedBy: string,
): Promise<RunView> {
  const checked = await checkedEverywhere(pipeline, request);
  return runView(await startRun(pipeline, checked, { dry, startedBy }));
}

/** By anybody: it does to each no more than *Sync now* does. */
export async function selectionSynced(
  pipeline: Pipeline,
  { contactIds }: Parameters<'sync-selected'>,
  startedBy: string | null,
): Promise<RunView> {
  const hubspotIds = [...new Set(contactIds)];
  if ((await pipeline.firstSync.begunAt()) === null) {
    const { sentence: message, fix } = explain(reason('NOT_BEGUN'));
    throw new ApiFailure({ code: 'NOT_BEGUN', message, fix, field: null });
  }
  const who = startedBy ?? 'somebody on the contacts page';
  return runView(
    await startRun(pipeline, { kind: 'records', scope: { hubspotIds } }, { startedBy: who }),
  );
}

export async function runEstimate(
  pipeline: Pipeline,
  request: RunRequest,
): Promise<CallAnswer<'estimate-run'>> {
  const checked = await checkedEverywhere(pipeline, request);
  const { settings } = await pipeline.ports.store.settings.current();
  const counts = await Promise.all(walksOf(checked).map((walk) => walk.count(pipeline)));
  const { listId, receivers, exclusionListId } = settings.inclusion;
  const receiversId = typeof receivers === 'object' ? receivers.listId : null;
  const lists = new Set([listId, receiversId, exclusionListId].filter((id) => id !== null));
  return estimateOf(checked, counts, {
    withCampaigns: settings.campaigns.sync,
    lists: lists.size,
  });
}

export async function runsView(
  { pipeline, trail }: Pick<ApiServices, 'pipeline' | 'trail'>,
  { limit }: Parameters<'get-runs'>,
): Promise<CallAnswer<'get-runs'>> {
  const { store, now } = pipeline.ports;
  const [runs, workers] = await Promise.all([
    store.runs.list(limit),
    workersAtWork(store.health, now()),
  ]);
  const [done, undos] = await Promise.all([
    trail.controlsOf(runs.filter(isStopped).map(({ id }) => id)),
    store.runs.undosOf(runs.map(({ id }) => id)),
  ]);
  return {
    runs: runs.map((run) => runView(run, controlledBy(run, done), undos.get(run.id))),
    workers: workers.size,
  };
}

const isStopped = ({ state }: Run): boolean => state === 'paused' || state === 'cancelled';

/** The command line leaves no name: another state than the last admin left it in is its doing. */
function controlledBy(run: Run, done: readonly RunControlled[]): RunView['controlled'] {
  const last = done.find(({ runId }) => runId === run.id);
  const control = RUN_CONTROLS.find((one) => one === last?.control);
  return last !== undefined && control !== undefined && LEADS_TO[control] === run.state
    ? { control, by: last.email, at: last.at }
    : null;
}

export async function controlledRun(
  pipeline: WithStore,
  { id, control }: Parameters<'control-run'>,
): Promise<RunView> {
  const run = await controlRun(pipeline, id, control);
  if (run !== null) return runView(run);
  const current = await pipeline.ports.store.runs.get(id);
  if (current === null) throw runNotFound(id);
  const allowed = controlsOf(current.state).join(' or ');
  throw new ApiFailure({
    code: 'RUN_NOT_IN_STATE',
    message: `Run ${id} is ${current.state}: there is nothing to ${control}.`,
    fix: allowed === '' ? 'Start a new run.' : `You may ${allowed} it.`,
    field: 'control',
  });
}

export const runRecords = (
  pipeline: Pipeline,
  { id, after }: Parameters<'get-run-records'>,
): Promise<CallAnswer<'get-run-records'>> => recordsOfRun(pipeline, id, after, RECORDS_PER_PAGE);

/** A page of what a run left out, or would do. */
export async function recordsOfRun(
  pipeline: Pipeline,
  id: string,
  after: string | null,
  limit: number,
): Promise<CallAnswer<'get-run-records'>> {
  const { store, salesforce } = pipeline.ports;
  const run = await store.runs.get(id);
  if (run === null) throw runNotFound(id);
  const page = await store.runs.records(id, after, limit);
  // A full page says that there may be more.
  const isLast =
    page.after === null || (await store.runs.records(id, page.after, 1)).records.length === 0;
  const hasLinks = page.records.some(({ salesforceId }) => Boolean(salesforceId));
  const instanceUrl = hasLinks ? (await salesforce.schema.organization()).instanceUrl : '';
  // Both schemas are read only where there are fields to name.
  const hasWrites = page.records.some(({ writes }) => writes.length > 0);
  const workspace = hasWrites ? await pipeline.workspaces.current() : null;
  return {
    records: page.records.map((record) => runRecordView(record, run, instanceUrl, workspace)),
    after: isLast ? null : page.after,
  };
}
