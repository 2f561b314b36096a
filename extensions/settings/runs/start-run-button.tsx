// The button that opens the form for a run in a panel. The form starts afresh each time it opens.
import { Button, Panel } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { StartRunForm } from './start-run-form.tsx';
import type { StartRunFormProps } from './start-run-form.tsx';

const PANEL_ID = 'tandem-start-run';

export interface StartRunButtonProps extends Omit<StartRunFormProps, 'onCancel'> {
  readonly closeOverlay: (id: string) => void;
}

export function StartRunButton({
  closeOverlay,
  onStarted,
  ...form
}: StartRunButtonProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    closeOverlay(PANEL_ID);
    setOpen(false);
  };
  return (
    <Button
      variant="primary"
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id={PANEL_ID}
          title="Start a run"
          width="medium"
          variant="modal"
          onClose={() => {
            setOpen(false);
          }}
        >
          {isOpen && (
            <StartRunForm
              {...form}
              onStarted={(run) => {
                close();
                onStarted(run);
              }}
              onCancel={close}
            />
          )}
        </Panel>
      }
    >
      Start a run
    </Button>
  );
}
