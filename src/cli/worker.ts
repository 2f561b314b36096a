// `npm start -- --worker`: only the queue and the looks, against real CRMs and the database that a service
// uses too. Any number may run beside it; each answers health checks and metrics on a port of its own.
import express from 'express';
import { realConfiguration, type Environment } from '../api/environment.ts';
import { CADENCE } from '../jobs/cadence.ts';
import { jobHandlers } from '../jobs/handlers.ts';
import { openPgBossQueue } from '../jobs/pg-boss-queue.ts';
import { requestFailed } from '../logs/requests.ts';
import { prepareFeeds } from '../sync/full-sync.ts';
import { LiveSync } from '../sync/live.ts';
import type { StartArguments } from './arguments.ts';
import { changeIntake } from './change-intake.ts';
import { connect } from './connect.ts';
import { listening } from './listening.ts';
import { identityOf, Operations } from './operations.ts';
import { stopOnSignals } from './stopping.ts';
import { voiceFor } from './voice.ts';

export async function startWorker(
  options: StartArguments,
  environment: Environment,
): Promise<number> {
  const identity = identityOf('worker');
  const voice = voiceFor(environment, { ...options, isTrial: false, identity });
  const configuration = realConfiguration(environment);
  const stops: (() => Promise<void>)[] = [];
  let notReady = (): void => undefined;
  const stopping = stopOnSignals(() => {
    notReady();
    voice.stopping();
  });
  try {
    const listener = await listening(options.port, options.host);
    stops.push(() => listener.close());
    const operations = new Operations(identity, environment);
    const { onCall } = operations;
    const { pipeline } = await connect(configuration, { onCall }, stops);
    const queue = await openPgBossQueue({
      connectionString: configuration.databaseUrl,
      onError: voice.troubled,
    });
    const told = operations.start(pipeline, queue);
    notReady = told.stopping;
    stops.push(
      () => told.stop(),
      () => queue.stop(),
    );
    listener.server.on('request', express().use(told.router, requestFailed(voice.log)));

    const live = new LiveSync(pipeline, {
      onBatch: voice.changed,
      onStumble: (key, error) => {
        operations.metrics.onStumble();
        voice.stumbled(key, error);
      },
    });
    await prepareFeeds(pipeline, live);
    if (!stopping.signal.aborted) {
      const intake = changeIntake(configuration, pipeline, queue, live, voice);
      stops.push(() => intake.stop());
      intake.start();
      await queue.work(
        jobHandlers(pipeline, live, queue, {
          cadence: CADENCE,
          hearsChanges: () => intake.state.kind === 'connected',
          onError: (error) => {
            operations.handlers.onError(error);
            voice.troubled(error);
          },
          onLook: operations.handlers.onLook,
        }),
      );
      voice.live(`Health: http://${options.host}:${listener.port}/readyz`, listener.port);
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
