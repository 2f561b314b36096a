// The HubSpot function `export-run-records`.
import { serve } from './run.ts';

export const main = serve('export-run-records');
