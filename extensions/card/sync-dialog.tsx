// A look before a sync: what would be written field by field, what would not and why; then the sync itself. Opened
// by Sync now, and by choosing a side of a field that differs.
import {
  Accordion,
  Alert,
  Button,
  ButtonRow,
  Flex,
  LoadingButton,
  LoadingSpinner,
  Modal,
  ModalBody,
  ModalFooter,
  Text,
} from '@hubspot/ui-extensions';
import type { AlertProps, ButtonProps } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { SyncPreview } from '../../src/api/contract.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ReasonNote } from '../ui/reason-note.tsx';
import { ChangeList } from './change-list.tsx';
import type { CardTools } from './card-tools.ts';
import type { Choices } from './use-deeds.ts';
import { useSyncPreview } from './use-record.ts';

const TITLES: Readonly<Record<SyncPreview['outcome'], string>> = {
  createsInSalesforce: 'A new record in Salesforce',
  createsInHubSpot: 'A new contact in HubSpot',
  updates: 'What will change',
  pairs: 'Pairs two records',
  unlinks: 'Unlinks the two records',
  nothingToDo: 'Nothing to sync',
  notSynced: 'This contact would not be synced',
};

const TONES: Readonly<Partial<Record<SyncPreview['outcome'], AlertProps['variant']>>> = {
  notSynced: 'warning',
  unlinks: 'warning',
};

const NO_CHOICES: Choices = [];

export interface SyncButtonProps {
  readonly tools: CardTools;
  /** Tells this dialog from the card's others. */
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly choices?: Choices;
  readonly variant?: ButtonProps['variant'];
  readonly size?: ButtonProps['size'];
}

export function SyncButton(props: SyncButtonProps): ReactElement {
  const { tools, id, label, title, choices = NO_CHOICES, variant = 'secondary', size } = props;
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    tools.closeOverlay(id);
    setOpen(false);
  };
  return (
    <Button
      variant={variant}
      {...(size === undefined ? {} : { size })}
      disabled={tools.running !== null}
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Modal
          id={id}
          title={title}
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          {isOpen && <SyncDialog tools={tools} choices={choices} onClose={close} />}
        </Modal>
      }
    >
      {label}
    </Button>
  );
}

interface SyncDialogProps {
  readonly tools: CardTools;
  readonly choices: Choices;
  readonly onClose: () => void;
}

function SyncDialog({ tools, choices, onClose }: SyncDialogProps): ReactElement {
  const { contactId, compact, running, run } = tools;
  const { value, error, isFetching, refetch } = useSyncPreview(contactId, choices);
  return (
    <>
      <ModalBody>
        {error !== null ? (
          <ErrorNotice
            title="What would change cannot be told"
            error={apiErrorOf(error)}
            retry={{ running: isFetching, onRetry: refetch }}
          />
        ) : value === undefined ? (
          <LoadingSpinner label="Comparing both sides" showLabel />
        ) : (
          <Preview preview={value} compact={compact} />
        )}
      </ModalBody>
      <ModalFooter>
        <ButtonRow>
          <LoadingButton
            variant="primary"
            loading={running === 'sync'}
            disabled={value === undefined}
            onClick={() => {
              run({ kind: 'sync', choices }, onClose);
            }}
          >
            {value?.outcome === 'nothingToDo' || value?.outcome === 'notSynced'
              ? 'Sync anyway'
              : 'Sync'}
          </LoadingButton>
          <Button onClick={onClose}>Close</Button>
        </ButtonRow>
      </ModalFooter>
    </>
  );
}

function Preview({
  preview: { outcome, sentence, reason, changes, leftOut },
  compact,
}: {
  readonly preview: SyncPreview;
  readonly compact: boolean;
}): ReactElement {
  const shown = changes.map(({ because, ...change }) => ({ ...change, note: because }));
  return (
    <Flex direction="column" gap="medium">
      <Alert title={TITLES[outcome]} variant={TONES[outcome] ?? 'info'}>
        {sentence}
      </Alert>
      {reason !== null && <ReasonNote reason={reason} said={sentence} />}
      {shown.length > 0 && <ChangeList changes={shown} compact={compact} />}
      {leftOut.length > 0 && (
        <Accordion
          title={
            leftOut.length === 1 ? '1 field is left out' : `${leftOut.length} fields are left out`
          }
          size="small"
        >
          <Flex direction="column" gap="small">
            {leftOut.map(({ field, reason: why }) => (
              <Flex key={field} direction="column" gap="flush">
                <Text format={{ fontWeight: 'demibold' }}>{field}</Text>
                <ReasonNote reason={why} />
              </Flex>
            ))}
          </Flex>
        </Accordion>
      )}
    </Flex>
  );
}
