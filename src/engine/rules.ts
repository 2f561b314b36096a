// The sync rules of a mapping. The first four are the native connector's and the ones an admin may
// choose; the last two belong to default mappings whose behaviour is fixed (native-connector §1.2, §2).

/** Rules an admin can choose for a mapping. */
export const CHOOSABLE_RULES = [
  'preferSalesforceUnlessBlank',
  'alwaysSalesforce',
  'twoWay',
  'off',
] as const;
export type ChoosableRule = (typeof CHOOSABLE_RULES)[number];

/**
 * `optOut`: true on either side makes both true, and nothing ever makes it false (native-connector §11.4).
 */
export type Rule = ChoosableRule | 'optOut';

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
  off: { label: 'Don’t sync', explanation: 'Nothing moves in either direction.' },
  optOut: {
    label: 'Opt-out on either side',
    explanation:
      'Opting out on one side opts out on the other. Nothing here ever opts a person back in.',
  },
};
