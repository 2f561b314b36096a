// The straightforward script in a process of its own.
import { z } from 'zod';
import { straightforwardSync } from '../naive/script.ts';
import { answer, measured } from '../processes.ts';

const openSchema = z.object({ hubspotUrl: z.string(), salesforceUrl: z.string() });

answer(
  {
    run: async (input) => {
      const { hubspotUrl, salesforceUrl } = openSchema.parse(input);
      let synced = 0;
      const taken = await measured(async () => {
        synced = await straightforwardSync(hubspotUrl, salesforceUrl);
      });
      return { synced, ...taken };
    },
  },
  () => Promise.resolve(),
);
