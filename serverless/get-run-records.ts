// The HubSpot function `get-run-records`.
import { serve } from './run.ts';

export const main = serve('get-run-records');
