// The HubSpot function `start-run`.
import { serve } from './run.ts';

export const main = serve('start-run');
