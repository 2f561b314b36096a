// The service whose lag is measured, in a process of its own.
import { z } from 'zod';
import { answer } from '../processes.ts';
import { openLiveService, type Service } from '../lag/service.ts';

const openSchema = z.object({
  hubspotUrl: z.string(),
  salesforceUrl: z.string(),
  databaseUrl: z.string(),
  clientSecret: z.string(),
  events: z.boolean(),
});

let opened: Service | null = null;
let running: ReturnType<Service['runImport']> | null = null;
let hasEnded = false;

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
    startRun: () => {
      running = service().runImport();
      const ended = (): void => {
        hasEnded = true;
      };
      running.seen.then(ended, ended);
    },
    hasRunEnded: () => hasEnded,
    /** Ends the run if it still goes on; answers how many records it saw. */
    endRun: async () => {
      running?.stop();
      return (await running?.seen) ?? 0;
    },
  },
  async () => {
    await opened?.close();
  },
);
