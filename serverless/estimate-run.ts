// The HubSpot function `estimate-run`.
import { serve } from './run.ts';

export const main = serve('estimate-run');
