// The sync rules that an admin can choose, with HubSpot's words for them. The words are the engine's own table:
// the contract's views carry the label of a mapping's rule, but not those of the rules it could have.
import type { SettingsView } from '../../src/api/contract.ts';
import { CHOOSABLE_RULES, RULE_TEXTS } from '../../src/engine/rules.ts';
import type { ChoosableRule } from '../../src/engine/rules.ts';

export type { ChoosableRule };

/** What a mapping gets unless an admin chooses otherwise (native-connector §1.3). */
export const DEFAULT_RULE: ChoosableRule = 'preferSalesforceUnlessBlank';

export const RULE_OPTIONS = CHOOSABLE_RULES.map((rule) => ({
  label: RULE_TEXTS[rule].label,
  value: rule,
}));

export const explanationOf = (rule: SettingsView['mappings'][number]['rule']): string =>
  RULE_TEXTS[rule].explanation;

export const labelOf = (rule: ChoosableRule): string => RULE_TEXTS[rule].label;

/** What a Select hands back, if it is a rule. */
export const ruleFrom = (value: unknown): ChoosableRule | null =>
  CHOOSABLE_RULES.find((rule) => rule === value) ?? null;
