// The preview's routes over HTTP: what they answer, and whom they refuse.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CONTRACT } from '../../src/api/contract.ts';
import type { PreviewConfig } from '../../src/preview/contract.ts';
import { createPreviewRouter } from '../../src/preview/server.ts';
import type { PreviewDependencies } from '../../src/preview/server.ts';
import { functionFailed } from '../../src/service/function-outcome.ts';

const CONTACT = {
  contactId: '51',
  hubspot: { properties: { firstname: 'Maria', city: null } },
  salesforce: { object: 'Lead' as const, id: '00Q1', fields: { City: 'Berlin' } },
};
const CONFIG: PreviewConfig = {
  mode: 'sandbox',
  portal: { id: 1, timezone: 'UTC' },
  users: [{ id: 1, email: 'a@example.com', firstName: 'A', lastName: 'B', permissions: [] }],
  calls: [],
  variables: { TANDEM_SERVICE_URL: 'https://tandem.example.com' },
  app: { appId: 1, appName: 'Tandem', cardTitle: 'Salesforce sync' },
};

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

let folder: string;
let server: Server;
const calls = {
  people: vi.fn<PreviewDependencies['people']>(),
  contact: vi.fn<PreviewDependencies['contact']>(),
  editHubSpot: vi.fn<PreviewDependencies['editHubSpot']>(),
  editSalesforce: vi.fn<PreviewDependencies['editSalesforce']>(),
  activity: vi.fn<PreviewDependencies['activity']>(),
  runFunction: vi.fn<PreviewDependencies['runFunction']>(),
  proxy: {
    addressSeenFrom: () => 'https://tandem.example.com',
    fetch: vi.fn<PreviewDependencies['proxy']['fetch']>(),
  },
};

