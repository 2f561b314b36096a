// Puts the parts together for one process: store, CRMs, pipeline, live sync, service and preview; and takes
// them apart again in the right order.
import {
  realConfiguration,
  wantsSandbox,
  type Environment,
  type RealConfiguration,
} from '../api/environment.ts';
import type { ApiServices } from '../api/services.ts';
import { inClass } from '../budget/call-class.ts';
import { CADENCE, type Cadence } from '../jobs/cadence.ts';
import type { Run } from '../store/runs-port.ts';
import { FIRST_RUNS, fullSync, interruptedRuns, unfinishedRuns } from '../sync/full-sync.ts';
import type { LiveSync } from '../sync/live.ts';
import type { StartArguments } from './arguments.ts';
import { connect } from './connect.ts';
import { followRun } from './follow-run.ts';
import { listening } from './listening.ts';
import { identityOf, Operations } from './operations.ts';
import { reportOf, reportText, type Report } from './report.ts';
import { startSandboxParts, type SandboxParts } from './sandbox-parts.ts';
import { stopOnSignals } from './stopping.ts';
import { voiceFor, type Voice } from './voice.ts';
import { liveSync, openWork } from './work-parts.ts';

/** The stand-ins are free to ask. */
const SECOND: Cadence = { busyMs: 1_000, idleMs: 1_000 };
const SANDBOX_CADENCE = {
  salesforce: SECOND,
  hubspot: SECOND,
  joined: SECOND,
  due: SECOND,
  runs: SECOND,
};

type Stop = () => Promise<void>;

export async function startTandem(
  options: StartArguments,
  environment: Environment,
): Promise<number> {
  const identity = identityOf('service');
  const voice = voiceFor(environment, {
    ...options,
    isTrial: options.once || wantsSandbox(environment),
    identity,
  });
  const stops: Stop[] = [];
  let notReady = (): void => undefined;
  const stopping = stopOnSignals(() => {
    notReady();
    voice.stopping();
  });
  try {
    const operations = new Operations(identity, environment);
    const parts = await assemble(options, environment, voice, operations, stops);
    notReady = parts.stopping;
    const { live } = parts;
    const { pipeline } = parts.services;
    const { store } = pipeline.ports;
    const { signal } = stopping;
    const report = async (runs: readonly Run[]): Promise<void> => {
      voice.progressEnded();
      tell(await reportOf(store, countsOf(runs), parts.calls()), options);
    };
    const following = { onProgress: voice.progress, signal };
    if (options.once) {
      await report(await inClass('runs', () => fullSync(pipeline, live, FIRST_RUNS, following)));
      return signal.aborted ? 1 : 0;
    }
    // The stand-ins are there to be synced. Real people are written to once somebody has asked for it.
    if (parts.isSandboxed) await pipeline.firstSync.begin(new Date().toISOString());
    const isWaiting = (await pipeline.firstSync.begunAt()) === null;
    const left = await (parts.isSandboxed ? unfinishedRuns : interruptedRuns)(pipeline);
    if (left.length === 0 && !isWaiting) voice.resumed();
    await parts.work();
    const done: Run[] = [];
    for (const kind of left) {
      const run = await followRun(pipeline, kind, following);
      if (run) done.push(run);
    }
    if (!signal.aborted) {
      if (options.json || (voice.log === null && !isWaiting)) await report(done);
      (isWaiting ? voice.waiting : voice.live)(`Preview: ${parts.url}`, parts.port);
      await stopping.requested;
    }
    return 0;
  } catch (error) {
    return voice.failed(error);
  } finally {
    for (const stop of stops.reverse()) await stop();
    if (stopping.signal.aborted) voice.stopped();
  }
}

function tell(report: Report, { json }: StartArguments): void {
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `\n${reportText(report)}\n`);
}

interface Parts {
  readonly services: ApiServices;
  readonly live: LiveSync;
  readonly isSandboxed: boolean;
  readonly url: string;
  readonly port: number;
  /** Syncs live from now on. */
  work(): Promise<void>;
  /** Says to whoever asks that this process is about to end. */
  readonly stopping: () => void;
  calls(): { hubspot: number; salesforce: number } | null;
}

async function assemble(
  options: StartArguments,
  environment: Environment,
  voice: Voice,
  operations: Operations,
  stops: Stop[],
): Promise<Parts> {
  const sandboxed = wantsSandbox(environment);
  // Everything wrong with the configuration is said before anything is started.
  const real = sandboxed ? null : realConfiguration(environment);
  const listener = options.once ? null : await listening(options.port, options.host);
  if (listener) stops.push(() => listener.close());
  const url = listener ? `http://127.0.0.1:${listener.port}` : '';

  const parts: SandboxParts | null = sandboxed
    ? await startSandboxParts(options.folder, environment, url, stops)
    : null;
  const configuration: RealConfiguration | null = parts?.configuration ?? real;
  if (configuration === null) throw new Error('neither a sandbox nor real CRMs');
  voice.connected(sandboxed);

  const services = await connect(
    configuration,
    { onCall: operations.onCall, isAlone: sandboxed },
    stops,
  );
  const { pipeline } = services;
  const live = liveSync(pipeline, operations, voice);
  let work = (): Promise<void> => Promise.resolve();
  let stopping = (): void => undefined;
  if (listener) {
    const working = await openWork(configuration, pipeline, live, operations, voice, stops);
    const { queue, told } = working;
    stopping = told.stopping;
    work = () => working.work(sandboxed ? SANDBOX_CADENCE : CADENCE);
    const { serviceWith } = await import('./service-parts.ts');
    listener.server.on(
      'request',
      await serviceWith({
        services,
        queue,
        sandbox: parts,
        configuration,
        environment,
        stops,
        operations: { health: told.router, log: voice.log },
      }),
    );
  }
  return {
    services,
    live,
    isSandboxed: sandboxed,
    url,
    port: listener?.port ?? 0,
    work,
    stopping,
    calls: () =>
      parts && {
        hubspot: parts.sandbox.hubspot.calls.total,
        salesforce: parts.sandbox.salesforce.calls.total,
      },
  };
}

function countsOf(runs: readonly Run[]): Report['runs'] {
  return Object.fromEntries(runs.map(({ kind, counts }) => [kind, counts]));
}
