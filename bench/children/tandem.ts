// The measured worker: Tandem in a process of its own.
import { z } from 'zod';
import { answer, measured } from '../processes.ts';
import { openProduct, type Product } from '../product.ts';

const openSchema = z.object({
  hubspotUrl: z.string(),
  salesforceUrl: z.string(),
  databaseUrl: z.string(),
});

let opened: Product | null = null;
const product = (): Product => {
  if (opened === null) throw new Error('Tandem is not open');
  return opened;
};

answer(
  {
    open: async (input) => {
      opened = await openProduct(openSchema.parse(input));
    },
    asksFor: () => product().asksFor(),
    endSecondLooks: () => product().endSecondLooks(),
    syncAll: () => measured(() => product().syncAll()),
    catchUp: () => measured(() => product().catchUp()),
    look: () => measured(() => product().look()),
  },
  async () => {
    await opened?.close();
  },
);
