// The HubSpot function `get-settings`.
import { serve } from './run.ts';

export const main = serve('get-settings');
