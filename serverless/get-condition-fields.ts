// The HubSpot function `get-condition-fields`.
import { serve } from './run.ts';

export const main = serve('get-condition-fields');
