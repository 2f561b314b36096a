// The client of the functions, over HubSpot's own `serverless`, which a worker finds in its global scope
// (hubspot-platform §5).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiErrorOf, callTandem, TandemError } from '../../extensions/ui/call-tandem.ts';

const serverless = vi.fn<(name: string, options: unknown) => Promise<unknown>>();

beforeEach(() => {
  vi.stubGlobal('self', { serverless });
});

afterEach(() => {
  vi.unstubAllGlobals();
  serverless.mockReset();
});

const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe('callTandem', () => {
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

describe('apiErrorOf', () => {
  it.each([
    ['an error', new Error('Broken.'), 'Broken.'],
    ['anything else', 'broken', 'broken'],
  ])('puts %s into words', (_what, thrown, message) => {
    expect(apiErrorOf(thrown).message).toBe(message);
  });
});
