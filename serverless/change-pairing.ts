// The HubSpot function `change-pairing`.
import { serve } from './run.ts';

export const main = serve('change-pairing');
