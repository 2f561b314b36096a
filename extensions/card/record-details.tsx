// The card once its contact is known: summary, Sync now and what it did, and the fields; compact in the record's
// sidebar, in full in a tab.
import { Flex, LoadingButton } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { ApiError, RecordView } from '../../src/api/contract.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { FieldDigest } from './field-digest.tsx';
import { FieldTable } from './field-table.tsx';
import { RecordSummary } from './record-summary.tsx';
import { SyncOutcome } from './sync-outcome.tsx';
import type { SyncEnd } from './use-record.ts';

export interface RecordDetailsProps {
  readonly record: RecordView;
  readonly timezone: string;
  readonly compact: boolean;
  readonly isSyncing: boolean;
  readonly lastEnd: SyncEnd | null;
  /** Why reading the contact again failed; null when what is shown is what was read last. */
  readonly staleBecause: ApiError | null;
  readonly onSyncNow: () => void;
}

export function RecordDetails(props: RecordDetailsProps): ReactElement {
  const { record, compact, isSyncing, lastEnd, staleBecause } = props;
  return (
    <Flex direction="column" gap="medium">
      <RecordSummary record={record} timezone={props.timezone} compact={compact} />
      <Flex direction="row">
        <LoadingButton variant="primary" loading={isSyncing} onClick={props.onSyncNow}>
          {isSyncing ? 'Syncing' : 'Sync now'}
        </LoadingButton>
      </Flex>
      {staleBecause !== null && (
        <ErrorNotice title="What you see may be out of date" error={staleBecause} />
      )}
      {lastEnd !== null && <SyncOutcome end={lastEnd} compact={compact} />}
      {record.fields.length > 0 &&
        (compact ? <FieldDigest fields={record.fields} /> : <FieldTable fields={record.fields} />)}
    </Flex>
  );
}
