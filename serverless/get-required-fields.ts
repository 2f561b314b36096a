// The HubSpot function `get-required-fields`.
import { serve } from './run.ts';

export const main = serve('get-required-fields');
