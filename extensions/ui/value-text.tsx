// A field's value in a table: blank is said, not left empty, and long values don't stretch the row.
import { Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';

export const BLANK = '(blank)';

export function ValueText({ value }: { readonly value: string | null }): ReactElement {
  return value === null ? (
    <Text format={{ italic: true }}>{BLANK}</Text>
  ) : (
    <Text truncate={{ tooltipText: value }}>{value}</Text>
  );
}
