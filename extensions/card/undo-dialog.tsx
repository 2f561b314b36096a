// Taking back what a sync wrote, after saying value by value what that would do: put back, or why it stays, and
// what becomes of the other side.
import {
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
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { UndoField, UndoResult } from '../../src/api/contract.ts';
import { apiErrorOf } from '../ui/call-tandem.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ReasonNote } from '../ui/reason-note.tsx';
import { ChangeList, SIDES } from './change-list.tsx';
import type { CardTools } from './card-tools.ts';
import type { UnwantedChanges } from './use-deeds.ts';
import { useUndoPreview } from './use-record.ts';

export interface UndoButtonProps {
  readonly tools: CardTools;
  /** Tells this dialog from the card's others. */
  readonly id: string;
  readonly label: string;
  readonly changes: UnwantedChanges;
}

export function UndoButton({ tools, id, label, changes }: UndoButtonProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    tools.closeOverlay(id);
    setOpen(false);
  };
  return (
    <Button
      variant="transparent"
      size="xs"
      disabled={tools.running !== null}
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Modal
          id={id}
          title="Undo?"
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          {isOpen && <UndoDialog tools={tools} changes={changes} onClose={close} />}
        </Modal>
      }
    >
      {label}
    </Button>
  );
}

interface UndoDialogProps extends Pick<UndoButtonProps, 'tools' | 'changes'> {
  readonly onClose: () => void;
}

function UndoDialog({ tools, changes, onClose }: UndoDialogProps): ReactElement {
  const { contactId, compact, running, run } = tools;
  const { value, error, isFetching, refetch } = useUndoPreview(contactId, changes);
  const canUndo = value?.fields.some(({ result }) => result === 'restored') ?? false;
  return (
    <>
      <ModalBody>
        {error !== null ? (
          <ErrorNotice
            title="What an undo would do cannot be told"
            error={apiErrorOf(error)}
            retry={{ running: isFetching, onRetry: refetch }}
          />
        ) : value === undefined ? (
          <LoadingSpinner label="Looking at what is there now" showLabel />
        ) : (
          <Flex direction="column" gap="medium">
            <Alert
              title={canUndo ? 'This will be put back' : 'There is nothing to undo'}
              variant={canUndo ? 'info' : 'warning'}
            >
              {value.sentence}
            </Alert>
            <UndoneFields result={value} compact={compact} />
          </Flex>
        )}
      </ModalBody>
      <ModalFooter>
        <ButtonRow>
          <LoadingButton
            variant="primary"
            loading={running === 'undo'}
            disabled={!canUndo}
            onClick={() => {
              run({ kind: 'undo', changes }, onClose);
            }}
          >
            Undo
          </LoadingButton>
          <Button onClick={onClose}>Keep it</Button>
        </ButtonRow>
      </ModalFooter>
    </>
  );
}

/** What was, or would be, put back, and why the rest stays. */
export function UndoneFields({
  result: { fields },
  compact,
}: {
  readonly result: UndoResult;
  readonly compact: boolean;
}): ReactElement {
  const restored = fields.filter(({ result }) => result === 'restored');
  const staying = fields.filter(({ result }) => result !== 'restored');
  return (
    <Flex direction="column" gap="medium">
      {restored.length > 0 && (
        <ChangeList
          changes={restored.map((field) => ({ ...field, note: field.aftermath }))}
          compact={compact}
          noteTitle="The other side"
        />
      )}
      {staying.map((field, index) => (
        <StayingField key={`${field.side}~${field.field}~${index}`} field={field} />
      ))}
    </Flex>
  );
}

function StayingField({
  field: { side, field, reason },
}: {
  readonly field: UndoField;
}): ReactElement {
  return (
    <Flex direction="column" gap="flush">
      <Text format={{ fontWeight: 'demibold' }}>{`${field} in ${SIDES[side]} stays`}</Text>
      {reason === null ? (
        <Text variant="microcopy">It is as it was before that sync.</Text>
      ) : (
        <ReasonNote reason={reason} />
      )}
    </Flex>
  );
}
