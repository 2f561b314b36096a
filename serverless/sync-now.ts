// The HubSpot function `sync-now`.
import { serve } from './run.ts';

export const main = serve('sync-now');
