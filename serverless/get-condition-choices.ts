// The HubSpot function `get-condition-choices`.
import { serve } from './run.ts';

export const main = serve('get-condition-choices');
