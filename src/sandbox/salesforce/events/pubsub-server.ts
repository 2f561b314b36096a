// The Pub/Sub API over gRPC on loopback, without TLS: GetTopic, GetSchema and Subscribe with its flow control,
// replay presets and keepalives. Refusals carry the status, the words and the `error-code` trailer of the real
// one (Pub/Sub API guide, “Handle Errors”). The proto file is the one that the public client brings along.
//
// Not built: publishing, managed subscriptions.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  Server,
  ServerCredentials,
  type Metadata,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { EventBus } from './event-bus.ts';
import { refusal, REFUSALS, type Refusal } from './refusals.ts';
import { Subscription, type FetchRequest, type FetchResponse } from './subscription.ts';

export interface PubSubOptions {
  /** Longest silence of a stream on which something is asked for; 270 seconds. */
  readonly keepaliveMs?: number;
}

/** What of the org the API needs. */
export interface EventfulOrg {
  readonly events: EventBus;
  readonly organizationId: string;
  isValidSession(accessToken: string): boolean;
}

export interface RunningPubSub {
  /** Host and port, as the client wants it. */
  readonly endpoint: string;
  /** Streams that are open. */
  readonly streams: number;
  /** Streams that were ever opened. */
  readonly subscribed: number;
  /** Events that were ever sent: what Salesforce counts against the org's daily deliveries. */
  readonly delivered: number;
  /** Every call from now on is refused so; null: as usual. */
  refuse(refusal: Refusal | null): void;
  /** Breaks every stream, as an instance that is taken out of service does. */
  dropStreams(why?: Refusal): void;
  close(): Promise<void>;
}

/** The client's exports don't name the file, but it lies beside its `dist` folder. */
const PROTO = join(
  dirname(createRequire(import.meta.url).resolve('salesforce-pubsub-api-client')),
  '../pubsub_api.proto',
);
const KEEPALIVE_MS = 270_000;

interface TopicRequest {
  readonly topicName?: string;
}
interface SchemaRequest {
  readonly schemaId?: string;
}

export async function servePubSub(
  org: EventfulOrg,
  { keepaliveMs = KEEPALIVE_MS }: PubSubOptions = {},
): Promise<RunningPubSub> {
  const { events: bus, organizationId } = org;
  const subscriptions = new Set<Subscription>();
  let refused: Refusal | null = null;
  let subscribed = 0;
  let delivered = 0;

  const refusalFor = (metadata: Metadata): Refusal | null => {
    const value = (name: string): string => String(metadata.get(name)[0] ?? '');
    const tenant = value('tenantid');
    const isOurs =
      org.isValidSession(value('accesstoken')) &&
      value('instanceurl') !== '' &&
      (tenant === organizationId || tenant === organizationId.slice(0, 15));
    return isOurs ? refused : REFUSALS.auth;
  };
  const topicRefusal = (topic: string): Refusal => REFUSALS.unknownTopic(organizationId, topic);

  const service = {
    GetTopic(call: ServerUnaryCall<TopicRequest, object>, answer: sendUnaryData<object>): void {
      const topicName = call.request.topicName ?? '';
      const objects = bus.objectsOf(topicName);
      const why = refusalFor(call.metadata) ?? (objects === null ? topicRefusal(topicName) : null);
      if (why !== null) {
        answer(refusal(why));
        return;
      }
      const single = objects?.length === 1 ? objects[0] : undefined;
      answer(null, {
        topicName,
        tenantGuid: organizationId,
        canPublish: false,
        canSubscribe: true,
        schemaId: single === undefined ? '' : bus.schemaFor(single).id,
        rpcId: randomUUID(),
      });
    },
    GetSchema(call: ServerUnaryCall<SchemaRequest, object>, answer: sendUnaryData<object>): void {
      const why = refusalFor(call.metadata);
      const schema = bus.schema(call.request.schemaId ?? '');
      if (why !== null || schema === null) answer(refusal(why ?? REFUSALS.unknownSchema));
      else answer(null, { schemaJson: schema.json, schemaId: schema.id, rpcId: randomUUID() });
    },
    Subscribe(call: ServerDuplexStream<FetchRequest, FetchResponse>): void {
      const why = refusalFor(call.metadata);
      if (why !== null) {
        call.emit('error', refusal(why));
        return;
      }
      subscribed += 1;
      const subscription = new Subscription({
        call,
        bus,
        keepaliveMs,
        topicRefusal,
        onSent: (count) => (delivered += count),
      });
      subscriptions.add(subscription);
      subscription.onEnd(() => subscriptions.delete(subscription));
    },
  };

  const server = new Server();
  server.addService(pubSubService(), service);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    endpoint: `127.0.0.1:${port}`,
    get streams() {
      return subscriptions.size;
    },
    get subscribed() {
      return subscribed;
    },
    get delivered() {
      return delivered;
    },
    refuse(why) {
      refused = why;
    },
    dropStreams(why = REFUSALS.unavailable) {
      for (const subscription of subscriptions) subscription.end(why);
    },
    close() {
      for (const subscription of subscriptions) subscription.end(REFUSALS.unavailable);
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}

function pubSubService(): ServiceDefinition {
  const definition = loadSync(PROTO)['eventbus.v1.PubSub'];
  if (definition === undefined || 'format' in definition)
    throw new Error('the proto file of the Pub/Sub API has no service PubSub');
  return definition;
}
