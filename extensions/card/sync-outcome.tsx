// How Sync now ended: one sentence, and each value it wrote with what was there before; or why it failed.
import {
  Alert,
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
import type { AlertProps } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { FieldChange, SyncResult } from '../../src/api/contract.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { BLANK, ValueText } from '../ui/value-text.tsx';
import type { SyncEnd } from './use-record.ts';

type Tone = Exclude<AlertProps['variant'], 'error' | undefined>;

interface OutcomeWords {
  readonly title: string;
  readonly tone: Tone;
}

export const OUTCOME_WORDS: Readonly<Record<SyncResult['outcome'], OutcomeWords>> = {
  createdInSalesforce: { title: 'Created in Salesforce', tone: 'success' },
  createdInHubSpot: { title: 'Created in HubSpot', tone: 'success' },
  updated: { title: 'Synced', tone: 'success' },
  paired: { title: 'Paired', tone: 'success' },
  nothingToDo: { title: 'Nothing to sync', tone: 'info' },
  notSynced: { title: 'Not synced', tone: 'warning' },
};

export const SYNC_FAILED = 'Sync failed';

const SIDES: Readonly<Record<FieldChange['side'], string>> = {
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
};

const keyOf = ({ side, field }: FieldChange): string => `${side}~${field}`;

function ChangeLines({ changes }: { readonly changes: readonly FieldChange[] }): ReactElement {
  return (
    <List variant="unordered">
      {changes.map((change) => (
        <Text key={keyOf(change)} variant="microcopy">
          {`${SIDES[change.side]} · ${change.field}: ${change.before ?? BLANK} → ${change.after ?? BLANK}`}
        </Text>
      ))}
    </List>
  );
}

function ChangeTable({ changes }: { readonly changes: readonly FieldChange[] }): ReactElement {
  return (
    <Table bordered flush density="compact">
      <TableHead>
        <TableRow>
          <TableHeader>Written to</TableHeader>
          <TableHeader>Field</TableHeader>
          <TableHeader>Before</TableHeader>
          <TableHeader>After</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <TableRow key={keyOf(change)}>
            <TableCell>{SIDES[change.side]}</TableCell>
            <TableCell>{change.field}</TableCell>
            <TableCell>
              <ValueText value={change.before} />
            </TableCell>
            <TableCell>
              <ValueText value={change.after} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export interface SyncOutcomeProps {
  readonly end: SyncEnd;
  readonly compact: boolean;
}

export function SyncOutcome({ end, compact }: SyncOutcomeProps): ReactElement {
  if (end.kind === 'failed') {
    return <ErrorNotice title={SYNC_FAILED} error={apiErrorOf(end.error)} />;
  }
  const { outcome, sentence, changes } = end.result;
  const { title, tone } = OUTCOME_WORDS[outcome];
  const Changes = compact ? ChangeLines : ChangeTable;
  return (
    <Flex direction="column" gap="small">
      <Alert title={title} variant={tone}>
        {sentence}
      </Alert>
      {changes.length > 0 && <Changes changes={changes} />}
    </Flex>
  );
}
