// A field's value in a table: blank is said, not left empty, and long values don't stretch the row.
import { Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';

export const BLANK = '(blank)';

/** Two values fit side by side with a rule and what becomes of them. */
const LONGEST_PX = 140;

export function ValueText({ value }: { readonly value: string | null }): ReactElement {
  return value === null ? (
    <Text format={{ italic: true }}>{BLANK}</Text>
  ) : (
    <Text truncate={{ tooltipText: value, maxWidth: LONGEST_PX }}>{value}</Text>
  );
}
