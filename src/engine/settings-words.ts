// Parts of the settings in the words of the settings page, for whoever compares two versions.
import type { COMPARISONS, Condition } from './conditions.ts';
import type { ValuePair } from './defaults.ts';
import type { SalesforceObject } from './fields.ts';
import type { Mapping } from './mapping.ts';
import type { CreationRule, Settings } from './settings.ts';

/** What things are called: labels where they are known, else the names themselves. */
export interface SettingNames {
  readonly property: (name: string) => string;
  readonly field: (object: SalesforceObject, name: string) => string;
  readonly list: (id: string) => string;
  /** A HubSpot owner, Salesforce user or queue. */
  readonly owner: (id: string) => string;
}

const COMPARISON_WORDS: Readonly<Record<(typeof COMPARISONS)[number], string>> = {
  is: 'is',
  isNot: 'is not',
  contains: 'contains',
  startsWith: 'starts with',
  lessThan: 'is less than',
  greaterThan: 'is greater than',
  isBlank: 'is blank',
  isNotBlank: 'is not blank',
};

export function conditionInWords(
  condition: Condition | null,
  nameOf: (field: string) => string,
): string | null {
  if (condition === null) return null;
  const clauses = condition.clauses.map(({ field, comparison, values }) =>
    [nameOf(field), COMPARISON_WORDS[comparison], values.map((value) => `“${value}”`).join(' or ')]
      .join(' ')
      .trimEnd(),
  );
  return clauses.join(condition.match === 'all' ? ', and ' : ', or ');
}

const BECOMES: Readonly<Record<CreationRule['becomes'], string>> = {
  lead: 'a lead',
  contact: 'a contact',
  nothing: 'nothing',
};
export const becomesInWords = (becomes: CreationRule['becomes']): string => BECOMES[becomes];

export function creationRulesInWords(
  rules: readonly CreationRule[],
  names: SettingNames,
): string | null {
  if (rules.length === 0) return null;
  return rules
    .map(({ companyHasAccount, properties, becomes }, index) => {
      const account =
        companyHasAccount === null
          ? null
          : `the company has ${companyHasAccount ? 'an' : 'no'} account`;
      const when = [account, conditionInWords(properties, names.property)].filter(
        (part) => part !== null,
      );
      const condition = when.length === 0 ? 'always' : `if ${when.join(', and ')}`;
      return `${index + 1}. ${condition}: ${BECOMES[becomes]}`;
    })
    .join('; ');
}

export function receiversInWords(
  receivers: Settings['inclusion']['receivers'],
  names: SettingNames,
): string {
  if (receivers === 'members') return 'The same members';
  return receivers === 'everybody' ? 'Everybody' : names.list(receivers.listId);
}

/** The Salesforce side of a mapping: one label where lead and contact call it the same. */
export function salesforceSideInWords(
  { leadField, contactField }: Pick<Mapping, 'leadField' | 'contactField'>,
  names: SettingNames,
): string {
  const lead = leadField === null ? null : names.field('Lead', leadField);
  const contact = contactField === null ? null : names.field('Contact', contactField);
  if (lead !== null && lead === contact && leadField === contactField) return lead;
  return [lead === null ? null : `${lead} (lead)`, contact === null ? null : `${contact} (contact)`]
    .filter((part) => part !== null)
    .join(', ');
}

const pairInWords = ({ hubspot, salesforce }: ValuePair): string =>
  `“${hubspot}” = “${salesforce}”`;

/** The pairs of a value map that another doesn't have; null where it has all of them. */
export function pairsBeyond(map: readonly ValuePair[], other: readonly ValuePair[]): string | null {
  const known = new Set(other.map(pairInWords));
  const beyond = map.map(pairInWords).filter((pair) => !known.has(pair));
  return beyond.length === 0 ? null : beyond.join(', ');
}
