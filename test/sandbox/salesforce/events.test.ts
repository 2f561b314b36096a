// The stand-in's Pub/Sub API, asked over gRPC as any client would.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  Client,
  credentials,
  Metadata,
  status,
  type ClientDuplexStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import avro from 'avro-js/lib/schemas.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { servePubSub } from '../../../src/sandbox/salesforce/events/pubsub-server.ts';
import type { SalesforceStandInOptions } from '../../../src/sandbox/salesforce/stand-in.ts';
import { startSandbox } from './fixture.ts';

const ERROR_CODE = 'sfdc.platform.eventbus.grpc';
const proto = join(
  dirname(createRequire(import.meta.url).resolve('salesforce-pubsub-api-client')),
  '../pubsub_api.proto',
);
const service = loadSync(proto, { defaults: true })['eventbus.v1.PubSub'] as ServiceDefinition;

interface Header {
  readonly entityName: string;
  readonly recordIds: string[];
  readonly changeType: string;
  readonly changeOrigin: string;
  readonly transactionKey: string;
  readonly commitUser: string;
  readonly changedFields: string[];
  readonly nulledFields: string[];
}
type Payload = { readonly ChangeEventHeader: Header } & Readonly<Record<string, unknown>>;
interface Answer {
  readonly events: { event: { schemaId: string; payload: Buffer }; replayId: Buffer }[];
  readonly latestReplayId: Buffer;
  readonly pendingNumRequested: number;
}

async function start(
  options: Partial<SalesforceStandInOptions> = {},
  { keepaliveMs = 60_000 } = {},
) {
  const sandbox = await startSandbox(options);
  sandbox.standIn.events.select(['Lead', 'Contact']);
  const pubSub = await servePubSub(sandbox.standIn, { keepaliveMs });
  const client = new Client(pubSub.endpoint, credentials.createInsecure());
  onTestFinished(async () => {
    client.close();
    await pubSub.close();
    await sandbox.close();
  });
  const metadata = (changes: Record<string, string> = {}): Metadata => {
    const all = new Metadata();
    const values = {
      accesstoken: sandbox.connection.accessToken ?? '',
      instanceurl: sandbox.url,
      tenantid: sandbox.standIn.organizationId,
      ...changes,
    };
    for (const [name, value] of Object.entries(values)) all.set(name, value);
    return all;
  };
  const ask = (name: string, argument: object, meta = metadata()): Promise<object> => {
    const { path, requestSerialize, responseDeserialize } = service[name] as MethodDefinition<
      object,
      object
    >;
    return new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        argument,
        meta,
        (error: ServiceError | null, answer?: object) => {
          if (error) reject(error);
          else resolve(answer ?? {});
        },
      );
    });
  };
  const read = async ({ schemaId, payload }: { schemaId: string; payload: Buffer }) => {
    const { schemaJson } = (await ask('GetSchema', { schemaId })) as { schemaJson: string };
    const schema = JSON.parse(schemaJson) as { fields: { name: string }[] };
    const value = avro.createType(schema).fromBuffer(payload) as Payload;
    const named = ([bitmap]: string[]): string[] =>
      schema.fields.flatMap(({ name }, index) =>
        (BigInt(bitmap ?? 0) >> BigInt(index)) & 1n ? [name] : [],
      );
    const { ChangeEventHeader: header } = value;
    return {
      value,
      header,
      changed: named(header.changedFields),
      nulled: named(header.nulledFields),
    };
  };
  /** One Subscribe stream and everything it said. */
  const subscribe = (first: object, meta = metadata()) => {
    const { path, requestSerialize, responseDeserialize } = service.Subscribe as MethodDefinition<
      object,
      object
    >;
    const call: ClientDuplexStream<object, object> = client.makeBidiStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      meta,
    );
    const answers: Answer[] = [];
    const errors: ServiceError[] = [];
    call.on('data', (answer: Answer) => answers.push(answer));
    call.on('error', (error: ServiceError) => errors.push(error));
    call.write({ topicName: '/data/LeadChangeEvent', numRequested: 100, ...first });
    onTestFinished(() => {
      call.cancel();
    });
    const events = () => answers.flatMap((answer) => answer.events);
    const ids = async (): Promise<string[]> => {
      const headers = await Promise.all(
        events().map(async ({ event }) => (await read(event)).header),
      );
      return headers.flatMap(({ recordIds }) => recordIds);
    };
    return { call, answers, errors, events, ids };
  };
  const lead = (LastName: string): string =>
    sandbox.org.insert('Lead', { LastName, Company: 'Acme' });
  return { ...sandbox, pubSub, metadata, ask, read, subscribe, lead };
}