async function serve(config: PreviewConfig = CONFIG): Promise<void> {
  const app = express();
  app.use(
    createPreviewRouter({
      ...calls,
      config,
      bundlesFolder: join(folder, 'bundles'),
      hostFolder: folder,
    }),
  );
  app.post('/webhooks', (_request, response) => {
    response.json('a route of the service');
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

/** One request, with whatever headers a browser would not let a page set. */
async function send(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const outgoing = request({ host: '127.0.0.1', port, method, path, headers });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  incoming.setEncoding('utf8');
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  const isJson = incoming.headers['content-type']?.includes('json') === true;
  const json: unknown = isJson ? JSON.parse(text) : null;
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text, json };
}

function post(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return send(
    'POST',
    path,
    { 'Content-Type': 'application/json', ...headers },
    JSON.stringify(body),
  );
}

beforeEach(() => {
  vi.resetAllMocks();
  folder = mkdtempSync(join(tmpdir(), 'tandem-preview-'));
  writeFileSync(join(folder, 'index.html'), '<p>the page');
  writeFileSync(join(folder, 'main.js'), '// the script');
  calls.people.mockResolvedValue([]);
  calls.activity.mockResolvedValue([]);
  calls.contact.mockImplementation((id) => Promise.resolve(id === '51' ? CONTACT : null));
  calls.editHubSpot.mockResolvedValue({ ok: true, contact: CONTACT });
  calls.editSalesforce.mockResolvedValue({ ok: true, contact: CONTACT });
});

afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('The page', () => {
  beforeEach(() => serve());

  it('is served at the root with a policy that lets nothing foreign or inline run', async () => {
    const { status, text, headers } = await send('GET', '/');
    expect([status, text]).toEqual([200, '<p>the page']);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("worker-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('has its files under /preview/host, checked again at every load', async () => {
    const { status, text, headers } = await send('GET', '/preview/host/main.js');
    expect([status, text, headers['cache-control']]).toEqual([200, '// the script', 'no-cache']);
  });

  it('says what to do when an extension was never built', async () => {
    const { status, json } = await send('GET', '/preview/extensions/SyncCard.js');
    expect(status).toBe(404);
    expect(json).toEqual({ error: 'SyncCard.js has not been built yet: run npm run build.' });
  });

  it.each(['/preview/extensions/..%2Findex.html', '/preview/host/..%2F..%2Fetc%2Fpasswd'])(
    'serves no file from elsewhere: %s',
    async (path) => {
      expect((await send('GET', path)).status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('The calls', () => {
  beforeEach(() => serve());

  it('give the configuration', async () => {
    expect((await send('GET', '/preview/config')).json).toEqual({
      ...CONFIG,
      calls: Object.keys(CONTRACT).toSorted(),
    });
  });

  it('search people', async () => {
    expect((await send('GET', '/preview/people?search=mar%20j')).json).toEqual({ people: [] });
    expect(calls.people).toHaveBeenCalledWith('mar j');
  });

  it('give a contact with both sides, or 404', async () => {
    expect((await send('GET', '/preview/contact/51')).json).toEqual(CONTACT);
    expect((await send('GET', '/preview/contact/52')).status).toBe(404);
  });

  it('edit the HubSpot side', async () => {
    const { json } = await post('/preview/contact/51/hubspot', { properties: { city: 'Oslo' } });
    expect(json).toEqual(CONTACT);
    expect(calls.editHubSpot).toHaveBeenCalledWith('51', { city: 'Oslo' });
  });

  it("edit the Salesforce side with its fields' own types", async () => {
    const fields = { City: null, HasOptedOutOfEmail: true, NumberOfEmployees: 3 };
    await post('/preview/contact/51/salesforce', { fields });
    expect(calls.editSalesforce).toHaveBeenCalledWith('51', fields);
  });

  it("pass a CRM's refusal on as 422", async () => {
    calls.editHubSpot.mockResolvedValue({ ok: false, message: 'The email is invalid.' });
    const { status, json } = await post('/preview/contact/51/hubspot', {
      properties: { email: 'x' },
    });
    expect([status, json]).toEqual([422, { error: 'The email is invalid.' }]);
  });

  it("answer a function's own return value", async () => {
    calls.runFunction.mockResolvedValue({ ok: true, response: null });
    const { status, text } = await post('/preview/functions/get-record', {
      parameters: { contactId: '51' },
    });
    expect([status, text]).toEqual([200, 'null']);
    expect(calls.runFunction).toHaveBeenCalledWith('get-record', { contactId: '51' });
  });

  it("answer HubSpot's error body with 400 when a function failed (hubspot-platform §3)", async () => {
    const outcome = functionFailed('get-record', 'TypeError: no');
    calls.runFunction.mockResolvedValue(outcome);
    const { status, json } = await post('/preview/functions/get-record', {});
    expect(status).toBe(400);
    expect(json).toEqual(outcome.ok ? null : outcome.body);
  });

  it('pass `hubspot.fetch` on with who is signed in, and the answer back', async () => {
    calls.proxy.fetch.mockResolvedValue({ status: 200, body: '{"ok":true}' });
    const asked = {
      url: 'https://tandem.example.com/app/start-run',
      method: 'POST',
      body: '{}',
      user: { id: 1, email: 'a@example.com' },
    };
    const { status, json } = await post('/preview/fetch', asked);
    expect([status, json]).toEqual([200, { status: 200, body: '{"ok":true}' }]);
    expect(calls.proxy.fetch).toHaveBeenCalledExactlyOnceWith({
      ...asked,
      ownOrigin: expect.stringMatching(/^http:\/\/127\.0\.0\.1/) as string,
    });
  });

  it.each([
    ['/preview/fetch', { url: 'x', method: 'POST', body: '', user: { id: 1, email: 'a' } }],
    ['/preview/fetch', { url: 'https://a.example', method: 'POST', body: '' }],
    ['/preview/contact/51/hubspot', { properties: { city: 7 } }],
    ['/preview/contact/51/hubspot', {}],
    ['/preview/contact/51/salesforce', { fields: { Address: { street: 'x' } } }],
    ['/preview/functions/get-record', { parameters: 'x' }],
  ])('refuse a body that is not what %s takes', async (path, body) => {
    expect((await post(path, body)).status).toBe(400);
    expect(calls.editHubSpot).not.toHaveBeenCalled();
    expect(calls.editSalesforce).not.toHaveBeenCalled();
    expect(calls.runFunction).not.toHaveBeenCalled();
  });

  it.each([
    ['broken JSON', 'application/json', '{'],
    ['a form', 'text/plain', '{"properties":{"city":"Oslo"}}'],
  ])('refuse %s', async (_title, type, body) => {
    const { status } = await send(
      'POST',
      '/preview/contact/51/hubspot',
      { 'Content-Type': type },
      body,
    );
    expect(status).toBe(400);
    expect(calls.editHubSpot).not.toHaveBeenCalled();
  });

  it.each(['/preview/contact/abc', '/preview/nothing'])('know no %s', async (path) => {
    expect((await send('GET', path)).status).toBe(404);
  });

  it('answer a failure behind them as one sentence', async () => {
    calls.people.mockRejectedValue(new Error('The database is away.'));
    const { status, json } = await send('GET', '/preview/people');
    expect([status, json]).toEqual([500, { error: 'The database is away.' }]);
  });
});

describe('The guards', () => {
  beforeEach(() => serve());

  it.each(['localhost', 'localhost:8080', '127.0.0.1:3000', '[::1]:3000'])(
    'answer under the loopback name %s',
    async (host) => {
      expect((await send('GET', '/preview/config', { Host: host })).status).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', '192.168.1.5'])(
    'refuse the foreign name %s (DNS rebinding)',
    async (host) => {
      expect((await send('GET', '/preview/config', { Host: host })).status).toBe(403);
      expect((await send('GET', '/', { Host: host })).status).toBe(403);
    },
  );

  it.each([
    { Host: 'localhost:1', Origin: 'https://evil.example' },
    { Host: 'localhost:1', Origin: 'http://localhost:2' },
    { Host: 'localhost:1', Origin: 'null' },
    { Host: 'localhost:1', 'Sec-Fetch-Site': 'cross-site' },
  ])("refuse another site's POST: %j", async (headers) => {
    const path = '/preview/contact/51/hubspot';
    expect((await post(path, { properties: {} }, headers)).status).toBe(403);
    expect(calls.editHubSpot).not.toHaveBeenCalled();
  });

  it("take the page's own POST", async () => {
    const headers = {
      Host: 'localhost:1',
      Origin: 'http://localhost:1',
      'Sec-Fetch-Site': 'same-origin',
    };
    const { status } = await post('/preview/contact/51/hubspot', { properties: {} }, headers);
    expect(status).toBe(200);
  });

  it("leave the service's other routes alone", async () => {
    const headers = { Host: 'tandem.example', Origin: 'https://app.hubspot.com' };
    expect((await post('/webhooks', {}, headers)).json).toBe('a route of the service');
  });
});

describe('Connected to real CRMs', () => {
  it.each(['hubspot', 'salesforce'])('edits nothing on the %s side', async (side) => {
    await serve({ ...CONFIG, mode: 'real' });
    const body = side === 'hubspot' ? { properties: {} } : { fields: {} };
    expect((await post(`/preview/contact/51/${side}`, body)).status).toBe(403);
    expect(calls.editHubSpot).not.toHaveBeenCalled();
    expect(calls.editSalesforce).not.toHaveBeenCalled();
  });
});
