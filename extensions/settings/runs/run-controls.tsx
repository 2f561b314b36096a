// Pause, resume, and cancel, which asks first: a cancelled run can't be resumed.
import {
  Button,
  ButtonRow,
  Flex,
  LoadingButton,
  Modal,
  ModalBody,
  ModalFooter,
  Text,
} from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { RunView } from '../../../src/api/contract.ts';
import { apiErrorOf } from '../../ui/call-tandem.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useControlRun } from './use-runs.ts';

const LABELS = { pause: 'Pause', resume: 'Resume' } as const;

export interface RunControlsProps {
  readonly run: RunView;
  readonly closeOverlay: (id: string) => void;
}

export function RunControls({ run, closeOverlay }: RunControlsProps): ReactElement | null {
  const { id, controls } = run;
  const { isChanging, error, change } = useControlRun();
  return (
    <Flex direction="column" gap="extra-small">
      <Flex direction="row" gap="extra-small" wrap>
        {controls.map((control) =>
          control === 'cancel' ? (
            <CancelButton
              key={control}
              run={run}
              closeOverlay={closeOverlay}
              isChanging={isChanging}
              onCancel={() => {
                change({ id, control });
              }}
            />
          ) : (
            <LoadingButton
              key={control}
              size="xs"
              loading={isChanging}
              onClick={() => {
                change({ id, control });
              }}
            >
              {LABELS[control]}
            </LoadingButton>
          ),
        )}
      </Flex>
      {error !== null && <ErrorNotice title="Nothing was changed" error={apiErrorOf(error)} />}
    </Flex>
  );
}

function CancelButton({
  run,
  closeOverlay,
  isChanging,
  onCancel,
}: RunControlsProps & {
  readonly isChanging: boolean;
  readonly onCancel: () => void;
}): ReactElement {
  const modalId = `tandem-cancel-run-${run.id}`;
  const close = (): void => {
    closeOverlay(modalId);
  };
  return (
    <Button
      variant="transparent"
      size="xs"
      disabled={isChanging}
      overlay={
        <Modal id={modalId} title={`Cancel run ${run.id}?`} variant="danger">
          <ModalBody>
            <Text>
              {`${run.title}: what it has done stays done, and it can’t be resumed. Pause it to go on later.`}
            </Text>
          </ModalBody>
          <ModalFooter>
            <ButtonRow>
              <Button
                variant="destructive"
                onClick={() => {
                  close();
                  onCancel();
                }}
              >
                Cancel the run
              </Button>
              <Button onClick={close}>Keep it</Button>
            </ButtonRow>
          </ModalFooter>
        </Modal>
      }
    >
      Cancel
    </Button>
  );
}
