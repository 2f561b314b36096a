// For a wrong pair: unlink the two, or pair the contact with another lead or contact, after saying what that means.
import {
  Alert,
  Button,
  ButtonRow,
  Flex,
  Input,
  LoadingButton,
  Modal,
  ModalBody,
  ModalFooter,
  Text,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { RecordView } from '../../src/api/contract.ts';
import type { CardTools } from './card-tools.ts';

const MODAL_ID = 'tandem-pairing';

/** An id as Salesforce shows it, or the address of a lead's or contact's page. */
export function salesforceIdIn(text: string): string | null {
  const id =
    /(?:^|[^A-Za-z0-9])((?:00Q|003)[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?)(?![A-Za-z0-9])/.exec(
      ` ${text.trim()}`,
    );
  return id?.[1] ?? null;
}

export interface PairingButtonProps {
  readonly record: RecordView;
  readonly tools: CardTools;
}

export function PairingButton({ record, tools }: PairingButtonProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    tools.closeOverlay(MODAL_ID);
    setOpen(false);
  };
  return (
    <Button
      variant="transparent"
      size="small"
      disabled={tools.running !== null}
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Modal
          id={MODAL_ID}
          title={record.salesforce === null ? 'Pair with a Salesforce record' : 'Wrong record?'}
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          {isOpen && <PairingDialog record={record} tools={tools} onClose={close} />}
        </Modal>
      }
    >
      {record.salesforce === null ? 'Pair by hand' : 'Wrong record?'}
    </Button>
  );
}

interface PairingDialogProps extends PairingButtonProps {
  readonly onClose: () => void;
}

function PairingDialog({
  record: { salesforce },
  tools,
  onClose,
}: PairingDialogProps): ReactElement {
  const { running, run } = tools;
  const [typed, setTyped] = useState('');
  const wanted = salesforceIdIn(typed);
  const isSame = wanted !== null && salesforce !== null && salesforce.id.startsWith(wanted);
  const problem =
    typed.trim() === ''
      ? null
      : wanted === null
        ? 'A lead’s id starts with 00Q, a contact’s with 003; the address of its page will do.'
        : isSame
          ? 'This is the record it has.'
          : null;
  const isReady = wanted !== null && problem === null;
  return (
    <>
      <ModalBody>
        <Flex direction="column" gap="medium">
          {salesforce !== null && (
            <Text>{`This contact is paired with the ${salesforce.object.toLowerCase()} ${salesforce.name}.`}</Text>
          )}
          <Input
            name="salesforce-record"
            label="The Salesforce lead or contact it belongs to"
            description="Its id, or the address of its page in Salesforce."
            placeholder="00Q… or 003…"
            value={typed}
            onInput={setTyped}
            onChange={setTyped}
            error={problem !== null}
            {...(problem === null ? {} : { validationMessage: problem })}
          />
          <Alert title="What this does" variant="warning">
            {isReady
              ? 'Pairs the two for good and syncs them at once: fields that differ are written by their rules. No rule pairs this contact otherwise. A contact that has this record now loses it.'
              : salesforce === null
                ? 'Name a record above to pair the two for good.'
                : 'Unlinking keeps both records and all values as they are. The two stop syncing, and no rule pairs them again. To put back values that came from the wrong record, undo them in the history.'}
          </Alert>
        </Flex>
      </ModalBody>
      <ModalFooter>
        <ButtonRow>
          <LoadingButton
            variant="primary"
            loading={running === 'pair' && isReady}
            disabled={!isReady || running !== null}
            onClick={() => {
              if (wanted !== null) run({ kind: 'pair', salesforceId: wanted }, onClose);
            }}
          >
            Pair for good
          </LoadingButton>
          {salesforce !== null && (
            <LoadingButton
              variant="destructive"
              loading={running === 'pair' && !isReady}
              disabled={isReady || running !== null}
              onClick={() => {
                run({ kind: 'pair', salesforceId: null }, onClose);
              }}
            >
              Unlink the two
            </LoadingButton>
          )}
          <Button onClick={onClose}>Close</Button>
        </ButtonRow>
      </ModalFooter>
    </>
  );
}
