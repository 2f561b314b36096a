// The HubSpot function `get-mapping-choices`.
import { serve } from './run.ts';

export const main = serve('get-mapping-choices');
