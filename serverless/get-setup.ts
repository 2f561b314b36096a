// The HubSpot function `get-setup`.
import { serve } from './run.ts';

export const main = serve('get-setup');
