// Salesforce's change events for a process that works; gRPC is loaded once somebody switches them on.
import type { RealConfiguration } from '../api/environment.ts';
import { ChangeIntake, type IntakeState } from '../jobs/change-intake.ts';
import type { JobQueue } from '../jobs/port.ts';
import type { LiveSync } from '../sync/live.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Voice } from './voice.ts';

export function changeIntake(
  { salesforce, pubSubEndpoint }: RealConfiguration,
  { ports }: Pipeline,
  queue: JobQueue,
  live: LiveSync,
  voice: Pick<Voice, 'troubled' | 'changeEvents'>,
  onState: (state: IntakeState) => void = () => undefined,
): ChangeIntake {
  return new ChangeIntake({
    store: ports.store,
    queue,
    open: async () => {
      const { createChangeEvents } = await import('../salesforce/change-events/pubsub.ts');
      return createChangeEvents(
        salesforce,
        pubSubEndpoint === undefined ? {} : { endpoint: pubSubEndpoint },
      );
    },
    look: () => live.look('salesforce'),
    onError: voice.troubled,
    onState: (state) => {
      onState(state);
      voice.changeEvents(state);
    },
  });
}
