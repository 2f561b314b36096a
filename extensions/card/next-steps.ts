// What the next sync will do with a field, in words; and which fields differ.
import type { TagProps } from '@hubspot/ui-extensions';
import type { FieldView } from '../../src/api/contract.ts';

export interface NextStep {
  readonly label: string;
  readonly variant: NonNullable<TagProps['variant']>;
}

const NEXT_STEPS: Readonly<Record<FieldView['next'], NextStep>> = {
  same: { label: 'Same', variant: 'default' },
  toHubSpot: { label: '← To HubSpot', variant: 'info' },
  toSalesforce: { label: 'To Salesforce →', variant: 'info' },
  blocked: { label: 'Stays different', variant: 'warning' },
};

/** Differences with a story of their own are called by it. */
const ISSUES: Readonly<Partial<Record<NonNullable<FieldView['issue']>, string>>> = {
  conflict: 'Conflict',
  reverted: 'Reverted by rule',
  undone: 'Kept after undo',
};

export function nextStep({ next, issue }: FieldView): NextStep {
  const step = NEXT_STEPS[next];
  const story = issue === null ? undefined : ISSUES[issue];
  if (story === undefined) return step;
  const arrow = next === 'toHubSpot' ? '← ' : '';
  const arrowAfter = next === 'toSalesforce' ? ' →' : '';
  return { label: `${arrow}${story}${arrowAfter}`, variant: 'warning' };
}

export const differs = ({ next }: FieldView): boolean => next !== 'same';

/** Where a person may want to decide for themselves: what the next sync would do takes something away. */
export const asksForChoice = ({ issue, choices }: FieldView): boolean =>
  choices.length > 0 && (issue === 'conflict' || issue === 'reverted' || issue === 'undone');

export interface FieldFilter {
  readonly search: string;
  readonly onlyDifferences: boolean;
}

/** The fields with every word of the search in a name, a label or a value. */
export function filterFields(
  fields: readonly FieldView[],
  { search, onlyDifferences }: FieldFilter,
): readonly FieldView[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return fields.filter((field) => {
    if (onlyDifferences && !differs(field)) return false;
    const text = [
      field.hubspotLabel,
      field.hubspotProperty,
      field.salesforceLabel,
      field.salesforceField,
      field.hubspotValue,
      field.salesforceValue,
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** “3 of 24 fields differ.” */
export function differencesInWords(fields: readonly FieldView[]): string {
  const count = fields.filter(differs).length;
  if (count === 0) return `All ${fields.length} fields agree.`;
  return `${count} of ${fields.length} fields ${count === 1 ? 'differs' : 'differ'}.`;
}
