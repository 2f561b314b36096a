// The HubSpot function `get-overview`.
import { serve } from './run.ts';

export const main = serve('get-overview');
