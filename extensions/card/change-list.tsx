// Values that were, or would be, written: a table where there is room, lines where there is not.
import {
  Flex,
  List,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement, ReactNode } from 'react';
import type { FieldChange } from '../../src/api/contract.ts';
import { BLANK, ValueText } from '../ui/value-text.tsx';

export const SIDES: Readonly<Record<FieldChange['side'], string>> = {
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
};

export interface ShownChange extends FieldChange {
  /** What decided it, or what comes of it. */
  readonly note?: string | null;
  /** What can be done about it. */
  readonly action?: ReactNode;
}

export interface ChangeListProps {
  readonly changes: readonly ShownChange[];
  readonly compact: boolean;
  /** Of the notes. */
  readonly noteTitle?: string;
}

export const changeInWords = ({ side, field, before, after }: FieldChange): string =>
  `${SIDES[side]} · ${field}: ${before ?? BLANK} → ${after ?? BLANK}`;

const keyOf = ({ side, field }: FieldChange, index: number): string => `${side}~${field}~${index}`;

function ChangeLines({ changes }: Pick<ChangeListProps, 'changes'>): ReactElement {
  return (
    <List variant="unordered">
      {changes.map((change, index) => (
        <Flex key={keyOf(change, index)} direction="column" gap="flush" align="start">
          <Text variant="microcopy">{changeInWords(change)}</Text>
          {change.note != null && <Text variant="microcopy">{change.note}</Text>}
          {change.action}
        </Flex>
      ))}
    </List>
  );
}

function ChangeTable({ changes, noteTitle = 'Why' }: ChangeListProps): ReactElement {
  const hasNotes = changes.some(({ note }) => note != null);
  const hasActions = changes.some(({ action }) => action != null);
  return (
    <Table bordered flush density="compact">
      <TableHead>
        <TableRow>
          <TableHeader>Written to</TableHeader>
          <TableHeader>Field</TableHeader>
          <TableHeader>Before</TableHeader>
          <TableHeader>After</TableHeader>
          {hasNotes && <TableHeader>{noteTitle}</TableHeader>}
          {hasActions && <TableHeader>Undo</TableHeader>}
        </TableRow>
      </TableHead>
      <TableBody>
        {changes.map((change, index) => (
          <TableRow key={keyOf(change, index)}>
            <TableCell>{SIDES[change.side]}</TableCell>
            <TableCell>{change.field}</TableCell>
            <TableCell>
              <ValueText value={change.before} />
            </TableCell>
            <TableCell>
              <ValueText value={change.after} />
            </TableCell>
            {hasNotes && (
              <TableCell>
                <Text variant="microcopy">{change.note ?? ''}</Text>
              </TableCell>
            )}
            {hasActions && <TableCell>{change.action}</TableCell>}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export function ChangeList(props: ChangeListProps): ReactElement {
  return props.compact ? <ChangeLines changes={props.changes} /> : <ChangeTable {...props} />;
}
