// Every built function as HubSpot runs it: a plain `require()` in a bare Node process, with nothing of ours
// beside it (hubspot-platform §3).
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildProject } from '../../build.ts';
import { CONTRACT } from '../../src/api/contract.ts';
import { ADMIN_CALLS } from '../../src/api/who-may.ts';
import { apiErrorSchema } from '../../src/api/contract.ts';
import { functionNames, PROJECT } from './support/project.ts';

const run = promisify(execFile);
const TOKEN = 'pat-na1-11111111-2222-3333-4444-555555555555';
/** What HubSpot gives a function (hubspot-platform §3). */
const MEMORY_LIMIT_MB = 128;

const SECRETS = {
  PRIVATE_APP_ACCESS_TOKEN: TOKEN,
  SALESFORCE_LOGIN_URL: 'http://127.0.0.1:9',
  SALESFORCE_CLIENT_ID: 'consumer-key-of-the-app',
  SALESFORCE_CLIENT_SECRET: 'consumer-secret-of-the-app',
  DATABASE_URL: 'postgres://tandem:a-database-password@127.0.0.1:9/tandem',
  TANDEM_SERVICE_URL: 'none',
  TANDEM_SERVICE_SECRET: 'none',
} as const;

const PARAMETERS: Readonly<Record<string, unknown>> = { contactId: '51' };

/** Runs in the child: no loader, no packages, only the bundle. */
const HARNESS = `
  const { main } = require(process.argv[1]);
  const context = {
    parameters: JSON.parse(process.argv[2]),
    propertiesToSend: {},
    event: {},
    secrets: { PRIVATE_APP_ACCESS_TOKEN: process.env.PRIVATE_APP_ACCESS_TOKEN },
  };
  main(context).then((answer) => {
    const megabytes = process.resourceUsage().maxRSS / 1024;
    process.stdout.write(JSON.stringify({ answer, megabytes }), () => process.exit(0));
  });
`;

const ranSchema = z.object({
  answer: z.object({ ok: z.literal(false), error: apiErrorSchema }),
  megabytes: z.number(),
});

let folder: string;

beforeAll(async () => {
  await buildProject();
  folder = mkdtempSync(join(tmpdir(), 'tandem-functions-'));
  cpSync(join(PROJECT, 'app/functions'), folder, { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function runFunction(name: string, env: Readonly<Record<string, string>>) {
  const { stdout, stderr } = await run(
    process.execPath,
    ['-e', HARNESS, join(folder, `${name}.js`), JSON.stringify(PARAMETERS)],
    { cwd: folder, env: { ...env } },
  );
  expect(stderr).toBe('');
  return { text: stdout, ...ranSchema.parse(JSON.parse(stdout)) };
}

function expectNoSecrets(text: string): void {
  for (const secret of [
    TOKEN,
    SECRETS.SALESFORCE_CLIENT_SECRET,
    SECRETS.DATABASE_URL,
    'a-database-password',
  ]) {
    expect(text).not.toContain(secret);
  }
}

describe.each(functionNames())('The function %s', (name) => {
  it('says which secret is missing', async () => {
    const { DATABASE_URL, ...others } = SECRETS;
    const { answer, text, megabytes } = await runFunction(name, others);
    expect(DATABASE_URL).not.toBe('');
    expect(answer.error.code).toBe('NOT_CONFIGURED');
    expect(answer.error.message).toMatch(/DATABASE_URL: is not set/);
    expect(answer.error.message).not.toMatch(/SALESFORCE/);
    expect(answer.error.fix).toMatch(/hs secret add/);
    expectNoSecrets(text);
    expect(megabytes).toBeLessThan(MEMORY_LIMIT_MB);
  });
});

describe('A function', () => {
  it('answers without secrets when the database cannot be reached', async () => {
    const { answer, text } = await runFunction('get-settings', SECRETS);
    expect(answer.error.message).toMatch(/127\.0\.0\.1:9/);
    expectNoSecrets(text);
  });

  it('answers when there is nothing in its environment at all', async () => {
    const { answer } = await runFunction('get-record', {});
    expect(answer.error.code).toBe('NOT_CONFIGURED');
  });

  it('takes “none” for a secret that is not there', async () => {
    const { answer } = await runFunction('get-record', { ...SECRETS, DATABASE_URL: 'none' });
    expect(answer.error.message).toMatch(/DATABASE_URL: is not set/);
  });
});

describe('The bundles', () => {
  it('are there for every call, each small enough to start fast', () => {
    const sizes = functionNames().map((name) => ({
      name,
      megabytes: statSync(join(folder, `${name}.js`)).size / 1024 / 1024,
    }));
    process.stdout.write(
      `${sizes.map(({ name, megabytes }) => `  ${name}.js ${megabytes.toFixed(2)} MB`).join('\n')}\n`,
    );
    expect(sizes).toHaveLength(Object.keys(CONTRACT).length - ADMIN_CALLS.length);
    for (const { name, megabytes } of sizes) expect(megabytes, name).toBeLessThan(1.5);
  });
});
