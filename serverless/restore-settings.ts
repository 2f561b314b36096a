// The HubSpot function `restore-settings`.
import { serve } from './run.ts';

export const main = serve('restore-settings');
