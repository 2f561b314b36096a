// The sync rules of a mapping. The first four an admin may choose are the native connector's; the next
// four are what it lacks (native-connector §2, §13). The last two belong to default mappings alone.

/** Rules an admin can choose for a mapping. */
export const CHOOSABLE_RULES = [
  'preferSalesforceUnlessBlank',
  'alwaysSalesforce',
  'twoWay',
  'preferHubSpotUnlessBlank',
  'alwaysHubSpot',
  'fillHubSpotIfBlank',
  'fillSalesforceIfBlank',
  'off',
] as const;
export type ChoosableRule = (typeof CHOOSABLE_RULES)[number];

/**
 * `optOut`: true on either side makes both true, and nothing ever makes it false (native-connector §11.4).
 * `mirror`: Tandem's own properties hold what Salesforce holds, blank included.
 */
export type Rule = ChoosableRule | 'optOut' | 'mirror';

/** Whether a rule ever sends values to a side. */
export const SENDS_TO: Readonly<
  Record<Rule, { readonly hubspot: boolean; readonly salesforce: boolean }>
> = {
  preferSalesforceUnlessBlank: { hubspot: true, salesforce: true },
  alwaysSalesforce: { hubspot: true, salesforce: false },
  twoWay: { hubspot: true, salesforce: true },
  preferHubSpotUnlessBlank: { hubspot: true, salesforce: true },
  alwaysHubSpot: { hubspot: false, salesforce: true },
  fillHubSpotIfBlank: { hubspot: true, salesforce: false },
  fillSalesforceIfBlank: { hubspot: false, salesforce: true },
  off: { hubspot: false, salesforce: false },
  optOut: { hubspot: true, salesforce: true },
  mirror: { hubspot: true, salesforce: false },
};

/** HubSpot's own words for each rule, and what it does, for people. */
export const RULE_TEXTS: Readonly<
  Record<Rule, { readonly label: string; readonly explanation: string }>
> = {
  preferSalesforceUnlessBlank: {
    label: 'Prefer Salesforce unless blank',
    explanation:
      'Salesforce wins. HubSpot’s value goes to Salesforce only while the Salesforce field is blank; clearing it in Salesforce clears it in HubSpot.',
  },
  alwaysSalesforce: {
    label: 'Always use Salesforce',
    explanation: 'Salesforce overwrites HubSpot. HubSpot’s value never goes to Salesforce.',
  },
  twoWay: {
    label: 'Two-way',
    explanation:
      'The most recent change wins, on whichever side it was made; clearing counts as a change.',
  },
  preferHubSpotUnlessBlank: {
    label: 'Prefer HubSpot unless blank',
    explanation:
      'HubSpot wins. Salesforce’s value goes to HubSpot only while the HubSpot property is blank; clearing it in HubSpot clears it in Salesforce.',
  },
  alwaysHubSpot: {
    label: 'Always use HubSpot',
    explanation: 'HubSpot overwrites Salesforce. Salesforce’s value never goes to HubSpot.',
  },
  fillHubSpotIfBlank: {
    label: 'Fill HubSpot if blank',
    explanation:
      'Salesforce’s value goes to HubSpot while the HubSpot property is blank, and overwrites nothing.',
  },
  fillSalesforceIfBlank: {
    label: 'Fill Salesforce if blank',
    explanation:
      'HubSpot’s value goes to Salesforce while the Salesforce field is blank, and overwrites nothing.',
  },
  off: { label: 'Don’t sync', explanation: 'Nothing moves in either direction.' },
  optOut: {
    label: 'Opt-out on either side',
    explanation:
      'Opting out on one side opts out on the other. Nothing here ever opts a person back in.',
  },
  mirror: {
    label: 'Copied from Salesforce',
    explanation: 'The HubSpot property always holds what Salesforce holds, blank included.',
  },
};
