// What account the portal is.
import type { Routes } from './call.ts';

export function accountRoutes(portalId: string): Routes {
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
  };
}
