// Opens the store of the database it is given and ends.
import { openStore } from '../../../src/store/postgres-store.ts';

const store = await openStore({ connectionString: process.argv[2] ?? '' });
await store.settings.current();
await store.close();
