// The card once its contact is known: summary, what can be done and how it ended, the fields and the history;
// compact in the record's sidebar, in full in a tab.
import { Flex, Tab, Tabs } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ApiError, RecordView } from '../../src/api/contract.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { CardTools } from './card-tools.ts';
import { FieldDigest } from './field-digest.tsx';
import { FieldTable } from './field-table.tsx';
import { HistoryButton, HistoryList } from './history-list.tsx';
import { LeftOut } from './left-out.tsx';
import { PairingButton } from './pairing-dialog.tsx';
import { RecordSummary } from './record-summary.tsx';
import { SyncButton } from './sync-dialog.tsx';
import { SyncOutcome } from './sync-outcome.tsx';
import type { DeedEnd } from './use-deeds.ts';

export interface Stale {
  readonly error: ApiError;
  readonly running: boolean;
  readonly onRetry: () => void;
}

export interface RecordDetailsProps {
  readonly record: RecordView;
  readonly tools: CardTools;
  readonly lastEnd: DeedEnd | null;
  /** Why reading the contact again failed; null when what is shown is what was read last. */
  readonly stale: Stale | null;
}

export function RecordDetails({ record, tools, lastEnd, stale }: RecordDetailsProps): ReactElement {
  const { compact, timezone } = tools;
  return (
    <Flex direction="column" gap="medium">
      <RecordSummary record={record} timezone={timezone} compact={compact} />
      <Flex direction="row" gap="small" align="center" wrap>
        <SyncButton
          tools={tools}
          id="tandem-sync"
          label="Sync now"
          title="Sync now"
          variant="primary"
        />
        <PairingButton record={record} tools={tools} />
        {compact && <HistoryButton tools={tools} />}
      </Flex>
      {stale !== null && (
        <ErrorNotice
          title="What you see may be out of date"
          error={stale.error}
          retry={{ running: stale.running, onRetry: stale.onRetry }}
        />
      )}
      {lastEnd !== null && <SyncOutcome end={lastEnd} tools={tools} />}
      {compact ? (
        record.fields.length > 0 && <FieldDigest fields={record.fields} tools={tools} />
      ) : (
        <FieldsAndHistory record={record} tools={tools} />
      )}
      <LeftOut leftOut={record.leftOut} />
    </Flex>
  );
}

const FIELDS = 'fields';
const HISTORY = 'history';

function FieldsAndHistory({
  record,
  tools,
}: Pick<RecordDetailsProps, 'record' | 'tools'>): ReactElement {
  const [shown, setShown] = useState<string>(record.fields.length > 0 ? FIELDS : HISTORY);
  return (
    <Tabs
      selected={shown}
      onSelectedChange={(tab: string) => {
        setShown(tab);
      }}
    >
      {record.fields.length > 0 && (
        <Tab tabId={FIELDS} title="Fields">
          <FieldTable fields={record.fields} tools={tools} place="tab" />
        </Tab>
      )}
      <Tab tabId={HISTORY} title="History of this person">
        {shown === HISTORY && <HistoryList tools={tools} />}
      </Tab>
    </Tabs>
  );
}
