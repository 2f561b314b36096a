// A worker that makes calls of Salesforce's budget until it is killed, and says after each how many it made.
import { ApiBudget } from '../../../src/budget/budget.ts';
import { postgresLedger } from '../../../src/budget/postgres-ledger.ts';
import { openStore } from '../../../src/store/postgres-store.ts';

const [, , connectionString = '', limit = ''] = process.argv;
const store = await openStore({ connectionString, maxConnections: 2 });
const budget = new ApiBudget({
  ledger: postgresLedger(store.sql),
  windows: null,
  budgets: () => Promise.resolve({ HubSpot: null, Salesforce: Number(limit) }),
  now: Date.now,
  sleep: (pause) => new Promise((resolve) => setTimeout(resolve, pause)),
  random: Math.random,
});
for (let calls = 1; ; calls += 1) {
  await budget.take({ crm: 'Salesforce', endpoint: 'GET query', isSearch: false });
  process.send?.(calls);
  // Lets the parent keep up.
  await new Promise((resolve) => setTimeout(resolve, 1));
}
