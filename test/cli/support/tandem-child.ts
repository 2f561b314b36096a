// `npm start` as a process of its own, against the stand-ins and the database of a world.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { RealConfiguration } from '../../../src/api/environment.ts';
import { functionEnvironment } from '../../../src/service/function-environment.ts';

const START = join(import.meta.dirname, '../../../src/cli/start.ts');

export interface TandemChild {
  readonly child: ChildProcess;
  /** What it wrote to stdout as JSON lines, and everything it wrote as text. */
  lines(): readonly Readonly<Record<string, unknown>>[];
  text(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** Null: the sandbox. A database alone: nothing is known of the CRMs. */
type Configuration = RealConfiguration | Pick<RealConfiguration, 'databaseUrl'> | null;

function environmentOf(configuration: Configuration): Readonly<Record<string, string>> {
  if (configuration === null) return {};
  return 'hubspot' in configuration
    ? functionEnvironment(configuration)
    : { DATABASE_URL: configuration.databaseUrl };
}

export function startTandemChild(
  configuration: Configuration,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): TandemChild {
  const child = spawn(process.execPath, ['--no-warnings', START, ...parameters], {
    env: { PATH: process.env.PATH, ...environmentOf(configuration), ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return {
    child,
    lines: () =>
      stdout
        .split('\n')
        .slice(0, -1)
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    text: () => `${stdout}\n${stderr}`,
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
}
