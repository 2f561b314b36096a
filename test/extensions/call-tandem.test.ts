// The client of functions and service, over HubSpot's own `serverless` and `hsFetch`, which a worker finds in its
// global scope (hubspot-platform §5).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiErrorOf, createCallTandem, TandemError } from '../../extensions/ui/call-tandem.ts';
import { serviceAddressIn } from '../../extensions/ui/service-address.ts';

const serverless = vi.fn<(name: string, options: unknown) => Promise<unknown>>();
const hsFetch = vi.fn<(url: string, options: unknown) => Promise<Response>>();
const callTandem = createCallTandem('https://tandem.example.com');

beforeEach(() => {
  vi.stubGlobal('self', { serverless, hsFetch });
});

afterEach(() => {
  vi.unstubAllGlobals();
  serverless.mockReset();
  hsFetch.mockReset();
});

const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe('A call that anybody may make', () => {
  it('calls the function of that name with the parameters, and unwraps its answer', async () => {
    serverless.mockResolvedValue({ ok: true, value: { verdict: 'ok', sentences: [] } });
    const parameters = { hubspotProperty: 'city', leadField: 'City', contactField: null };
    expect(await callTandem('check-mapping', parameters)).toEqual({ verdict: 'ok', sentences: [] });
    expect(serverless).toHaveBeenCalledExactlyOnceWith('check-mapping', { parameters });
  });

  it('fails with the error that the function answered', async () => {
    const error = { code: 'NOT_CONFIGURED', message: 'Not set up.', fix: 'Set up.', field: null };
    serverless.mockResolvedValue({ ok: false, error });
    const thrown = await errorOf(callTandem('get-settings', {}));
    expect(thrown).toBeInstanceOf(TandemError);
    expect(apiErrorOf(thrown)).toEqual(error);
  });

  it.each([
    ['nothing', null],
    ['text', 'Internal error'],
    ['another shape', { status: 'ERROR', message: 'no' }],
    ['an error without words', { ok: false, error: { code: 'X' } }],
    ['an error that is none', { ok: false }],
  ])('fails with a sentence of its own when the function answered %s', async (_what, answer) => {
    serverless.mockResolvedValue(answer);
    const { code, message, fix } = apiErrorOf(await errorOf(callTandem('get-settings', {})));
    expect(code).toBe('FUNCTION_FAILED');
    expect(message).toMatch(/could not be run/);
    expect(fix).not.toBeNull();
  });

  it('doesn’t pass on the generic sentence with which HubSpot rejects', async () => {
    serverless.mockRejectedValue(new Error("There was a problem reaching the app's API."));
    const { message } = apiErrorOf(await errorOf(callTandem('get-settings', {})));
    expect(message).toBe('Tandem’s function could not be run.');
  });
});

describe('A call that history names somebody for', () => {
  const SYNC = { contactId: '51' } as const;
  const done = { ok: true, value: { outcome: 'nothingToDo' } };
  const answers = (body: unknown, status = 200) =>
    hsFetch.mockResolvedValue(new Response(JSON.stringify(body), { status }));

  it('goes to the service, which knows who is signed in', async () => {
    answers(done);
    expect(await callTandem('sync-now', SYNC)).toMatchObject({ outcome: 'nothingToDo' });
    expect(serverless).not.toHaveBeenCalled();
  });

  it.each([
    ['does not answer', () => hsFetch.mockRejectedValue(new Error('no connection'))],
    [
      'does not know who asks',
      () =>
        answers(
          { ok: false, error: { code: 'NOT_SIGNED', message: 'No.', fix: null, field: null } },
          401,
        ),
    ],
  ])('goes through a function where the service %s', async (_, service) => {
    service();
    serverless.mockResolvedValue(done);
    expect(await callTandem('sync-now', SYNC)).toMatchObject({ outcome: 'nothingToDo' });
    expect(serverless).toHaveBeenCalledExactlyOnceWith('sync-now', { parameters: SYNC });
  });

  it('is a function’s where there is no service', async () => {
    serverless.mockResolvedValue(done);
    await createCallTandem(null)('sync-now', SYNC);
    expect(hsFetch).not.toHaveBeenCalled();
    expect(serverless).toHaveBeenCalledOnce();
  });

  it('is not tried again where the service says why not', async () => {
    const error = { code: 'CONTACT_NOT_FOUND', message: 'None.', fix: null, field: null };
    answers({ ok: false, error });
    expect(apiErrorOf(await errorOf(callTandem('sync-now', SYNC)))).toEqual(error);
    expect(serverless).not.toHaveBeenCalled();
  });
});

