// The button that starts the first sync, and asks first: it writes to everybody who may sync.
import {
  Button,
  ButtonRow,
  Flex,
  Modal,
  ModalBody,
  ModalFooter,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { RunView } from '../../../src/api/contract.ts';
import { countsInWords } from '../runs/run-words.ts';

const MODAL_ID = 'tandem-first-sync';

export interface FirstSyncButtonProps {
  readonly isPrimary: boolean;
  readonly isStarting: boolean;
  /** Null: nobody has tried it dry. */
  readonly dryRun: RunView | null;
  readonly closeOverlay: (id: string) => void;
  readonly onStart: () => void;
}

export function FirstSyncButton(props: FirstSyncButtonProps): ReactElement {
  const { isPrimary, isStarting, dryRun, closeOverlay, onStart } = props;
  const close = (): void => {
    closeOverlay(MODAL_ID);
  };
  return (
    <Button
      size="xs"
      variant={isPrimary ? 'primary' : 'secondary'}
      disabled={isStarting}
      overlay={
        <Modal id={MODAL_ID} title="Start the first sync?">
          <ModalBody>
            <Flex direction="column" gap="small">
              <Text>
                Everybody in both systems who may sync is compared, paired, and created where the
                settings say so. It can be paused at any time, and the values it writes can be taken
                back on the Runs tab; records that it creates stay.
              </Text>
              <Text>
                {dryRun === null
                  ? 'Nobody has tried it dry yet: a dry run tells beforehand what would be done.'
                  : `The last dry run said: ${countsInWords(dryRun)}.`}
              </Text>
            </Flex>
          </ModalBody>
          <ModalFooter>
            <ButtonRow>
              <Button
                variant="primary"
                onClick={() => {
                  close();
                  onStart();
                }}
              >
                Start the first sync
              </Button>
              <Button onClick={close}>Not yet</Button>
            </ButtonRow>
          </ModalFooter>
        </Modal>
      }
    >
      Start the first sync
    </Button>
  );
}
