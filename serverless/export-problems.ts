// The HubSpot function `export-problems`.
import { serve } from './run.ts';

export const main = serve('export-problems');
