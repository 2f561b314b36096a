// The HubSpot function `get-runs`.
import { serve } from './run.ts';

export const main = serve('get-runs');
