// The HubSpot function `get-inclusion-lists`.
import { serve } from './run.ts';

export const main = serve('get-inclusion-lists');
