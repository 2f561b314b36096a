// `npm start` as a process of its own: what it refuses, and what it does with the stand-ins.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const START = join(import.meta.dirname, '../../src/cli/start.ts');
const CLEAN = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(HUBSPOT|SALESFORCE|DATABASE|TANDEM)_/.test(name),
  ),
);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

function start(parameters: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['--no-warnings', START, ...parameters], {
    env: { ...CLEAN, ...environment },
  });
  children.push(child);
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    for (const look of watchers) look();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  /** Resolves when stdout matches; rejects when the process ends before. */
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(stdout);
        if (match) resolve(match);
      };
      watchers.add(look);
      look();
      void ended.then(() =>
        reject(new Error(`ended before it said ${String(pattern)}:\n${stdout}\n${stderr}`)),
      );
    });
  return { child, ended, says };
}

describe('a wrong configuration', () => {
  it.each([
    [
      'half of HubSpot and Salesforce',
      { HUBSPOT_ACCESS_TOKEN: 'x' },
      ['SALESFORCE_LOGIN_URL', 'SALESFORCE_CLIENT_ID', 'DATABASE_URL'],
    ],
    ['a database that is no Postgres', { DATABASE_URL: 'mysql://localhost/x' }, ['DATABASE_URL']],
    [
      'a database nobody answers at',
      { DATABASE_URL: 'postgres://user:secret-word@127.0.0.1:1/x' },
      ['DATABASE_URL'],
    ],
  ])('%s is refused with the variable and the fix', async (_, environment, variables) => {
    const { code, stderr } = await start(['--once'], environment).ended;
    expect(code).toBe(2);
    for (const variable of variables) expect(stderr).toContain(variable);
    expect(stderr).not.toContain('secret-word');
  });
  it('of arguments is refused with the usage', async () => {
    const { code, stderr } = await start(['--nonsense']).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: npm start');
  });
});

const reportSchema = z.object({
  runs: z.record(
    z.string(),
    z.object({
      seen: z.number(),
      created: z.number(),
      updated: z.number(),
      paired: z.number(),
      failed: z.number(),
    }),
  ),
  records: z.array(z.object({ state: z.string(), count: z.number() })),
});

describe('on the embedded default', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-start-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('does one full sync, and the second time nothing', async () => {
    const first = await start(['--once', '--json', '--folder', folder]).ended;
    expect(first.stderr).toContain('Import from Salesforce');
    expect(first.code).toBe(0);
    const done = reportSchema.parse(JSON.parse(first.stdout));
    expect(done.runs.import?.created).toBeGreaterThan(50);
    expect(done.runs.push?.created).toBeGreaterThan(20);

    const second = await start(['--once', '--json', '--folder', folder]).ended;
    expect(second.code).toBe(0);
    const again = reportSchema.parse(JSON.parse(second.stdout));
    expect(again.runs).toMatchObject({
      import: { created: 0, updated: 0, paired: 0 },
      push: { created: 0, updated: 0, paired: 0 },
    });
    expect(again.records).toEqual(done.records);
  });

  it('goes on live, shows a change on the other side within seconds, stops on Ctrl-C', async () => {
    const { child, says, ended } = start(['--folder', folder, '--port', '0']);
    const [, url = ''] = await says(/Preview: (http:\/\/\S+)/);
    const people = z.object({
      people: z.array(z.object({ contactId: z.string(), state: z.string() })),
    });
    const listed = people.parse(await (await fetch(`${url}/preview/people?search=`)).json());
    const person = listed.people.find(({ state }) => state === 'inSync');
    const contactId = person?.contactId ?? '';
    const edited = await fetch(`${url}/preview/contact/${contactId}/salesforce`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ fields: { FirstName: 'Changed', LastName: 'Live' } }),
    });
    expect(edited.status).toBe(200);
    await says(new RegExp(`${contactId} ⇄ \\S+ +wrote: .*firstname in HubSpot`));
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).toContain('Stopped. Start again to go on where it was.');
  });
});
