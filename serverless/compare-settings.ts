// The HubSpot function `compare-settings`.
import { serve } from './run.ts';

export const main = serve('compare-settings');
