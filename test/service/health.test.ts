// What probes and Prometheus are answered, and what is logged of requests.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiServices } from '../../src/api/services.ts';
import { Unauthorized, Unavailable } from '../../src/engine/failures.ts';
import { createLog } from '../../src/logs/log.ts';
import { createService } from '../../src/service/app.ts';
import { Credentials, EventLoopWatch, healthRouter, Readiness } from '../../src/service/health.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Parts {
  readonly isCurrent?: () => Promise<boolean>;
  readonly depth?: () => Promise<{ waiting: number; active: number }>;
  readonly lateMs?: number;
  readonly metricsToken?: string | null;
}

async function start({
  isCurrent = () => Promise.resolve(true),
  depth = () => Promise.resolve({ waiting: 0, active: 0 }),
  lateMs = 0,
  metricsToken = null,
}: Parts = {}) {
  const credentials = new Credentials();
  const readiness = new Readiness({ isCurrent }, { depth }, credentials);
  const written: string[] = [];
  const preview = Router();
  preview.get('/contact/:id', (_, response) => {
    response.json({});
  });
  preview.get('/broken', () => {
    throw new Error('Ada Lovelace is not valid');
  });
  const app = createService({
    services: {} as ApiServices,
    awaken: () => Promise.resolve(),
    clientSecret: null,
    serviceSecret: null,
    publicUrl: null,
    preview,
    operations: {
      health: healthRouter({
        readiness,
        eventLoop: { worstMs: () => lateMs },
        registry: new Registry(),
        metricsToken,
      }),
      log: createLog({ to: { write: (line) => void written.push(line) } }),
    },
  });
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  const lines = () => written.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ask, readiness, credentials, lines };
}

const never = () => new Promise<never>(() => undefined);

describe('/healthz', () => {
  it('is fine while the event loop turns', async () => {
    const { ask } = await start({ lateMs: 12 });
    const { status, text } = await ask('/healthz');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ ok: true, eventLoopLateMs: 12 });
  });
  it('is not when it was held up for long', async () => {
    const { ask } = await start({ lateMs: 30_000 });
    expect((await ask('/healthz')).status).toBe(503);
  });
  it('notices a loop that is held up', () => {
    const watch = new EventLoopWatch();
    expect(watch.worstMs()).toBe(0);
    const until = performance.now() + 1_200;
    while (performance.now() < until);
    expect(watch.worstMs()).toBeGreaterThan(100);
    watch.stop();
  });
});

describe('/readyz', () => {
  const readiness = async (parts: Parts) => {
    const { ask } = await start(parts);
    const { status, text } = await ask('/readyz');
    return { status, ...(JSON.parse(text) as object) };
  };
  it('is ready when everything answers', async () => {
    expect(await readiness({})).toEqual({ status: 200, ready: true, notReady: [] });
  });
  it.each([
    ['database', { isCurrent: () => Promise.reject(new Error('down')) }],
    ['database', { isCurrent: never }],
    ['schema', { isCurrent: () => Promise.resolve(false) }],
    ['queue', { depth: () => Promise.reject(new Error('down')) }],
  ])('says that the %s is not', async (name, parts: Parts) => {
    expect(await readiness(parts)).toEqual({ status: 503, ready: false, notReady: [name] });
  });
  it('says whose credentials were refused, until they are taken again', async () => {
    const { ask, credentials } = await start();
    credentials.failed(new Unavailable('Salesforce', 'down'));
    expect((await ask('/readyz')).status).toBe(200);
    credentials.failed(new Unauthorized('Salesforce', 'expired'));
    expect(await ask('/readyz')).toMatchObject({
      status: 503,
      text: expect.stringContaining('"salesforce"') as string,
    });
    credentials.accepted('Salesforce');
    expect((await ask('/readyz')).status).toBe(200);
  });
  it('is not ready while it stops', async () => {
    const { ask, readiness: ready } = await start();
    ready.stop();
    expect(await ask('/readyz')).toMatchObject({
      status: 503,
      text: expect.stringContaining('"stopping"') as string,
    });
  });
});

describe('/metrics', () => {
  it('are for this machine, without a proxy in between', async () => {
    const { ask } = await start();
    expect((await ask('/metrics')).status).toBe(200);
    expect((await ask('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(401);
  });
  it('are for whoever has the token, once there is one', async () => {
    const { ask } = await start({ metricsToken: 'a-token' });
    expect((await ask('/metrics')).status).toBe(401);
    expect((await ask('/metrics', { authorization: 'Bearer a-tokem' })).status).toBe(401);
    const through = { authorization: 'Bearer a-token', 'x-forwarded-for': '203.0.113.9' };
    expect((await ask('/metrics', through)).status).toBe(200);
  });
});

describe('requests in the log', () => {
  it('have method, route, status and time, and no id', async () => {
    const { ask, lines } = await start();
    await ask('/contact/51?email=ada@example.com');
    await ask('/nowhere/51');
    await expect.poll(lines).toHaveLength(2);
    expect(lines()).toMatchObject([
      { level: 'info', event: 'request', method: 'GET', route: '/contact/:id', status: 200 },
      { method: 'GET', route: 'none', status: 404 },
    ]);
    expect(JSON.stringify(lines())).not.toContain('ada');
  });
  it('leave out probes that were answered well', async () => {
    const { ask, readiness, lines } = await start();
    await ask('/healthz');
    await ask('/readyz');
    readiness.stop();
    await ask('/readyz');
    await expect.poll(lines).toMatchObject([{ route: '/readyz', status: 503 }]);
  });
  it('that failed tell nothing personal, to nobody', async () => {
    const { ask, lines } = await start();
    const { status, text } = await ask('/broken');
    expect(status).toBe(500);
    expect(text).not.toContain('Ada');
    await expect.poll(lines).toHaveLength(2);
    expect(JSON.stringify(lines())).not.toContain('Ada');
    expect(lines()).toContainEqual(expect.objectContaining({ event: 'request failed' }));
  });
});
