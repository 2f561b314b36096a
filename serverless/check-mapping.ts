// The HubSpot function `check-mapping`.
import { serve } from './run.ts';

export const main = serve('check-mapping');
