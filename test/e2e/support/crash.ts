// The crash test at full length: npm run crash -- [--kills 200] [--seed 1] [--at-once 2]
// Worlds take turns between one worker with an embedded Postgres of its own and three workers on one Postgres,
// each with and without the external-ID field. Prints a line for each world and ends with 1 if anything was
// lost, doubled or stuck.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../../../src/store/embedded.ts';
import { databaseAt, executeOn } from '../../support/postgres.ts';
import { crashAndSettle, type CrashReport } from './crash-world.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '2' },
    'kills-per-world': { type: 'string', default: '25' },
  },
});
const kills = Number(values.kills);
const perWorld = Math.min(kills, Number(values['kills-per-world']));

const folder = await mkdtemp(join(tmpdir(), 'tandem-crash-'));
const server = await startEmbeddedPostgres({ folder: join(folder, 'shared') });

async function world(number: number): Promise<{ what: string; report: CrashReport }> {
  const isEmbedded = number % 2 === 0;
  const withExternalId = number % 4 < 2;
  const options = { seed: Number(values.seed) + number, kills: perWorld, withExternalId };
  const what = `${isEmbedded ? 'one worker, embedded Postgres' : 'three workers, one Postgres'}, ${
    withExternalId ? 'external id' : 'no external id'
  }`;
  if (isEmbedded) {
    const store = { folder: join(folder, `world${number}`) };
    return { what, report: await crashAndSettle({ ...options, workers: 1, store }) };
  }
  const name = `crash_${randomBytes(6).toString('hex')}`;
  await executeOn(server.connectionString, `create database ${name}`);
  const store = { databaseUrl: databaseAt(server.connectionString, name) };
  return { what, report: await crashAndSettle({ ...options, workers: 3, store }) };
}

const worlds = Array.from({ length: Math.ceil(kills / perWorld) }, (_, number) => number).values();
const from = Date.now();
let killed = 0;
let bad = 0;
async function takeWorlds(): Promise<void> {
  for (const number of worlds) {
    const { what, report } = await world(number);
    killed += report.kills;
    bad += report.complaints.length;
    const { seconds, people, serverKills } = report;
    process.stdout.write(
      `world ${number} (${what}): ${report.kills} kills of workers, ${serverKills} of the server, ` +
        `${people} people, ${seconds.killing} s killing, ${seconds.settling} s settling: ` +
        `${report.complaints.length === 0 ? 'well' : `${report.complaints.length} complaints`}\n`,
    );
    for (const complaint of report.complaints.slice(0, 20))
      process.stdout.write(`  ${complaint}\n`);
    for (const [trouble, count] of Object.entries(report.troubles))
      process.stdout.write(`  (${count} × ${trouble})\n`);
  }
}
await Promise.all(Array.from({ length: Number(values['at-once']) }, takeWorlds));
await server.stop();
await rm(folder, { recursive: true, force: true });
process.stdout.write(
  `${killed} kills in ${Math.round((Date.now() - from) / 1_000)} s: ${
    bad === 0 ? 'nothing lost, doubled or stuck' : `${bad} complaints`
  }\n`,
);
process.exitCode = bad === 0 ? 0 : 1;
