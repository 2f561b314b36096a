// What account the portal is, and what the app behind a token may do there.
import { z } from 'zod';
import { SANDBOX_APP_ID, SANDBOX_SCOPES, SANDBOX_TOKEN } from './auth.ts';
import { bodyOf, type Routes } from './call.ts';
import { notFound } from './errors.ts';

const tokenSchema = z.object({ tokenKey: z.string() });

export function accountRoutes(portalId: string): Routes {
  return {
    'POST /oauth/private-apps/get/access-token-info': (call) => {
      const { tokenKey } = bodyOf(call, tokenSchema);
      if (tokenKey !== SANDBOX_TOKEN) throw notFound();
      return {
        status: 200,
        value: {
          userId: 61000101,
          hubId: Number(portalId),
          appId: Number(SANDBOX_APP_ID),
          scopes: SANDBOX_SCOPES,
        },
      };
    },
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
  };
}
