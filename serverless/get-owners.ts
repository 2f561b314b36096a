// The HubSpot function `get-owners`.
import { serve } from './run.ts';

export const main = serve('get-owners');
