// Starts the embedded Postgres in the folder it is given, sends where it is, and stops it when told to.
import { startEmbeddedPostgres } from '../../../src/store/embedded.ts';

const server = await startEmbeddedPostgres({ folder: process.argv[2] ?? '' });
process.on('message', () => {
  void server.stop().then(() => {
    process.disconnect();
  });
});
process.send?.(server.connectionString);
