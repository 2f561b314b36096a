// The history of this person: who or what synced when, each value before and after with what decided it, and a way
// to take it back.
import {
  Button,
  Divider,
  EmptyState,
  Flex,
  LoadingButton,
  LoadingSpinner,
  Panel,
  PanelBody,
  PanelSection,
  Text,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { HistoryMoment } from '../../src/api/contract.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { ChangeList } from './change-list.tsx';
import type { ShownChange } from './change-list.tsx';
import type { CardTools } from './card-tools.ts';
import { UndoButton } from './undo-dialog.tsx';
import { useHistory } from './use-record.ts';

export function HistoryList({ tools }: { readonly tools: CardTools }): ReactElement {
  const { value, error, isFetching, refetch, ...more } = useHistory(tools.contactId);
  if (value === undefined) {
    return error === null ? (
      <LoadingSpinner label="Loading the history" showLabel />
    ) : (
      <ErrorNotice
        title="The history could not be loaded"
        error={apiErrorOf(error)}
        retry={{ running: isFetching, onRetry: refetch }}
      />
    );
  }
  if (value.length === 0) {
    return (
      <EmptyState title="No history yet" flush imageWidth={120}>
        <Text>Everything that a sync writes for this person will be listed here.</Text>
      </EmptyState>
    );
  }
  return (
    <Flex direction="column" gap="medium">
      {value.map((moment) => (
        <Moment key={moment.id} moment={moment} tools={tools} />
      ))}
      {error !== null && <ErrorNotice title="More could not be loaded" error={apiErrorOf(error)} />}
      {more.hasMore && (
        <Flex direction="row">
          <LoadingButton size="small" loading={more.isFetchingMore} onClick={more.fetchMore}>
            Show older
          </LoadingButton>
        </Flex>
      )}
    </Flex>
  );
}

interface MomentProps {
  readonly moment: HistoryMoment;
  readonly tools: CardTools;
}

function Moment({ moment, tools }: MomentProps): ReactElement {
  const { id, at, by, pairing, changes, entryIds } = moment;
  const undoable = changes.filter(({ notUndoable }) => notUndoable === null);
  const shown = changes.map((change, index): ShownChange => ({
    ...change,
    note: change.because,
    // One value of one is what “Undo all of it” takes back.
    ...(change.notUndoable === null &&
      undoable.length > 1 && {
        action: (
          <UndoButton
            tools={tools}
            id={`tandem-undo-${change.entryId}-${index}`}
            label="Undo"
            changes={[{ entryId: change.entryId, name: change.name }]}
          />
        ),
      }),
  }));
  return (
    <Flex direction="column" gap="small">
      <Flex direction="row" gap="small" align="center" justify="between" wrap>
        <Flex direction="column" gap="flush">
          <Text format={{ fontWeight: 'demibold' }}>{by}</Text>
          <RelativeTime iso={at} timezone={tools.timezone} />
        </Flex>
        {undoable.length > 0 && (
          <UndoButton
            tools={tools}
            id={`tandem-undo-${id}`}
            label={undoable.length === 1 ? 'Undo' : 'Undo all of it'}
            changes={entryIds.map((entryId) => ({ entryId }))}
          />
        )}
      </Flex>
      {pairing !== null && <Text>{pairing}</Text>}
      {shown.length > 0 && <ChangeList changes={shown} compact={tools.compact} />}
      <Divider />
    </Flex>
  );
}

/** The history behind a button, where there is no room for it. */
export function HistoryButton({ tools }: { readonly tools: CardTools }): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <Button
      variant="transparent"
      size="small"
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id="tandem-history"
          title="History of this person"
          width="large"
          onClose={() => {
            setOpen(false);
          }}
        >
          <PanelBody>
            <PanelSection>
              {isOpen && <HistoryList tools={{ ...tools, compact: false }} />}
            </PanelSection>
          </PanelBody>
        </Panel>
      }
    >
      History
    </Button>
  );
}
