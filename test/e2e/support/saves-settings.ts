// A process that saves settings over the current ones, as a function of HubSpot's does.
import { settingsSchema } from '../../../src/engine/settings.ts';
import { openStore } from '../../../src/store/postgres-store.ts';

const [, , connectionString = '', changes = '{}'] = process.argv;
const store = await openStore({ connectionString, maxConnections: 1 });
const { version, settings } = await store.settings.current();
const next = settingsSchema.parse({ ...settings, ...(JSON.parse(changes) as object) });
const saved = await store.settings.save(version, next, 'another process', '');
await store.close();
process.exit(saved === null ? 1 : 0);
