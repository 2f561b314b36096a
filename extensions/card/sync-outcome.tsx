// How the last deed from the card ended: one sentence, and each value it wrote with what was there before and a way
// to take it back; or why it failed.
import { Alert, Flex } from '@hubspot/ui-extensions';
import type { AlertProps } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { SyncResult } from '../../src/api/contract.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ChangeList } from './change-list.tsx';
import type { CardTools } from './card-tools.ts';
import { UndoButton, UndoneFields } from './undo-dialog.tsx';
import type { Deed, DeedEnd } from './use-deeds.ts';

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

export const FAILED: Readonly<Record<Deed['kind'], string>> = {
  sync: 'Sync failed',
  undo: 'Undo failed',
  pair: 'The pairing could not be changed',
};

/** What a person is told once it is over. */
export function wordsFor(end: DeedEnd): OutcomeWords & { readonly sentence: string } {
  switch (end.kind) {
    case 'failed':
      return { title: FAILED[end.deed], tone: 'danger', sentence: apiErrorOf(end.error).message };
    case 'synced':
      return { ...OUTCOME_WORDS[end.result.outcome], sentence: end.result.sentence };
    case 'undone': {
      const isDone = end.result.fields.some(({ result }) => result === 'restored');
      const { sentence } = end.result;
      return isDone
        ? { title: 'Undone', tone: 'success', sentence }
        : { title: 'Not undone', tone: 'warning', sentence };
    }
    case 'paired':
      return end.record.salesforce === null
        ? {
            title: 'Unlinked',
            tone: 'success',
            sentence: 'The two records are no pair any more, and no rule pairs them again.',
          }
        : {
            title: 'Paired',
            tone: 'success',
            sentence: `The contact belongs to the ${end.record.salesforce.object.toLowerCase()} ${end.record.salesforce.name} from now on.`,
          };
  }
}

export interface SyncOutcomeProps {
  readonly end: DeedEnd;
  readonly tools: CardTools;
}

export function SyncOutcome({ end, tools }: SyncOutcomeProps): ReactElement {
  if (end.kind === 'failed')
    return <ErrorNotice title={FAILED[end.deed]} error={apiErrorOf(end.error)} />;
  const { title, tone, sentence } = wordsFor(end);
  return (
    <Flex direction="column" gap="small">
      <Alert title={title} variant={tone}>
        {sentence}
      </Alert>
      {end.kind === 'synced' && end.result.changes.length > 0 && (
        <ChangeList changes={end.result.changes} compact={tools.compact} />
      )}
      {end.kind === 'synced' && end.result.entryIds.length > 0 && (
        <Flex direction="row">
          <UndoButton
            tools={tools}
            id="tandem-undo-sync"
            label="Undo this sync"
            changes={end.result.entryIds.map((entryId) => ({ entryId }))}
          />
        </Flex>
      )}
      {end.kind === 'undone' && <UndoneFields result={end.result} compact={tools.compact} />}
    </Flex>
  );
}
