// The function host against small functions written to a temp folder (hubspot-platform §3).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFunctionHost } from '../../src/service/function-host.ts';
import type { FunctionHost } from '../../src/service/function-host.ts';
import { GENERIC_FUNCTION_ERROR } from '../../src/service/function-outcome.ts';
import type { FunctionOutcome } from '../../src/service/function-outcome.ts';

let folder: string;
let host: FunctionHost;

function writeFunction(name: string, source: string): void {
  writeFileSync(join(folder, `${name}.js`), source);
}

/** What HubSpot's error body says about the cause, or null when the function succeeded. */
function causeOf(outcome: FunctionOutcome): string | null {
  return outcome.ok ? null : (outcome.body.errors[0]?.message ?? '');
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-functions-'));
  host = createFunctionHost({ folder, env: { GREETING: 'Hello' }, timeoutMs: 1_000, memoryMb: 64 });
});

afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('A function call', () => {
  it('hands main the context that HubSpot builds and returns what it returns', async () => {
    writeFunction('echo', 'exports.main = async (context) => context;');
    expect(await host.runFunction('echo', { contactId: '51' })).toEqual({
      ok: true,
      response: { parameters: { contactId: '51' }, propertiesToSend: {}, event: {}, secrets: {} },
    });
  });

  it('sees the secrets it was given in process.env, and nothing else', async () => {
    process.env['NOT_FOR_FUNCTIONS'] = 'private';
    writeFunction('env', 'exports.main = async () => process.env;');
    expect(await host.runFunction('env', {})).toEqual({
      ok: true,
      response: { GREETING: 'Hello' },
    });
  });

  it.each([
    ['undefined becomes null', 'undefined', null],
    ['a date becomes its ISO text', 'new Date(0)', '1970-01-01T00:00:00.000Z'],
    ['an undefined member disappears', '({ a: 1, b: undefined })', { a: 1 }],
  ])('returns through JSON: %s', async (_title, expression, response) => {
    writeFunction('json', `exports.main = async () => (${expression});`);
    expect(await host.runFunction('json', {})).toEqual({ ok: true, response });
  });

  it('stays warm: module state survives to the next call', async () => {
    writeFunction('count', 'let calls = 0; exports.main = async () => ++calls;');
    await host.runFunction('count', {});
    expect(await host.runFunction('count', {})).toEqual({ ok: true, response: 2 });
  });

  it('uses a rebuilt bundle at once', async () => {
    writeFunction('version', "exports.main = async () => 'old';");
    await host.runFunction('version', {});
    writeFunction('version', "exports.main = async () => 'rebuilt';");
    expect(await host.runFunction('version', {})).toEqual({ ok: true, response: 'rebuilt' });
  });

  it('runs calls of one function side by side, each alone in its thread', async () => {
    writeFunction(
      'overlap',
      'let inside = 0; exports.main = async () => { inside++; await new Promise((r) => setTimeout(r, 30)); return inside--; };',
    );
    const outcomes = await Promise.all([1, 2, 3].map(() => host.runFunction('overlap', {})));
    expect(outcomes).toEqual(Array(3).fill({ ok: true, response: 1 }));
  });
});

describe('A failing function', () => {
  it("answers with HubSpot's error body", async () => {
    writeFunction('throws', "exports.main = async () => { throw new TypeError('no contact'); };");
    expect(await host.runFunction('throws', {})).toEqual({
      ok: false,
      body: {
        status: 'error',
        message: GENERIC_FUNCTION_ERROR,
        errors: [
          {
            subCategory: 'ServerlessActionExecutionError.SERVERLESS_FUNCTION_ERROR',
            message: "The serverless function 'throws' failed to execute: TypeError: no contact.",
          },
        ],
        category: 'VALIDATION_ERROR',
        subCategory: 'GenXExecutionErrorType.APP_ERROR',
      },
    });
  });

  it.each([
    ['a cycle', 'const a = {}; a.a = a; return a;', /circular/i],
    ['a BigInt', 'return 1n;', /BigInt/],
  ])('cannot return what JSON cannot hold: %s', async (_title, body, cause) => {
    writeFunction('unserialisable', `exports.main = async () => { ${body} };`);
    expect(causeOf(await host.runFunction('unserialisable', {}))).toMatch(cause);
  });

  it.each([
    ['an endless wait', 'exports.main = () => new Promise(() => undefined);'],
    ['an endless loop', 'exports.main = async () => { for (;;) {} };'],
  ])('is stopped at the time limit: %s', async (_title, source) => {
    writeFunction('slow', source);
    expect(causeOf(await host.runFunction('slow', {}))).toContain('timed out after 1 seconds');
  });

  it('is replaced after a time-out: the next call works', async () => {
    writeFunction(
      'sometimes',
      'exports.main = async ({ parameters }) => { if (parameters.hang) for (;;) {} return "fine"; };',
    );
    await host.runFunction('sometimes', { hang: true });
    expect(await host.runFunction('sometimes', {})).toEqual({ ok: true, response: 'fine' });
  });

  it('is replaced after a crash: the next call works', async () => {
    writeFunction(
      'crashes',
      'exports.main = async ({ parameters }) => { if (parameters.exit) process.exit(3); return "fine"; };',
    );
    expect(causeOf(await host.runFunction('crashes', { exit: true }))).toContain(
      'exited with code 3',
    );
    expect(await host.runFunction('crashes', {})).toEqual({ ok: true, response: 'fine' });
  });

  it('is ended when it outgrows its memory, without harm to this process', async () => {
    writeFunction(
      'hungry',
      'exports.main = async () => { const kept = []; for (;;) kept.push(Array(1e5).fill({})); };',
    );
    const patient = createFunctionHost({ folder, env: {}, timeoutMs: 20_000, memoryMb: 32 });
    expect(causeOf(await patient.runFunction('hungry', {}))).toMatch(/memory/i);
    await patient.close();
  });

  it.each(['no-such-function', '../function-host', '', 'a/b', '.hidden'])(
    'that does not exist is an error, not a file read elsewhere: %j',
    async (name) => {
      expect(causeOf(await host.runFunction(name, {}))).toContain('no such function');
    },
  );

  it('says so when its bundle exports no main', async () => {
    writeFunction('empty', 'exports.other = 1;');
    expect(causeOf(await host.runFunction('empty', {}))).toContain(
      'exports no function named main',
    );
  });
});
