// The HubSpot function `undo-changes`.
import { serve } from './run.ts';

export const main = serve('undo-changes');