describe('A call that only admins may make', () => {
  const PAUSE = { id: '12', control: 'pause' } as const;
  const answers = (body: unknown, status = 200) =>
    hsFetch.mockResolvedValue(new Response(JSON.stringify(body), { status }));

  it('goes to the service, which HubSpot tells who is signed in, and to no function', async () => {
    answers({ ok: true, value: { id: '12', state: 'paused' } });
    expect(await callTandem('control-run', PAUSE)).toMatchObject({ state: 'paused' });
    expect(serverless).not.toHaveBeenCalled();
    expect(hsFetch).toHaveBeenCalledExactlyOnceWith(
      'https://tandem.example.com/app/control-run',
      expect.objectContaining({
        method: 'POST',
        body: { requestId: expect.stringMatching(/^[\w-]{16,64}$/) as string, parameters: PAUSE },
      }),
    );
  });

  it('has an id of its own, so that HubSpot may send it twice', async () => {
    const ids: unknown[] = [];
    hsFetch.mockImplementation((_url, options) => {
      ids.push((options as { body: { requestId: string } }).body.requestId);
      return Promise.resolve(new Response('{"ok":true,"value":{}}'));
    });
    for (let count = 0; count < 50; count += 1) await callTandem('control-run', PAUSE);
    expect(new Set(ids).size).toBe(50);
  });

  it('fails with the error that the service answered, whatever the status', async () => {
    const error = { code: 'ADMINS_ONLY', message: 'Only admins.', fix: 'Ask one.', field: null };
    answers({ ok: false, error }, 403);
    expect(apiErrorOf(await errorOf(callTandem('control-run', PAUSE)))).toEqual(error);
  });

  it.each([
    ['HubSpot’s own error body', { status: 'error', message: 'no', category: 'BAD_GATEWAY' }],
    ['nothing', null],
  ])('says so when it got %s', async (_what, body) => {
    answers(body);
    const { code, fix } = apiErrorOf(await errorOf(callTandem('control-run', PAUSE)));
    expect(code).toBe('SERVICE_FAILED');
    expect(fix).not.toBeNull();
  });

  it('says so when the service cannot be reached', async () => {
    hsFetch.mockRejectedValue(new Error('timeout'));
    expect(apiErrorOf(await errorOf(callTandem('control-run', PAUSE))).code).toBe('SERVICE_FAILED');
  });

  it('is not even tried while no address is set', async () => {
    const { code, fix } = apiErrorOf(await errorOf(createCallTandem(null)('control-run', PAUSE)));
    expect(code).toBe('SERVICE_NOT_SET');
    expect(fix).toMatch(/TANDEM_SERVICE_URL/);
    expect(hsFetch).not.toHaveBeenCalled();
  });
});

describe('The service’s address in the variables of the profile', () => {
  it.each([
    ['https://tandem.example.com', 'https://tandem.example.com'],
    [' https://tandem.example.com/hub/ ', 'https://tandem.example.com/hub'],
    ['https://your-tandem.invalid', null],
    ['none', null],
    ['', null],
    [7, null],
  ])('%j', (value, address) => {
    expect(serviceAddressIn({ TANDEM_SERVICE_URL: value })).toBe(address);
  });

  it('may be missing', () => {
    expect(serviceAddressIn({})).toBeNull();
    expect(serviceAddressIn(undefined)).toBeNull();
  });
});

describe('apiErrorOf', () => {
  it.each([
    ['an error', new Error('Broken.'), 'Broken.'],
    ['anything else', 'broken', 'broken'],
  ])('puts %s into words', (_what, thrown, message) => {
    expect(apiErrorOf(thrown).message).toBe(message);
  });
});
