// Removing a custom mapping, after asking.
import { Button, ButtonRow, Modal, ModalBody, ModalFooter, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
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
  // Every row of a long table has one: what nobody looks at isn't drawn.
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    closeOverlay(modalId);
    setOpen(false);
  };
  return (
    <Button
      variant="transparent"
      size="xs"
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Modal
          id={modalId}
          title={`Remove the mapping of ${mapping.hubspotLabel}?`}
          variant="danger"
          onClose={() => {
            setOpen(false);
          }}
        >
          {isOpen && (
            <>
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
                      close();
                      onRemove();
                    }}
                  >
                    Remove mapping
                  </Button>
                  <Button onClick={close}>Keep it</Button>
                </ButtonRow>
              </ModalFooter>
            </>
          )}
        </Modal>
      }
    >
      Remove
    </Button>
  );
}
