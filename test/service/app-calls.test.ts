// Calls that the extensions make with `hubspot.fetch`, from HubSpot's signature to the row they leave: who they come
// from is proven or they are refused, and one that HubSpot sends twice is done once.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createService } from '../../src/service/app.ts';
import { forwardSignature } from '../../src/api/forward-signature.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { ADMIN, REP } from '../support/callers.ts';
import { executeOn } from '../support/postgres.ts';
import { fetchAsHubSpot, type HubSpotRequest } from '../support/fetch-as-hubspot.ts';

const SECRET = 'client-secret';
let world: World;
let server: Server;
let url: string;

beforeAll(async () => {
  world = await createWorld();
  server = createServer(
    createService({
      services: world.services,
      awaken: () => Promise.resolve(),
      clientSecret: SECRET,
      serviceSecret: 'service-secret',
      publicUrl: null,
      portalId: world.hubspot.portalId,
      preview: null,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await world.close();
});

let count = 0;
beforeEach(() => {
  count += 1;
});

const START = { request: { kind: 'everything', scope: {} }, dry: true };
const startedRuns = async (): Promise<number> =>
  (await world.pipeline.ports.store.runs.list(200)).length;

async function send(
  changes: Partial<HubSpotRequest> & { call?: string; parameters?: unknown } = {},
) {
  const { call = 'start-run', parameters = START, ...request } = changes;
  const response = await fetchAsHubSpot({
    url: `${url}/app/${call}`,
    body: { requestId: `request-number-${count}`, parameters },
    caller: ADMIN,
    portalId: world.hubspot.portalId,
    clientSecret: SECRET,
    ...request,
  });
  const answer = (await response.json()) as {
    ok: boolean;
    value?: Record<string, unknown>;
    error?: { code: string; message: string; fix: string | null };
  };
  return { status: response.status, ...answer };
}

describe('A call that only admins may make', () => {
  it('is done for an admin, whose name stands beside it', async () => {
    const answer = await send({ parameters: { ...START, startedBy: 'somebody@else.example' } });
    expect(answer).toMatchObject({
      status: 200,
      ok: true,
      value: { dry: true, startedBy: 'admin@example.com' },
    });
  });

  it('is refused for anybody else, with what to do', async () => {
    const before = await startedRuns();
    const { ok, error } = await send({ caller: REP });
    expect({ ok, code: error?.code }).toEqual({ ok: false, code: 'ADMINS_ONLY' });
    expect(error?.message).toContain('maya.okafor@example.com');
    expect(error?.fix).toContain('super admin');
    expect(await startedRuns()).toBe(before);
  });

  it('is refused for somebody who left the portal', async () => {
    const { error } = await send({ caller: { userId: '61999999', email: 'admin@example.com' } });
    expect(error?.code).toBe('ADMINS_ONLY');
  });

  it('is done at once for somebody who has just become an admin', async () => {
    const newcomer = { userId: '61000777', email: 'noor@example.com' };
    const user = { id: '61000777', firstName: 'Noor', lastName: 'New', email: newcomer.email };
    world.hubspot.users.put({ ...user, superAdmin: false });
    expect((await send({ caller: newcomer })).error?.code).toBe('ADMINS_ONLY');
    world.hubspot.users.put({ ...user, superAdmin: true });
    count += 1000;
    expect((await send({ caller: newcomer })).ok).toBe(true);
  });

  it('asks HubSpot once in a while who is an admin, not every time', async () => {
    await send();
    world.resetCalls();
    await send({ body: { requestId: 'another-request-of-it', parameters: START } });
    expect(world.hubspot.calls.byEndpoint()).toEqual({});
  });

  it('says which scope is missing when HubSpot doesn’t tell who is an admin', async () => {
    world.hubspot.users.put({
      id: '61000778',
      firstName: 'Ivo',
      lastName: 'Ito',
      email: 'ivo@example.com',
      superAdmin: true,
    });
    world.hubspot.faults.plan(/settings.users/, { kind: 'status', status: 403 });
    const { error } = await send({ caller: { userId: '61000778', email: 'ivo@example.com' } });
    expect(error?.code).toBe('ADMINS_UNKNOWN');
    expect(error?.fix).toContain('settings.users.read');
  });

  it('is refused when it comes from a HubSpot function, which knows nobody', async () => {
    const body = JSON.stringify(START);
    const timestamp = String(Date.now());
    const response = await fetch(`${url}/api/start-run`, {
      method: 'POST',
      body,
      headers: {
        'x-tandem-timestamp': timestamp,
        'x-tandem-signature': forwardSignature('service-secret', timestamp, 'start-run', body),
      },
    });
    expect(await response.json()).toMatchObject({
      ok: false,
      error: { code: 'CALLER_NOT_PROVEN' },
    });
  });
});

describe('The audit trail', () => {
  it('names who changed what, and what came of it', async () => {
    const rows = (): Promise<readonly unknown[]> =>
      executeOn(
        world.configuration.databaseUrl,
        'select call, user_id, email, outcome, about from admin_calls order by id desc limit 3',
      );
    const { value } = await send();
    const id = String(value?.id);
    const pause = { requestId: 'pause-the-run-of-this-test', parameters: { id, control: 'pause' } };
    await send({ call: 'control-run', body: pause });
    const again = { requestId: 'pause-it-once-more-please', parameters: { id, control: 'pause' } };
    await send({ call: 'control-run', body: again });
    await send({ caller: REP });
    const alex = { user_id: ADMIN.userId, email: ADMIN.email };
    expect(await rows()).toEqual([
      {
        ...alex,
        call: 'control-run',
        outcome: 'RUN_NOT_IN_STATE',
        about: { id, control: 'pause' },
      },
      { ...alex, call: 'control-run', outcome: 'done', about: { id, control: 'pause' } },
      { ...alex, call: 'start-run', outcome: 'done', about: { id } },
    ]);
  });
});

describe('A call that anybody may make', () => {
  it('is done for a rep', async () => {
    expect(await send({ call: 'get-settings', parameters: {}, caller: REP })).toMatchObject({
      ok: true,
    });
  });
});

describe('Nothing is done', () => {
  it.each<[string, number, string, Parameters<typeof send>[0]]>([
    ['with another secret', 401, 'NOT_SIGNED', { clientSecret: 'wrong' }],
    ['six minutes later', 401, 'NOT_SIGNED', { timestamp: Date.now() - 6 * 60_000 }],
    ['six minutes early', 401, 'NOT_SIGNED', { timestamp: Date.now() + 6 * 60_000 }],
    [
      'for another user than was signed',
      401,
      'NOT_SIGNED',
      { caller: REP, tamper: (to) => to.replace(REP.userId, ADMIN.userId) },
    ],
    [
      'for another call than was signed',
      401,
      'NOT_SIGNED',
      { call: 'get-runs', parameters: {}, tamper: (to) => to.replace('get-runs', 'start-run') },
    ],
    ['for another portal', 403, 'OTHER_PORTAL', { portalId: '1' }],
  ])('%s', async (_what, status, code, changes) => {
    const before = await startedRuns();
    const answer = await send(changes);
    expect([answer.status, answer.error?.code]).toEqual([status, code]);
    expect(await startedRuns()).toBe(before);
  });

  it.each([
    ['a user of its own', `userId=${ADMIN.userId}`],
    ['a user of its own, spelt otherwise', `%75serId=${ADMIN.userId}`],
    ['a portal of its own', 'portalId=1'],
    ['an e-mail of its own', 'userEmail=admin@example.com'],
  ])('for an address that brought %s to be signed', async (_what, query) => {
    const { status, error } = await send({ url: `${url}/app/start-run?${query}`, caller: REP });
    expect([status, error?.code]).toEqual([401, 'NO_CALLER']);
  });

  it.each([
    ['without a request id', { parameters: START }],
    ['with a short request id', { requestId: 'x', parameters: START }],
    ['without parameters', { requestId: 'a-request-like-any-other' }],
    // What the webhook action of a workflow can send: texts, side by side.
    [
      'as a workflow could send it',
      { requestId: 'a-request-like-any-other', id: '1', control: 'cancel' },
    ],
    [
      'with parameters as text',
      { requestId: 'a-request-like-any-other', parameters: '{"id":"1"}' },
    ],
  ])('for a body %s', async (_what, body) => {
    const { status, error } = await send({ call: 'control-run', body });
    expect([status, error?.code]).toEqual([400, 'INVALID_PARAMETERS']);
  });

  it('for a call that doesn’t exist', async () => {
    expect(await send({ call: 'delete-everything' })).toMatchObject({
      status: 404,
      error: { code: 'UNKNOWN_CALL' },
    });
  });
});

describe('A call that HubSpot sends twice', () => {
  it('is done once and answered twice', async () => {
    const before = await startedRuns();
    const [one, other] = [await send(), await send()];
    expect(other).toEqual(one);
    expect(await startedRuns()).toBe(before + 1);
  });

  it('is done once while the first is still at it', async () => {
    const before = await startedRuns();
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ status, error }) => [status, error])).toEqual(
      answers.map(() => [200, undefined]),
    );
    expect(new Set(answers.map(({ value }) => value?.id)).size).toBe(1);
    expect(await startedRuns()).toBe(before + 1);
  });

  it('saves settings once, and is no conflict with itself', async () => {
    const { settings } = world.pipeline.ports.store;
    const { version } = await settings.current();
    const parameters = {
      baseVersion: version,
      parts: { creation: { inSalesforce: 'lead' } },
    };
    const [one, other] = [
      await send({ call: 'save-settings', parameters }),
      await send({ call: 'save-settings', parameters }),
    ];
    expect(one).toMatchObject({ ok: true, value: { version: version + 1, savedBy: ADMIN.email } });
    expect(other).toEqual(one);
    expect((await settings.current()).version).toBe(version + 1);
  });

  it('with the id of somebody else’s is another call', async () => {
    expect((await send()).ok).toBe(true);
    expect((await send({ caller: REP })).error?.code).toBe('ADMINS_ONLY');
  });
});
