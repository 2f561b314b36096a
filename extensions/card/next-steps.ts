// What the next sync will do with a field, in words; and which fields differ.
import type { TagProps } from '@hubspot/ui-extensions';
import type { FieldView } from '../../src/api/contract.ts';

export interface NextStep {
  readonly label: string;
  readonly variant: NonNullable<TagProps['variant']>;
}

export const NEXT_STEPS: Readonly<Record<FieldView['next'], NextStep>> = {
  same: { label: 'Same', variant: 'default' },
  toHubSpot: { label: 'To HubSpot', variant: 'info' },
  toSalesforce: { label: 'To Salesforce', variant: 'info' },
  blocked: { label: 'Stays different', variant: 'warning' },
};

export const differs = ({ next }: FieldView): boolean => next !== 'same';

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
