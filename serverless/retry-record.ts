// The HubSpot function `retry-record`.
import { serve } from './run.ts';

export const main = serve('retry-record');
