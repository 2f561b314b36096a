// `npm start -- run …` and its siblings. They only write to and read from the database: service and workers on
// it do the work, and are missed aloud when there are none.
import type { Environment } from '../api/environment.ts';
import { ApiFailure } from '../api/failure.ts';
import { controlledRun } from '../api/run-calls.ts';
import { runNotFound } from '../api/run-not-found.ts';
import { checkedEverywhere, checkedHere } from '../api/run-scope.ts';
import { runView } from '../api/run-view.ts';
import { workersAtWork } from '../metrics/worker-health.ts';
import type { Run } from '../store/runs-port.ts';
import { startRun } from '../sync/runs/control.ts';
import { USAGE } from './arguments.ts';
import { followed } from './follow-run.ts';
import { progressTo } from './progress.ts';
import type { RunCommand } from './run-arguments.ts';
import { openRunDatabase, type RunDatabase } from './run-database.ts';
import { NOBODY_WORKS, recordFacts, recordText, runsText, runText } from './run-text.ts';
import { stopOnSignals } from './stopping.ts';

const MOST_RUNS = 20;
const RECORDS_SHOWN = 100;
/** A worker that was killed counts as being at work for a minute. */
const MISSED_MS = 10_000;
const STARTED_BY = 'the command line';

export async function runCommand(command: RunCommand, environment: Environment): Promise<number> {
  if (command.command === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  const database = await openRunDatabase(environment, command.folder);
  if (database === null) {
    process.stderr.write(
      `No Tandem runs on the folder ${command.folder}, and DATABASE_URL is not set.\nStart it with npm start -- --folder ${command.folder} and leave it running, or set DATABASE_URL to the database of your service.\n`,
    );
    return 2;
  }
  try {
    return await commanded(command, database);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const { message, fix } = error.error;
    if (command.json) print({ error: error.error });
    process.stderr.write(`${message}${fix === null ? '' : `\n${fix}`}\n`);
    return 2;
  } finally {
    await database.close();
  }
}

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const workers = async ({ store }: RunDatabase): Promise<number> =>
  (await workersAtWork(store.health, Date.now())).size;

async function commanded(command: RunCommand, database: RunDatabase): Promise<number> {
  const { json } = command;
  const { store } = database;
  switch (command.command) {
    case 'help':
      return 0;
    case 'runs': {
      if (command.id !== null) return oneRun(command.id, command.after, json, database);
      const runs = (await store.runs.list(MOST_RUNS)).map((run) => runView(run));
      const atWork = await workers(database);
      if (json) print({ runs, workers: atWork });
      else say(runsText(runs));
      const isMissed = runs.some(({ state }) => state === 'waiting' || state === 'running');
      if (atWork === 0 && isMissed) process.stderr.write(`${NOBODY_WORKS}\n`);
      return 0;
    }
    case 'control': {
      const run = await controlledRun({ ports: { store } }, command);
      const atWork = await workers(database);
      if (json) print({ run, workers: atWork });
      else say(runText(run));
      if (atWork === 0 && run.state === 'waiting') process.stderr.write(`${NOBODY_WORKS}\n`);
      return 0;
    }
    case 'run':
    case 'sync':
      return startAndFollow(command, database);
  }
}

async function oneRun(
  id: string,
  after: string | null,
  json: boolean,
  { store }: RunDatabase,
): Promise<number> {
  const run = await store.runs.get(id);
  if (run === null) throw runNotFound(id);
  const page = await store.runs.records(id, after, RECORDS_SHOWN);
  if (json) print({ run: runView(run), records: page.records.map(recordFacts), after: page.after });
  else {
    say([runText(runView(run)), ...page.records.map(recordText)].join('\n'));
    if (page.after !== null)
      say(`  … the next page: npm start -- runs ${id} --after ${page.after}`);
  }
  return 0;
}

async function startAndFollow(
  { request, dry, follow, json, command }: Extract<RunCommand, { command: 'run' | 'sync' }>,
  database: RunDatabase,
): Promise<number> {
  const { store, services } = database;
  const here = { ports: { store } };
  const checked = services
    ? await checkedEverywhere(services.pipeline, request)
    : await checkedHere(here, request);
  const started = await startRun(here, checked, { dry, startedBy: STARTED_BY });
  const atWork = await workers(database);
  if (atWork === 0 || !follow) {
    if (json) print({ run: runView(started), workers: atWork });
    else say(runText(runView(started)));
    if (atWork > 0) return 0;
    process.stderr.write(`${NOBODY_WORKS}\n`);
    return 1;
  }
  const ended = await untilItEnds(started, database, json);
  const run = ended ?? (await store.runs.get(started.id)) ?? started;
  const { records } = await store.runs.records(run.id, null, RECORDS_SHOWN);
  if (json)
    print({
      run: runView(run),
      workers: await workers(database),
      records: records.map(recordFacts),
    });
  else say([runText(runView(run)), ...records.map(recordText)].join('\n'));
  if (ended === null) {
    process.stderr.write(
      (await workers(database)) === 0
        ? `${NOBODY_WORKS}\n`
        : `The run goes on. npm start -- runs ${run.id} shows how it stands.\n`,
    );
    return 1;
  }
  return run.state === 'finished' && !(command === 'sync' && run.counts.failed > 0) ? 0 : 1;
}

/** Null when it was left before its end: Ctrl-C, or nobody works any more. */
async function untilItEnds(
  started: Run,
  database: RunDatabase,
  json: boolean,
): Promise<Run | null> {
  const progress = progressTo(json ? process.stderr : process.stdout);
  const nobodyWorks = new AbortController();
  const { signal } = stopOnSignals(() => undefined);
  const look = setInterval(() => {
    void workers(database).then((count) => {
      if (count === 0) nobodyWorks.abort();
    }, ignored);
  }, MISSED_MS);
  try {
    return await followed({ ports: database }, started, {
      onProgress: progress.show,
      signal: AbortSignal.any([signal, nobodyWorks.signal]),
    });
  } finally {
    clearInterval(look);
    progress.end();
  }
}

/** The look that follows the run says what is wrong with the database. */
const ignored = (): void => undefined;
