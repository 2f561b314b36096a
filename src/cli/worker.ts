// `npm start -- --worker`: only the queue and the looks, against real CRMs and the database that a service
// uses too. Any number may run beside it; each answers health checks and metrics on a port of its own.
import express from 'express';
import { realConfiguration, type Environment } from '../api/environment.ts';
import { CADENCE } from '../jobs/cadence.ts';
import { requestFailed } from '../logs/requests.ts';
import type { StartArguments } from './arguments.ts';
import { connect } from './connect.ts';
import { listening } from './listening.ts';
import { identityOf, Operations } from './operations.ts';
import { stopOnSignals } from './stopping.ts';
import { voiceFor } from './voice.ts';
import { liveSync, openWork } from './work-parts.ts';

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
    const live = liveSync(pipeline, operations, voice);
    const parts = await openWork(configuration, pipeline, live, operations, voice, stops);
    notReady = parts.told.stopping;
    listener.server.on('request', express().use(parts.told.router, requestFailed(voice.log)));
    if (!stopping.signal.aborted) {
      await parts.work(CADENCE);
      const where = `Health: http://${options.host}:${listener.port}/readyz`;
      const begunAt = await pipeline.firstSync.begunAt();
      if (begunAt === null) voice.waiting(where, listener.port);
      else voice.live(where, listener.port);
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
