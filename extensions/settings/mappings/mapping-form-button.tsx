// A button that opens the form of a mapping in a panel. The form starts afresh each time it opens.
import { Button, Panel } from '@hubspot/ui-extensions';
import type { ButtonProps } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { MappingView } from '../../../src/api/contract.ts';
import { MappingForm } from './mapping-form.tsx';
import type { MappingFormProps } from './mapping-form.tsx';

export interface MappingFormButtonProps extends Pick<MappingFormProps, 'editing'> {
  /** Asked when the form opens. */
  readonly mappings: () => MappingFormProps['mappings'];
  readonly label: string;
  readonly variant: NonNullable<ButtonProps['variant']>;
  /** Null while they are on their way: the button waits for them. */
  readonly choices: MappingFormProps['choices'] | null;
  readonly onDone: (mapping: MappingView) => void;
  readonly closeOverlay: (id: string) => void;
}

export function MappingFormButton(props: MappingFormButtonProps): ReactElement {
  const { label, variant, choices, mappings, editing, onDone, closeOverlay } = props;
  const [isOpen, setOpen] = useState(false);
  const panelId = `tandem-mapping-${editing?.hubspotProperty ?? 'new'}`;
  const close = (): void => {
    closeOverlay(panelId);
    setOpen(false);
  };
  return (
    <Button
      variant={variant}
      size={editing === null ? 'md' : 'xs'}
      disabled={choices === null}
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id={panelId}
          title={
            editing === null ? 'Add a field mapping' : `Edit the mapping of ${editing.hubspotLabel}`
          }
          width="medium"
          variant="modal"
          onClose={() => {
            setOpen(false);
          }}
        >
          {isOpen && choices !== null && (
            <MappingForm
              choices={choices}
              mappings={mappings()}
              editing={editing}
              onDone={(mapping) => {
                close();
                onDone(mapping);
              }}
              onCancel={close}
            />
          )}
        </Panel>
      }
    >
      {label}
    </Button>
  );
}
