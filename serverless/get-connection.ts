// The HubSpot function `get-connection`.
import { serve } from './run.ts';

export const main = serve('get-connection');
