// `npm run bench`: API calls beside the least number possible. Options: --people N, --changes N, --quick, --json.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { table } from '../src/cli/report.ts';
import { startEmbeddedPostgres } from '../src/store/embedded.ts';
import { runScenarios } from './scenarios.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '10000' },
    changes: { type: 'string', default: '1000' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const sizes = values.quick
  ? { people: 2_000, changes: 400 }
  : { people: Number(values.people), changes: Number(values.changes) };

const folder = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
const server = await startEmbeddedPostgres({ folder });
let databases = 0;
const newDatabase = async (): Promise<string> => {
  databases += 1;
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  await client.query(`create database bench${databases}`);
  await client.end();
  return server.connectionString.replace(/\/[^/]*$/, `/bench${databases}`);
};
try {
  const results = await runScenarios(newDatabase, sizes);
  if (values.json) {
    const callsOverFloor = Math.max(...results.map(({ ratio }) => ratio));
    const noChangeWrites =
      results.find(({ name }) => name.includes('without changes'))?.writes ?? null;
    process.stdout.write(
      `${JSON.stringify({ callsOverFloor, noChangeWrites, scenarios: results })}\n`,
    );
  } else {
    const rows = results.map(({ name, calls, floor, ratio, writes }) => [
      String(calls),
      String(floor),
      ratio.toFixed(2),
      String(writes),
      name,
    ]);
    process.stdout.write(
      `${table(['calls', 'floor', 'ratio', 'write calls', 'scenario'], rows)}\n`,
    );
    for (const { name, terms, byEndpoint } of results) {
      process.stdout.write(`\n${name}\n`);
      for (const { why, calls } of terms)
        process.stdout.write(`  floor ${String(calls).padStart(5)}  ${why}\n`);
      for (const [endpoint, calls] of Object.entries(byEndpoint))
        process.stdout.write(`  made  ${String(calls).padStart(5)}  ${endpoint}\n`);
    }
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
