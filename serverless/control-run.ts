// The HubSpot function `control-run`.
import { serve } from './run.ts';

export const main = serve('control-run');
