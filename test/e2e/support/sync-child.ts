// A process that does one full sync against the CRMs and the database it is told of, to be killed at any moment.
// `dieAt`: kills itself right before or after so many transactions of the store.
import { servicesFor } from '../../../src/api/services.ts';
import type { RealConfiguration } from '../../../src/api/environment.ts';
import { fullSync } from '../../../src/sync/full-sync.ts';
import { LiveSync } from '../../../src/sync/live.ts';
import { Pipeline } from '../../../src/sync/pipeline.ts';
import { prepareHubSpot } from '../../../src/sync/workspace.ts';

export interface ChildTask {
  readonly configuration: RealConfiguration;
  readonly dieAt: { readonly transaction: number; readonly when: 'before' | 'after' } | null;
}

const { configuration, dieAt } = JSON.parse(process.env.TASK ?? '') as ChildTask;

const services = await servicesFor(configuration, { maxConnections: 2, isAlone: true });
const { ports } = services.pipeline;
let transactions = 0;
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
const pipeline = new Pipeline({
  ...ports,
  store: {
    ...ports.store,
    links: {
      ...ports.store.links,
      record: async (batch) => {
        transactions += 1;
        const mine = dieAt?.transaction === transactions;
        if (mine && dieAt.when === 'before') die();
        const outcome = await ports.store.links.record(batch);
        if (mine) die();
        return outcome;
      },
    },
  },
});
await prepareHubSpot(ports);
const live = new LiveSync(pipeline);
await fullSync(pipeline, live, ['import', 'push']);
await services.close();
process.stdout.write(JSON.stringify({ transactions }));
