// The HubSpot function `preview-sync`.
import { serve } from './run.ts';

export const main = serve('preview-sync');
