// The card "Salesforce sync" on a contact: fetches, and decides which of its states to show. What each looks
// like is in the files beside it.
import { LoadingSpinner } from '@hubspot/ui-extensions';
import type { ExtensionPointApi } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RecordDetails } from './record-details.tsx';
import { OUTCOME_WORDS, SYNC_FAILED } from './sync-outcome.tsx';
import { useRecordChanges } from './use-record-changes.ts';
import { useRecord, useSyncNow } from './use-record.ts';
import type { SyncEnd } from './use-record.ts';
import { useSecondLooks } from './use-second-looks.ts';

type CardApi = ExtensionPointApi<'crm.record.sidebar'>;

type CardActions = Pick<
  CardApi['actions'],
  'addAlert' | 'onCrmPropertiesUpdate' | 'refreshObjectProperties'
>;

export interface SyncCardProps {
  readonly context: CardApi['context'];
  readonly actions: CardActions;
}

function announce(end: SyncEnd, { addAlert, refreshObjectProperties }: CardActions): void {
  if (end.kind === 'failed') {
    addAlert({ type: 'danger', title: SYNC_FAILED, message: apiErrorOf(end.error).message });
    return;
  }
  const { outcome, sentence, changes } = end.result;
  const { title, tone } = OUTCOME_WORDS[outcome];
  addAlert({ type: tone, title, message: sentence });
  // HubSpot's own page still shows the values from before.
  if (changes.some(({ side }) => side === 'hubspot')) refreshObjectProperties();
}

export function SyncCard({ context, actions }: SyncCardProps): ReactElement {
  const contactId = String(context.crm.objectId);
  const { record, readAt, error, isFetching, refetch } = useRecord(contactId);
  const sync = useSyncNow(contactId, (end) => {
    announce(end, actions);
  });
  useRecordChanges(record, actions.onCrmPropertiesUpdate, refetch);
  useSecondLooks(record, readAt, refetch);

  if (record === undefined) {
    return error === null ? (
      <LoadingSpinner label="Looking at HubSpot and Salesforce" showLabel layout="centered" />
    ) : (
      <ErrorNotice
        title="This contact cannot be shown"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: refetch }}
      />
    );
  }
  return (
    <RecordDetails
      record={record}
      timezone={context.portal.timezone}
      compact={context.location !== 'crm.record.tab'}
      isSyncing={sync.isSyncing}
      lastEnd={sync.lastEnd}
      staleBecause={error === null ? null : apiErrorOf(error)}
      onSyncNow={sync.syncNow}
    />
  );
}