const EARLIEST = { replayPreset: 1 };
const until = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 15_000, interval: 10 });
const refusalOf = async (promise: Promise<unknown>): Promise<ServiceError> =>
  promise.then(
    () => {
      throw new Error('expected the call to be refused');
    },
    (error: unknown) => error as ServiceError,
  );
const codeOf = ({ metadata }: ServiceError): string => String(metadata.get('error-code')[0]);

describe('The Pub/Sub API', () => {
  it('wants a session of this org', async () => {
    const { ask, metadata, subscribe, standIn } = await start();
    const topicName = '/data/LeadChangeEvent';
    for (const wrong of [{ accesstoken: 'x' }, { tenantid: '00D000000000000' }]) {
      const error = await refusalOf(ask('GetTopic', { topicName }, metadata(wrong)));
      expect(error).toMatchObject({
        code: status.UNAUTHENTICATED,
        details: expect.stringMatching(
          /^An authentication exception occurred\. .* rpcId: /,
        ) as string,
      });
      expect(codeOf(error)).toBe(`${ERROR_CODE}.service.auth.error`);
    }
    standIn.expireSessions();
    const { errors } = subscribe({});
    await until(() => {
      expect(errors).toMatchObject([{ code: status.UNAUTHENTICATED }]);
    });
  });

  it('knows the topics of objects that are selected for Change Data Capture', async () => {
    const { ask, standIn, subscribe } = await start();
    expect(await ask('GetTopic', { topicName: '/data/ContactChangeEvent' })).toMatchObject({
      canSubscribe: true,
      schemaId: standIn.events.schemaFor('Contact').id,
    });
    standIn.events.select(['Lead']);
    const topicName = '/data/ContactChangeEvent';
    expect(await refusalOf(ask('GetTopic', { topicName }))).toMatchObject({
      code: status.NOT_FOUND,
      details: expect.stringContaining('Ensure the topic name is correct') as string,
    });
    const { errors } = subscribe({ topicName });
    await until(() => {
      expect(errors).toMatchObject([{ code: status.NOT_FOUND }]);
    });
  });

  it('tells what changed, and only that', async () => {
    const { org, lead, read, subscribe } = await start();
    const { events } = subscribe(EARLIEST);
    const id = lead('Ada');
    org.update('Lead', id, { Phone: '1', Company: 'Zuse' });
    org.update('Lead', id, { Phone: null });
    org.remove('Lead', id);
    org.undelete('Lead', id);
    await until(() => {
      expect(events()).toHaveLength(5);
    });
    const told = await Promise.all(events().map(({ event }) => read(event)));
    expect(told.map(({ header }) => header.changeType)).toEqual([
      'CREATE',
      'UPDATE',
      'UPDATE',
      'DELETE',
      'UNDELETE',
    ]);
    const [created, updated, cleared] = told;
    expect(created?.value).toMatchObject({ LastName: { string: 'Ada' }, Phone: null });
    expect(created?.changed).toEqual([]);
    expect(updated?.value).toMatchObject({ Company: { string: 'Zuse' }, LastName: null });
    expect(updated?.changed).toEqual(expect.arrayContaining(['Company', 'Phone']));
    expect(updated?.changed).not.toContain('LastName');
    expect(updated?.nulled).toEqual([]);
    expect(cleared?.nulled).toEqual(['Phone']);
    expect(new Set(told.map(({ header }) => header.transactionKey)).size).toBe(5);
  });

  it('says which app made a change, and tells records that changed alike in one event', async () => {
    const sandbox = await start();
    const { lead, read, subscribe } = sandbox;
    const ids = [lead('One'), lead('Two'), lead('Three')];
    const stream = subscribe(EARLIEST);
    const events = () => stream.events().slice(ids.length);
    const records = ids.map((id, index) => ({
      attributes: { type: 'Lead' },
      id,
      Company: index < 2 ? 'Same' : 'Other',
    }));
    await sandbox.call(
      'PATCH',
      '/composite/sobjects',
      { allOrNone: false, records },
      { 'Sforce-Call-Options': 'client=Robot' },
    );
    await until(() => {
      expect(events()).toHaveLength(2);
    });
    const told = await Promise.all(events().map(({ event }) => read(event)));
    expect(told.map(({ header }) => header.recordIds)).toEqual([ids.slice(0, 2), ids.slice(2)]);
    expect(told[0]?.header.changeOrigin).toBe('com/salesforce/api/rest/64.0;client=Robot');
    expect(told[0]?.header.transactionKey).toBe(told[1]?.header.transactionKey);
  });

  it('sends what is asked for and no more, and goes on when more is asked for', async () => {
    const { lead, subscribe } = await start();
    const ids = ['A', 'B', 'C', 'D', 'E'].map(lead);
    const stream = subscribe({ ...EARLIEST, numRequested: 2 });
    await until(async () => {
      expect(await stream.ids()).toEqual(ids.slice(0, 2));
    });
    expect(stream.answers.at(-1)?.pendingNumRequested).toBe(0);
    stream.call.write({ numRequested: 10 });
    await until(async () => {
      expect(await stream.ids()).toEqual(ids);
    });
    expect(stream.answers.at(-1)?.pendingNumRequested).toBe(7);
  });

  it('begins now, with the oldest, or behind a replay id', async () => {
    const { lead, subscribe } = await start();
    const ids = ['A', 'B', 'C'].map(lead);
    // Requests of one connection come in order.
    const fresh = subscribe({});
    const all = subscribe(EARLIEST);
    await until(async () => {
      expect(await all.ids()).toEqual(ids);
    });
    const later = subscribe({ replayPreset: 2, replayId: all.events()[0]?.replayId });
    await until(async () => {
      expect(await later.ids()).toEqual(ids.slice(1));
    });
    ids.push(lead('D'));
    await until(async () => {
      expect(await fresh.ids()).toEqual(ids.slice(3));
      expect(await later.ids()).toEqual(ids.slice(1));
    });
  });

  it('refuses replay ids that are older than 72 hours, foreign or missing', async () => {
    const { clock, lead, subscribe } = await start({ sessionLifetimeMs: 100 * 3_600_000 });
    lead('Old');
    const all = subscribe(EARLIEST);
    await until(() => {
      expect(all.events()).toHaveLength(1);
    });
    clock.advance(71 * 3_600_000);
    lead('Kept');
    clock.advance(3_600_000 + 1);
    const [old] = all.events();
    const before = Buffer.alloc(8);
    before.writeBigUInt64BE((old?.replayId.readBigUInt64BE() ?? 0n) - 1n);
    const corrupted = `${ERROR_CODE}.subscription.fetch.replayid.corrupted`;
    const missing = `${ERROR_CODE}.subscription.fetch.replayid.validation.failed`;
    for (const [replayId, code] of [
      [before, corrupted],
      [Buffer.from('not from here'), corrupted],
      [Buffer.alloc(8, 0xff), corrupted],
      [Buffer.alloc(0), missing],
    ] as const) {
      const { errors } = subscribe({ replayPreset: 2, replayId });
      await until(() => {
        expect(errors).toMatchObject([{ code: status.INVALID_ARGUMENT }]);
        expect(errors.map(codeOf)).toEqual([code]);
      });
    }
    const kept = subscribe(EARLIEST);
    await until(() => {
      expect(kept.events()).toHaveLength(1);
    });
  });

  it('says that it is alive, and how far it is, while nothing happens', async () => {
    const { org, subscribe, standIn } = await start({}, { keepaliveMs: 30 });
    const { answers } = subscribe({});
    await until(() => {
      expect(answers.length).toBeGreaterThan(1);
    });
    org.insert('Contact', { LastName: 'Of another topic' });
    await until(() => {
      expect(Number(answers.at(-1)?.latestReplayId.readBigUInt64BE())).toBe(standIn.events.last);
    });
    expect(answers.every(({ events }) => events.length === 0)).toBe(true);
  });

  it('tells a long transaction when it becomes visible, after what others did meanwhile', async () => {
    let delay = 120_000;
    const { clock, lead, subscribe } = await start({ commitVisibilityDelayMs: () => delay });
    const stream = subscribe(EARLIEST);
    const late = lead('Late');
    delay = 0;
    const early = lead('Early');
    await until(async () => {
      expect(await stream.ids()).toEqual([early]);
    });
    clock.advance(120_000);
    await until(async () => {
      expect(await stream.ids()).toEqual([early, late]);
    });
  });

  it('has a topic for all selected objects', async () => {
    const { org, lead, subscribe } = await start();
    const stream = subscribe({ ...EARLIEST, topicName: '/data/ChangeEvents' });
    const ids = [lead('Ada'), org.insert('Contact', { LastName: 'Bo' })];
    await until(async () => {
      expect(await stream.ids()).toEqual(ids);
    });
  });

  it.each([0, -1])('refuses a request for %i events', async (numRequested) => {
    const { subscribe } = await start();
    const { errors } = subscribe({ numRequested });
    await until(() => {
      expect(errors.map(codeOf)).toEqual([
        `${ERROR_CODE}.subscription.fetch.requested.events.invalid`,
      ]);
    });
  });
});
