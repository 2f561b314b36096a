// What the tables of rules share: the cases that each rule is tried in, and the sentences they answer with.
import { CHOOSABLE_RULES, RULE_TEXTS, type ChoosableRule } from '../../../src/engine/rules.ts';

export const RULE_COLUMNS = [
  'rule',
  'agreed',
  'HubSpot',
  'Salesforce',
  'outcome',
  'because',
] as const;

/** Agreed on, in HubSpot, in Salesforce. */
export const CASES: readonly string[] = [
  'never blank blank',
  'never A blank',
  'never blank B',
  'never A B',
  'never A A',
  'blank A blank',
  'blank blank B',
  'blank A B',
  'B B B',
  'B _B_ B',
  'B C B',
  'B B D',
  'B C D',
  'B C C',
  'B blank B',
  'B B blank',
  'B C blank',
  'B blank D',
  'B blank blank',
];

export function ruleOf(label: string): ChoosableRule {
  const rule = CHOOSABLE_RULES.find((one) => RULE_TEXTS[one].label === label);
  if (!rule) throw new Error(`no rule is called ${label}`);
  return rule;
}

/** What a rep reads, spelt out here so that a changed sentence is noticed. */
export function BECAUSE(what: string, rule: string, field = 'City'): string {
  switch (what) {
    case '':
      return '';
    case 'set back in HubSpot':
      return `The change in HubSpot was set back to Salesforce’s value, because the rule is “${rule}”.`;
    case 'set back in Salesforce':
      return `The change in Salesforce was set back to HubSpot’s value, because the rule is “${rule}”.`;
    case 'stays in HubSpot':
      return `HubSpot’s value stays in HubSpot, because the rule is “${rule}”.`;
    case 'stays in Salesforce':
      return `Salesforce’s value stays in Salesforce, because the rule is “${rule}”.`;
    case 'stays different':
      return `The two sides differ and stay so, because the rule is “${rule}”.`;
    case 'required':
      return `${field} was cleared in HubSpot, but Salesforce requires it; it was left as it is there.`;
    default:
      throw new Error(`no sentence for ${what}`);
  }
}
