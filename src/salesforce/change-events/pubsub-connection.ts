// One connection to the Pub/Sub API over gRPC. The public client, salesforce-pubsub-api-client 5.5.2, lends its
// proto file and no more: closing it leaves its streams open (Salesforce goes on counting deliveries) without an
// error listener, so that the next thing Salesforce says on one ends the process; it doesn't connect again, takes
// replay ids for numbers, lets answers overtake each other while a schema loads, and can't do without TLS.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  Client,
  credentials,
  Metadata,
  type ClientDuplexStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import { z } from 'zod';
import type { Session } from '../credentials.ts';

const PROTO = join(
  dirname(createRequire(import.meta.url).resolve('salesforce-pubsub-api-client')),
  '../pubsub_api.proto',
);

const bytes = z.instanceof(Buffer);
const topicSchema = z.object({ canSubscribe: z.boolean() });
const schemaInfoSchema = z.object({ schemaJson: z.string() });
const fetchResponseSchema = z.object({
  events: z.array(
    z.object({ event: z.object({ schemaId: z.string(), payload: bytes }), replayId: bytes }),
  ),
  latestReplayId: bytes,
});

export type FetchResponse = z.infer<typeof fetchResponseSchema>;

export interface FetchRequest {
  readonly topicName: string;
  readonly numRequested: number;
  /** Absent: from now on. */
  readonly replayId?: Buffer;
}

/** What of the API is used. Every failure is a `ServiceError` of gRPC's. */
export interface PubSubConnection {
  canSubscribe(topicName: string): Promise<boolean>;
  /** Avro, as JSON. */
  schema(schemaId: string): Promise<string>;
  /** `signal` ends the stream with the status CANCELLED. */
  subscribe(request: FetchRequest, signal: AbortSignal): PubSubStream;
  close(): void;
}

export interface PubSubStream {
  readonly answers: AsyncIterable<FetchResponse>;
  request(count: number): void;
  end(): void;
}

const UNARY_TIMEOUT_MS = 30_000;
/** An event may have a megabyte. */
const LARGEST_ANSWER = 32 * 1024 * 1024;
const REPLAY_CUSTOM = 2;

const isLoopback = (endpoint: string): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\]):/.test(endpoint);

export function connectPubSub(endpoint: string, session: Session): PubSubConnection {
  const local = isLoopback(endpoint);
  const client = new Client(
    endpoint,
    // Only a stand-in is spoken to in the clear.
    local ? credentials.createInsecure() : credentials.createSsl(),
    {
      'grpc.max_receive_message_length': LARGEST_ANSWER,
      'grpc.use_local_subchannel_pool': 1,
      ...(local ? { 'grpc.enable_http_proxy': 0 } : {}),
    },
  );
  const metadata = new Metadata();
  metadata.set('accesstoken', session.accessToken);
  metadata.set('instanceurl', session.instanceUrl);
  metadata.set('tenantid', session.organizationId);
  const methods = methodsOf();

  const unary = (method: MethodDefinition<object, object>, argument: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        argument,
        metadata,
        { deadline: Date.now() + UNARY_TIMEOUT_MS },
        (error: ServiceError | null, answer?: object) => {
          if (error) reject(error);
          else resolve(answer);
        },
      );
    });

  return {
    canSubscribe: async (topicName) =>
      topicSchema.parse(await unary(methods.topic, { topicName })).canSubscribe,
    schema: async (schemaId) =>
      schemaInfoSchema.parse(await unary(methods.schema, { schemaId })).schemaJson,
    subscribe(request, signal) {
      const { path, requestSerialize, responseDeserialize } = methods.subscribe;
      const call = client.makeBidiStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        metadata,
      );
      // Whoever reads the answers gets the error; after that nobody listens any more.
      call.on('error', () => undefined);
      const cancel = (): void => {
        call.cancel();
      };
      if (signal.aborted) cancel();
      else signal.addEventListener('abort', cancel, { once: true });
      const { topicName, numRequested, replayId } = request;
      call.write({
        topicName,
        numRequested,
        ...(replayId === undefined ? {} : { replayPreset: REPLAY_CUSTOM, replayId }),
      });
      return {
        answers: parsed(call),
        request: (count) => {
          call.write({ topicName, numRequested: count });
        },
        end: () => {
          signal.removeEventListener('abort', cancel);
          call.cancel();
        },
      };
    },
    close: () => {
      client.close();
    },
  };
}

async function* parsed(
  call: ClientDuplexStream<object, object>,
): AsyncGenerator<FetchResponse, void, undefined> {
  for await (const answer of call) yield fetchResponseSchema.parse(answer);
}

function methodsOf(): Record<'topic' | 'schema' | 'subscribe', MethodDefinition<object, object>> {
  const service = loadSync(PROTO, { defaults: true })['eventbus.v1.PubSub'];
  if (service === undefined || 'format' in service)
    throw new Error('the proto file of the Pub/Sub API has no service PubSub');
  const method = (name: string): MethodDefinition<object, object> => {
    const found = service[name];
    if (found === undefined) throw new Error(`the Pub/Sub API has no method ${name}`);
    return found;
  };
  return { topic: method('GetTopic'), schema: method('GetSchema'), subscribe: method('Subscribe') };
}
