// One of several workers that call HubSpot as fast as the budget of their database lets them. Sends how many
// calls it made and how many of them HubSpot refused.
import { ApiBudget } from '../../../src/budget/budget.ts';
import { inClass } from '../../../src/budget/call-class.ts';
import { postgresLedger } from '../../../src/budget/postgres-ledger.ts';
import { SharedWindows } from '../../../src/budget/windows.ts';
import { createHubSpot } from '../../../src/hubspot/api-client.ts';
import { SANDBOX_TOKEN } from '../../../src/sandbox/hubspot/stand-in.ts';
import { openStore } from '../../../src/store/postgres-store.ts';

const [, , connectionString = '', baseUrl = '', cls = '', milliseconds = ''] = process.argv;
const store = await openStore({ connectionString, maxConnections: 4 });
const sleep = (pause: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, pause));
const statuses: (number | null)[] = [];
const budget = new ApiBudget({
  ledger: postgresLedger(store.sql),
  windows: new SharedWindows({ sql: store.sql, sleep, now: Date.now, longestWaitMs: 60_000 }),
  budgets: () => Promise.resolve({ HubSpot: null, Salesforce: null }),
  now: Date.now,
  sleep,
  random: Math.random,
  onCall: ({ status }) => statuses.push(status),
});
const hubspot = createHubSpot({ accessToken: SANDBOX_TOKEN, baseUrl, budget });
const until = Date.now() + Number(milliseconds);
const read = (): Promise<unknown> => hubspot.contacts.readByIds(['1'], []);
const search = (): Promise<unknown> =>
  hubspot.contacts.searchModified({ since: new Date(0), until: new Date(), afterId: null }, []);
const again = async (call: () => Promise<unknown>): Promise<void> => {
  while (Date.now() < until) await call();
};
await inClass(cls === 'runs' ? 'runs' : 'live', () =>
  Promise.all([again(read), again(read), again(read), again(read), again(search), again(search)]),
);
await budget.close();
await store.close();
process.send?.({ calls: statuses.length, refused: statuses.filter((one) => one === 429).length });
