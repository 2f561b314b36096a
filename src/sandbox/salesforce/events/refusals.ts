// How the Pub/Sub API says no: gRPC status, words and the `error-code` trailer.
import { randomUUID } from 'node:crypto';
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

export interface Refusal {
  readonly code: status;
  readonly words: string;
  /** What follows `sfdc.platform.eventbus.grpc.` in the trailer; null: Salesforce documents none. */
  readonly errorCode: string | null;
}

export const REFUSALS = {
  auth: {
    code: status.UNAUTHENTICATED,
    words:
      'An authentication exception occurred. Provide valid authentication via metadata headers.',
    errorCode: 'service.auth.error',
  },
  unavailable: {
    code: status.UNAVAILABLE,
    words: 'The Pub/Sub API service is unavailable.',
    errorCode: 'service.unavailable',
  },
  replayId: {
    code: status.INVALID_ARGUMENT,
    words: 'The Replay ID validation failed. Ensure that the Replay ID is valid.',
    errorCode: 'subscription.fetch.replayid.corrupted',
  },
  noReplayId: {
    code: status.INVALID_ARGUMENT,
    words: 'The Replay ID validation failed. The Replay ID can’t be blank.',
    errorCode: 'subscription.fetch.replayid.validation.failed',
  },
  requestedEvents: {
    code: status.INVALID_ARGUMENT,
    words: 'The number of requested events must be greater than zero.',
    errorCode: 'subscription.fetch.requested.events.invalid',
  },
  deliveryLimit: {
    code: status.RESOURCE_EXHAUSTED,
    words: 'You have exceeded the event delivery limit for your org.',
    errorCode: 'subscription.limit.exceeded',
  },
  unknownSchema: {
    code: status.INVALID_ARGUMENT,
    words: "Schema validation failed. The schema ID can't be blank.",
    errorCode: null,
  },
  anotherTopic: {
    code: status.INVALID_ARGUMENT,
    words: 'The topic name must match the one of the first request.',
    errorCode: null,
  },
  idle: {
    code: status.UNAVAILABLE,
    words: 'No events were requested within 60 seconds.',
    errorCode: null,
  },
  /** What an object answers that isn't selected for Change Data Capture. */
  unknownTopic: (organizationId: string, topic: string): Refusal => ({
    code: status.NOT_FOUND,
    words: `The topic information for org CORE/prod/${organizationId} and topic ${topic} not found. Ensure the topic name is correct and that the topic exists.`,
    errorCode: null,
  }),
} as const satisfies Record<string, Refusal | ((organizationId: string, topic: string) => Refusal)>;

export function refusal({ code, words, errorCode }: Refusal): ServiceError {
  const rpcId = randomUUID();
  const details = `${words} rpcId: ${rpcId}`;
  const metadata = new Metadata();
  metadata.set('rpc-id', rpcId);
  if (errorCode !== null) metadata.set('error-code', `sfdc.platform.eventbus.grpc.${errorCode}`);
  return Object.assign(new Error(details), { code, details, metadata });
}
