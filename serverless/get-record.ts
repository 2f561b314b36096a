// The HubSpot function `get-record`.
import { serve } from './run.ts';

export const main = serve('get-record');
