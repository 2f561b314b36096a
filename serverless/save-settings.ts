// The HubSpot function `save-settings`.
import { serve } from './run.ts';

export const main = serve('save-settings');
