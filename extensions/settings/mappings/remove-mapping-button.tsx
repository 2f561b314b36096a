// Removing a custom mapping, after asking.
import { Button, ButtonRow, Modal, ModalBody, ModalFooter, Text } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import type { MappingView } from '../../../src/api/contract.ts';

export interface RemoveMappingButtonProps {
  readonly mapping: MappingView;
  readonly onRemove: () => void;
  readonly closeOverlay: (id: string) => void;
}

export function RemoveMappingButton(props: RemoveMappingButtonProps): ReactElement {
  const { mapping, onRemove, closeOverlay } = props;
  const modalId = `tandem-remove-${mapping.hubspotProperty}`;
  return (
    <Button
      variant="transparent"
      size="xs"
      overlay={
        <Modal
          id={modalId}
          title={`Remove the mapping of ${mapping.hubspotLabel}?`}
          variant="danger"
        >
          <ModalBody>
            <Text>
              {`Once you save, ${mapping.hubspotLabel} stops syncing. Values that are there stay on both sides.`}
            </Text>
          </ModalBody>
          <ModalFooter>
            <ButtonRow>
              <Button
                variant="destructive"
                onClick={() => {
                  closeOverlay(modalId);
                  onRemove();
                }}
              >
                Remove mapping
              </Button>
              <Button
                onClick={() => {
                  closeOverlay(modalId);
                }}
              >
                Keep it
              </Button>
            </ButtonRow>
          </ModalFooter>
        </Modal>
      }
    >
      Remove
    </Button>
  );
}
