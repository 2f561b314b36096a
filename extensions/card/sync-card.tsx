// The card "Salesforce sync" on a contact: fetches, and decides which of its states to show. What each looks
// like is in the files beside it.
import { LoadingSpinner } from '@hubspot/ui-extensions';
import type { ExtensionPointApi } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RecordDetails } from './record-details.tsx';
import { wordsFor } from './sync-outcome.tsx';
import { useDeeds } from './use-deeds.ts';
import type { DeedEnd } from './use-deeds.ts';
import { useRecordChanges } from './use-record-changes.ts';
import { useRecord } from './use-record.ts';
import { useSecondLooks } from './use-second-looks.ts';

type CardApi = ExtensionPointApi<'crm.record.sidebar'>;

type CardActions = Pick<
  CardApi['actions'],
  'addAlert' | 'closeOverlay' | 'onCrmPropertiesUpdate' | 'refreshObjectProperties'
>;

export interface SyncCardProps {
  readonly context: CardApi['context'];
  readonly actions: CardActions;
}

function announce(end: DeedEnd, { addAlert, refreshObjectProperties }: CardActions): void {
  const { title, tone, sentence } = wordsFor(end);
  addAlert({ type: tone, title, message: sentence });
  // HubSpot's own page still shows the values from before.
  if (touchesHubSpot(end)) refreshObjectProperties();
}

function touchesHubSpot(end: DeedEnd): boolean {
  switch (end.kind) {
    case 'synced':
      return end.result.changes.some(({ side }) => side === 'hubspot');
    // What follows on the other side is not listed.
    case 'undone':
      return end.result.fields.some(({ result }) => result === 'restored');
    case 'paired':
      return true;
    case 'failed':
      return false;
  }
}

export function SyncCard({ context, actions }: SyncCardProps): ReactElement {
  const contactId = String(context.crm.objectId);
  const { record, readAt, error, isFetching, refetch } = useRecord(contactId);
  const { lastEnd, running, run } = useDeeds(contactId, (end) => {
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
  const tools = {
    contactId,
    portalId: context.portal.id,
    timezone: context.portal.timezone,
    compact: context.location !== 'crm.record.tab',
    running,
    run,
    closeOverlay: (id: string) => {
      actions.closeOverlay(id);
    },
  };
  const stale = error && {
    error: apiErrorOf(error),
    running: isFetching,
    onRetry: refetch,
  };
  return <RecordDetails record={record} tools={tools} lastEnd={lastEnd} stale={stale} />;
}
