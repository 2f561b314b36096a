// The ordered rules in words, and what is done with their order. Pure.
import type { CreationRule } from '../../../src/engine/settings.ts';
import { conditionInWords } from '../../../src/engine/settings-words.ts';

export const BECOMES: Readonly<Record<CreationRule['becomes'], string>> = {
  lead: 'becomes a lead',
  contact: 'becomes a contact',
  nothing: 'isn’t created',
};

/** What most orgs with two kinds of records want first. */
export const NEW_RULE: CreationRule = {
  companyHasAccount: true,
  properties: null,
  becomes: 'contact',
};

const ACCOUNT = {
  true: 'the company has a Salesforce account',
  false: 'the company has no Salesforce account',
} as const;

/** “If the company has a Salesforce account, and Type is “Partner””. */
export function ruleInWords(
  { companyHasAccount, properties }: CreationRule,
  labelOf: (property: string) => string,
): string {
  const account = companyHasAccount === null ? null : ACCOUNT[`${companyHasAccount}`];
  const condition = conditionInWords(properties, labelOf);
  // “and” must not seem to belong to the last of several alternatives.
  const isAny = properties?.match === 'any' && properties.clauses.length > 1;
  const parts = [account, isAny && account !== null ? `(${condition ?? ''})` : condition];
  const told = parts.filter((part) => part !== null);
  return told.length === 0 ? 'Everybody' : `If ${told.join(', and ')}`;
}

const holdsForAll = ({ companyHasAccount, properties }: CreationRule): boolean =>
  companyHasAccount === null && properties === null;

/** Position of the first rule that leaves nobody for those behind it; null: there is none. */
export function lastAsked(rules: readonly CreationRule[]): number | null {
  const index = rules.findIndex(holdsForAll);
  return index === -1 ? null : index;
}

export function moved(
  rules: readonly CreationRule[],
  from: number,
  to: number,
): readonly CreationRule[] {
  const rule = rules[from];
  return rule === undefined ? rules : rules.toSpliced(from, 1).toSpliced(to, 0, rule);
}
