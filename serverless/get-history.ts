// The HubSpot function `get-history`.
import { serve } from './run.ts';

export const main = serve('get-history');
