// The bare loop in a process of its own.
import { z } from 'zod';
import { OWN_GROUP, OWN_PROPERTIES } from '../../src/engine/own-properties.ts';
import { createHubSpot } from '../../src/hubspot/api-client.ts';
import { SANDBOX_TOKEN } from '../../src/sandbox/hubspot/stand-in.ts';
import { BareLoop } from '../bare/loop.ts';
import { answer, measured } from '../processes.ts';

const openSchema = z.object({
  hubspotUrl: z.string(),
  salesforceUrl: z.string(),
  asks: z.object({
    hubspot: z.array(z.string()),
    lead: z.array(z.string()),
    contact: z.array(z.string()),
  }),
});
const changesSchema = z.object({
  since: z.string(),
  pairs: z.array(z.object({ salesforceId: z.string(), hubspotId: z.string() })),
});

let opened: BareLoop | null = null;
const loop = (): BareLoop => {
  if (opened === null) throw new Error('the bare loop is not open');
  return opened;
};

answer(
  {
    open: async (input) => {
      const { hubspotUrl, salesforceUrl, asks } = openSchema.parse(input);
      // Tandem's own properties: a portal without them refuses to be asked to write them.
      const { schema } = createHubSpot({ accessToken: SANDBOX_TOKEN, baseUrl: hubspotUrl });
      await schema.ensureProperties(OWN_GROUP, OWN_PROPERTIES);
      opened = await BareLoop.open(hubspotUrl, salesforceUrl, asks);
    },
    import: () => measured(() => loop().import()),
    salesforceChanges: (input) => {
      const { since, pairs } = changesSchema.parse(input);
      return measured(() => loop().salesforceChanges(since, pairs));
    },
    hubspotChanges: (input) => {
      const { since, pairs } = changesSchema.parse(input);
      return measured(() => loop().hubspotChanges(since, pairs));
    },
    look: () => measured(() => loop().look()),
  },
  () => Promise.resolve(),
);
