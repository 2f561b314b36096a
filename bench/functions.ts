// npm run bench:functions: what a function costs before it does anything: the size of its bundle, and how long
// `require()` of it takes in a process that has just been started, as a cold start is in HubSpot. The median of five.
import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { buildProject } from '../build.ts';
import { table } from '../src/cli/report.ts';

const FOLDER = resolve(import.meta.dirname, '../app/functions');
const TIMES = 5;
const HARNESS = `
  const begun = performance.now();
  require(process.argv[1]);
  process.stdout.write(String(performance.now() - begun), () => process.exit(0));
`;
const run = promisify(execFile);

async function requireMs(file: string): Promise<number> {
  const { stdout } = await run(process.execPath, ['-e', HARNESS, file]);
  return Number(stdout);
}

await buildProject();
const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.js')).toSorted();
const rows: string[][] = [];
for (const file of files) {
  const path = join(FOLDER, file);
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) times.push(await requireMs(path));
  const median = times.toSorted((one, other) => one - other)[Math.floor(TIMES / 2)] ?? 0;
  rows.push([file, ((await stat(path)).size / 1024 ** 2).toFixed(2), median.toFixed(0)]);
}
process.stdout.write(`${table(['function', 'MB', 'require(), ms'], rows)}\n`);
