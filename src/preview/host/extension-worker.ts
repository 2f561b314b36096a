// One running extension, seen from the page: starts the worker, answers what it asks through the given host calls,
// and collects the tree it renders in a receiver. Ending it ends the worker; nothing of it is used again.
import { createRemoteReceiver } from '@remote-ui/core';
import type { RemoteReceiver } from '@remote-ui/core';
import { createEndpoint } from '@remote-ui/rpc';
import type { ExtensionContext, HostCalls, WorkerCalls } from './worker-protocol.ts';

export interface RunningExtension {
  readonly receiver: RemoteReceiver;
  stop(): void;
}

export interface ExtensionStart {
  readonly bundleUrl: string;
  readonly context: ExtensionContext;
  readonly hostCalls: Omit<HostCalls, 'crashed'>;
  /** The extension threw outside of any call, or never came up; what is on the screen is its last state. */
  readonly onCrash: (message: string) => void;
}

/** Starts an extension's bundle in a worker of its own. */
export function startExtension({
  bundleUrl,
  context,
  hostCalls,
  onCrash,
}: ExtensionStart): RunningExtension {
  const worker = new Worker('/preview/host/worker.js');
  const receiver = createRemoteReceiver();
  const endpoint = createEndpoint<WorkerCalls>(worker, { callable: ['start'] });
  endpoint.expose({ ...hostCalls, crashed: onCrash });
  worker.addEventListener('error', (event) => {
    onCrash(event.message);
  });
  endpoint.call.start(bundleUrl, context, receiver.receive).catch((error: unknown) => {
    onCrash(error instanceof Error ? error.message : String(error));
  });
  return {
    receiver,
    stop() {
      worker.terminate();
    },
  };
}
