// Properties and fields to choose from: what goes together with the other side first, then what does with care, and
// last what doesn't, with the reason. Pure.
import type { FieldChoice, FieldPartners } from '../../../src/api/contract.ts';

export interface FieldOption {
  readonly label: string;
  readonly value: string;
}

/** A Select has no value for "nothing chosen on purpose". */
export const NO_FIELD = '';

export const NO_PARTNERS: FieldPartners = { groups: [] };

const inWords = ({ label, name, type, readOnly }: FieldChoice): string =>
  `${label} (${name}) · ${type}${readOnly ? ' · read-only' : ''}`;

/** @param taken what fields are mapped to already, by name in lower case */
export function fieldOptions(
  choices: readonly FieldChoice[],
  { groups }: FieldPartners,
  taken: ReadonlyMap<string, string>,
): FieldOption[] {
  const found = new Map(groups.flatMap((group) => group.names.map((name) => [name, group])));
  const plain: FieldOption[] = [];
  const careful: FieldOption[] = [];
  const refused: FieldOption[] = [];
  for (const choice of choices) {
    const group = found.get(choice.name);
    const value = choice.name;
    const holder = taken.get(value.toLowerCase());
    if (holder !== undefined)
      refused.push({ value, label: `${inWords(choice)} — already mapped to ${holder}` });
    else if (group === undefined) plain.push({ value, label: inWords(choice) });
    else if (group.verdict === 'warning')
      careful.push({ value, label: `${inWords(choice)} — with care: ${group.sentence}` });
    else refused.push({ value, label: `${inWords(choice)} — not possible: ${group.sentence}` });
  }
  return [...plain, ...careful, ...refused];
}

export const withNone = (options: readonly FieldOption[]): FieldOption[] => [
  { label: 'None', value: NO_FIELD },
  ...options,
];
