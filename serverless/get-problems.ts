// The HubSpot function `get-problems`.
import { serve } from './run.ts';

export const main = serve('get-problems');
