// A function in front of the Tandem service: it signs the call and passes the answer on; and whatever goes wrong,
// it answers before HubSpot cuts it off.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serve } from '../../serverless/run.ts';
import { forwardSignature } from '../../src/api/forward-signature.ts';
import { startLoopbackService } from './support/loopback-service.ts';
import type { LoopbackService, Reply } from './support/loopback-service.ts';

const SECRET = 'shared-by-function-and-service';
const call = serve('get-record');
const parameters = { contactId: '51', note: 'Zoë' };

let service: LoopbackService;
let reply: Reply;

beforeEach(async () => {
  reply = { status: 200, body: JSON.stringify({ ok: true, value: { contactId: '51' } }) };
  service = await startLoopbackService(() => reply);
  vi.stubEnv('TANDEM_SERVICE_URL', service.url);
  vi.stubEnv('TANDEM_SERVICE_SECRET', SECRET);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await service.close();
});

describe('A forwarded call', () => {
  it('goes to the service under the call’s name, with its parameters', async () => {
    expect(await call({ parameters })).toEqual({ ok: true, value: { contactId: '51' } });
    expect(service.received).toMatchObject([
      { method: 'POST', url: '/api/get-record', body: JSON.stringify(parameters) },
    ]);
  });

  it('is signed over timestamp, call and body, as the service checks it', async () => {
    const before = Date.now();
    await call({ parameters });
    const [{ timestamp, signature, body } = { timestamp: '', signature: '', body: '' }] =
      service.received;
    expect(Number(timestamp)).toBeGreaterThanOrEqual(before);
    expect(Number(timestamp)).toBeLessThanOrEqual(Date.now());
    expect(signature).toBe(forwardSignature(SECRET, timestamp, 'get-record', body));
  });

  it('keeps a path that the service’s address has', async () => {
    vi.stubEnv('TANDEM_SERVICE_URL', `${service.url}/tandem/`);
    await call({ parameters });
    expect(service.received).toMatchObject([{ url: '/tandem/api/get-record' }]);
  });

  it('passes the service’s own error on', async () => {
    const error = {
      code: 'CONTACT_NOT_FOUND',
      message: 'No such contact.',
      fix: null,
      field: null,
    };
    reply = { status: 200, body: JSON.stringify({ ok: false, error }) };
    expect(await call({ parameters })).toEqual({ ok: false, error });
  });

  it('sends an empty object when HubSpot hands over no parameters', async () => {
    await call({});
    await call();
    expect(service.received.map(({ body }) => body)).toEqual(['{}', '{}']);
  });
});

describe('A function whose service fails', () => {
  it.each([
    ['answers with an error page', { status: 502, body: '<html>Bad gateway</html>' }],
    ['answers with JSON that is no answer', { status: 200, body: '{"status":"up"}' }],
    ['answers with nothing', { status: 200, body: '' }],
  ])('says so when it %s', async (_what, answer) => {
    reply = answer;
    const { ok, ...rest } = await call({ parameters });
    expect(ok).toBe(false);
    expect(JSON.stringify(rest)).toMatch(/SERVICE_(FAILED|UNREACHABLE)/);
  });

  it('says that the service is not there', async () => {
    await service.close();
    expect(await call({ parameters })).toMatchObject({
      ok: false,
      error: {
        code: 'SERVICE_UNREACHABLE',
        message: expect.stringContaining('127.0.0.1') as unknown,
      },
    });
  });

  it('answers after nine seconds when the service does not (HubSpot stops it after ten)', async () => {
    reply = null;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = call({ parameters });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'TIMED_OUT' } });
  });

  it.each([
    ['TANDEM_SERVICE_SECRET', 'none'],
    ['TANDEM_SERVICE_URL', 'tandem.example.com'],
  ])('says that %s is wrong', async (name, value) => {
    vi.stubEnv(name, value);
    expect(await call({ parameters })).toMatchObject({
      ok: false,
      error: { code: 'NOT_CONFIGURED', message: expect.stringContaining(name) as unknown },
    });
  });
});
