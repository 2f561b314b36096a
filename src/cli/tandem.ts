// Puts the parts together for one process: store, CRMs, pipeline, live sync, service and preview; and takes
// them apart again in the right order.
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import {
  realConfiguration,
  wantsSandbox,
  type Environment,
  type RealConfiguration,
} from '../api/environment.ts';
import { servicesFor, type ApiServices } from '../api/services.ts';
import { inClass } from '../budget/call-class.ts';
import { CADENCE, type Cadence } from '../jobs/cadence.ts';
import { jobHandlers } from '../jobs/handlers.ts';
import { openPgBossQueue } from '../jobs/pg-boss-queue.ts';
import type { Run, RunCounts } from '../store/port.ts';
import { fullSync, unfinishedRuns } from '../sync/full-sync.ts';
import { LiveSync } from '../sync/live.ts';
import { prepareHubSpot } from '../sync/workspace.ts';
import type { StartArguments } from './arguments.ts';
import { liveLine } from './live-line.ts';
import { progressTo } from './progress.ts';
import { reportOf, reportText } from './report.ts';
import { startSandboxParts, type SandboxParts } from './sandbox-parts.ts';

/** The stand-ins are free to ask. */
const SECOND: Cadence = { busyMs: 1_000, idleMs: 1_000 };
const SANDBOX_CADENCE = { salesforce: SECOND, hubspot: SECOND, joined: SECOND, due: SECOND };

type Stop = () => Promise<void>;

export async function startTandem(
  options: StartArguments,
  environment: Environment,
): Promise<number> {
  const say = (text: string): void => {
    (options.json ? process.stderr : process.stdout).write(`${text}\n`);
  };
  const stops: Stop[] = [];
  const interrupted = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        say('\nStopping: finishing the batch at hand…');
        interrupted.abort();
        resolve();
      });
    }
  });
  try {
    const parts = await assemble(options, environment, say, stops);
    const { services, live } = parts;
    const { store } = services.pipeline.ports;
    const left = options.once
      ? (['import', 'push'] as const)
      : await unfinishedRuns(services.pipeline);
    if (left.length === 0)
      say('The first sync was finished before; going on with what has changed since.');
    const progress = progressTo(options.json ? process.stderr : process.stdout);
    const { signal } = interrupted;
    const runs = await inClass('runs', () =>
      fullSync(services.pipeline, live, left, { onProgress: progress.show, signal }),
    );
    progress.end();
    const report = await reportOf(store, countsOf(runs), parts.calls());
    if (options.once) {
      process.stdout.write(
        options.json ? `${JSON.stringify(report)}\n` : `\n${reportText(report)}\n`,
      );
      return interrupted.signal.aborted ? 1 : 0;
    }
    if (!interrupted.signal.aborted) {
      process.stdout.write(
        options.json ? `${JSON.stringify(report)}\n` : `\n${reportText(report)}\n`,
      );
      await parts.work();
      say(`\nSyncing live. Preview: ${parts.url}\nPress Ctrl-C to stop.`);
      await stopped;
    }
    return 0;
  } finally {
    for (const stop of stops.reverse()) await stop();
    if (interrupted.signal.aborted) say('Stopped. Start again to go on where it was.');
  }
}

interface Parts {
  readonly services: ApiServices;
  readonly live: LiveSync;
  readonly url: string;
  /** Syncs live from now on. */
  work(): Promise<void>;
  calls(): { hubspot: number; salesforce: number } | null;
}

async function assemble(
  options: StartArguments,
  environment: Environment,
  say: (text: string) => void,
  stops: Stop[],
): Promise<Parts> {
  const sandboxed = wantsSandbox(environment);
  // Everything wrong with the configuration is said before anything is started.
  const real = sandboxed ? null : realConfiguration(environment);
  const server = options.once ? null : await listening(options.port, stops);
  const url = server ? `http://127.0.0.1:${(server.address() as AddressInfo).port}` : '';

  const parts: SandboxParts | null = sandboxed
    ? await startSandboxParts(options.folder, environment, url, stops)
    : null;
  const configuration: RealConfiguration | null = parts?.configuration ?? real;
  if (configuration === null) throw new Error('neither a sandbox nor real CRMs');
  say(
    sandboxed
      ? 'Two stand-in CRMs with sample people are running; nothing leaves this machine.'
      : 'Connected to your HubSpot portal and Salesforce org.',
  );

  const services = await servicesFor(configuration, { maxConnections: 8 });
  stops.push(() => services.close());
  const { pipeline } = services;
  await claimInstallation(services);
  await prepareHubSpot(pipeline.ports);

  const live = new LiveSync(pipeline, {
    onBatch: (report) => {
      for (const pair of report.pairs) {
        const line = liveLine(pair);
        if (line !== null && !options.once) say(line);
      }
    },
  });
  const onError = (error: unknown): void => {
    say(`Will try again: ${error instanceof Error ? error.message : String(error)}`);
  };
  let work = (): Promise<void> => Promise.resolve();
  if (server) {
    const queue = await openPgBossQueue({ connectionString: configuration.databaseUrl, onError });
    stops.push(() => queue.stop());
    work = () => {
      const cadence = sandboxed ? SANDBOX_CADENCE : CADENCE;
      return queue.work(jobHandlers(pipeline, live, { cadence, onError }));
    };
    const { serviceWith } = await import('./service-parts.ts');
    server.on(
      'request',
      await serviceWith({ services, queue, sandbox: parts, configuration, environment, stops }),
    );
  }
  return {
    services,
    live,
    url,
    work,
    calls: () =>
      parts && {
        hubspot: parts.sandbox.hubspot.calls.total,
        salesforce: parts.sandbox.salesforce.calls.total,
      },
  };
}

/** One database belongs to one portal and one org: mixing two would pair strangers. */
async function claimInstallation({ pipeline: { ports } }: ApiServices): Promise<void> {
  const [{ portalId }, { organizationId }] = await Promise.all([
    ports.hubspot.schema.account(),
    ports.salesforce.schema.organization(),
  ]);
  const known = await ports.store.installation({ portalId, organizationId });
  if (known.portalId !== portalId || known.organizationId !== organizationId) {
    throw new Error(
      `This database belongs to HubSpot portal ${known.portalId} and Salesforce org ${known.organizationId}, but the credentials are for portal ${portalId} and org ${organizationId}. Use another database (DATABASE_URL or --folder).`,
    );
  }
}

/** The wished-for port, or a free one where it is taken. */
async function listening(port: number, stops: Stop[]): Promise<Server> {
  const server = createServer();
  const listen = (wanted: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(port).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return listen(0);
    throw error;
  });
  stops.push(
    () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  );
  return server;
}

function countsOf(runs: readonly Run[]): Partial<Record<Run['kind'], RunCounts>> {
  return Object.fromEntries(runs.map(({ kind, counts }) => [kind, counts]));
}
