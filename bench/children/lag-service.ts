// The service whose lag is measured, in a process of its own.
import { z } from 'zod';
import { answer } from '../processes.ts';
import { openLiveService, type Service } from '../lag/service.ts';

const openSchema = z.object({
  hubspotUrl: z.string(),
  salesforceUrl: z.string(),
  pubSubEndpoint: z.string(),
  databaseUrl: z.string(),
  clientSecret: z.string(),
  events: z.boolean(),
});

let opened: Service | null = null;

const service = (): Service => {
  if (opened === null) throw new Error('the service is not open');
  return opened;
};

answer(
  {
    open: async (input) => {
      opened = await openLiveService({
        ...openSchema.parse(input),
        onError: (error) => {
          process.stderr.write(`         service: ${String(error)}\n`);
        },
      });
      return opened.webhookUrl;
    },
    firstSync: () => service().firstSync(),
    startImport: () => service().startImport(),
    stateOfRun: (id) => service().stateOfRun(z.string().parse(id)),
    cancelRun: (id) => service().cancelRun(z.string().parse(id)),
  },
  async () => {
    await opened?.close();
  },
);
