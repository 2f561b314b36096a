// The small fixed parts: what account the portal is, and associations, which the sample portal has none
// of: contacts there belong to no company record.
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { batchAnswer, bodyOf, type Routes } from './call.ts';
import { contactsNotFound } from './errors.ts';
import type { ContactStore } from './contacts/store.ts';

const idsSchema = z.object({ inputs: z.array(z.object({ id: z.coerce.string() })) });

export function accountRoutes(portalId: string, store: ContactStore, clock: Clock): Routes {
  return {
    'GET /account-info/details': () => ({
      status: 200,
      value: {
        portalId: Number(portalId),
        accountType: 'STANDARD',
        timeZone: 'UTC',
        companyCurrency: 'USD',
        additionalCurrencies: [],
        utcOffset: '+00:00',
        utcOffsetMilliseconds: 0,
        uiDomain: 'app.hubspot.com',
        dataHostingLocation: 'na1',
      },
    }),

    'POST /crm/associations/contacts/companies/batch/read': (call) => {
      const { inputs } = bodyOf(call, idsSchema);
      const missing = inputs.map(({ id }) => id).filter((id) => !store.get(id));
      const errors =
        missing.length === 0 ? [] : [{ status: 'error', ...contactsNotFound(missing) }];
      const at = new Date(clock.now()).toISOString();
      return batchAnswer(errors.length > 0 ? 207 : 200, at, [], errors);
    },
  };
}
