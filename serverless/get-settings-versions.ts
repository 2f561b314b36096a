// The HubSpot function `get-settings-versions`.
import { serve } from './run.ts';

export const main = serve('get-settings-versions');
