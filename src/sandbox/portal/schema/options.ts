// Options of HubSpot's own properties whose labels differ from their values, or which a portal may
// have changed in the list that `contact-properties.tsv` was made from: a fresh portal's defaults.
import { optionsFrom, type PropertyOption } from './property.ts';

export const DEFAULT_OPTIONS: Readonly<Record<string, readonly PropertyOption[]>> = {
  hs_lead_status: optionsFrom([
    ['NEW', 'New'],
    ['OPEN', 'Open'],
    ['IN_PROGRESS', 'In Progress'],
    ['OPEN_DEAL', 'Open Deal'],
    ['UNQUALIFIED', 'Unqualified'],
    ['ATTEMPTED_TO_CONTACT', 'Attempted to Contact'],
    ['CONNECTED', 'Connected'],
    ['BAD_TIMING', 'Bad Timing'],
  ]),
  lifecyclestage: optionsFrom([
    ['subscriber', 'Subscriber'],
    ['lead', 'Lead'],
    ['marketingqualifiedlead', 'Marketing Qualified Lead'],
    ['salesqualifiedlead', 'Sales Qualified Lead'],
    ['opportunity', 'Opportunity'],
    ['customer', 'Customer'],
    ['evangelist', 'Evangelist'],
    ['other', 'Other'],
  ]),
  hs_language: optionsFrom([
    ['en', 'English'],
    ['da', 'Danish'],
    ['de', 'German'],
    ['es', 'Spanish'],
    ['fr', 'French'],
    ['it', 'Italian'],
    ['ja', 'Japanese'],
    ['nl', 'Dutch'],
    ['pl', 'Polish'],
    ['pt', 'Portuguese'],
    ['sv', 'Swedish'],
  ]),
};
