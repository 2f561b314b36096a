// The HubSpot function `get-problem-records`.
import { serve } from './run.ts';

export const main = serve('get-problem-records');
