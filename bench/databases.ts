// The embedded Postgres of a benchmark, as in the product, and databases in it for one run each.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/store/embedded.ts';

export interface Databases {
  /** A new, empty one. The one before is dropped: a million people take gigabytes. */
  next(): Promise<string>;
  close(): Promise<void>;
}

export async function openDatabases(): Promise<Databases> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
  const server = await startEmbeddedPostgres({ folder });
  let made = 0;
  const execute = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server.connectionString });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const close = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  // The server outlives a process that is killed; a benchmark that is interrupted takes it along.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void close().finally(() => {
        process.exit(1);
      });
    });
  }
  return {
    async next() {
      if (made > 0) await execute(`drop database bench${made} with (force)`);
      made += 1;
      await execute(`create database bench${made}`);
      return server.connectionString.replace(/\/postgres(?=\?|$)/, `/bench${made}`);
    },
    close,
  };
}
