// The HubSpot function `sync-selected`.
import { serve } from './run.ts';

export const main = serve('sync-selected');
