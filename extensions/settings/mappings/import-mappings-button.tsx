// Mappings from text: pasted, checked line by line, and shown as what would change on this page before anything does.
// Nothing is saved by it: the changes go into the draft.
import { Button, Panel } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { SettingsDraft } from '../draft.ts';
import { ImportMappings } from './import-mappings.tsx';

const PANEL_ID = 'tandem-import-mappings';

export interface ImportMappingsButtonProps {
  readonly draft: SettingsDraft;
  readonly onDraft: (draft: SettingsDraft) => void;
  readonly closeOverlay: (id: string) => void;
}

export function ImportMappingsButton(props: ImportMappingsButtonProps): ReactElement {
  const { draft, onDraft, closeOverlay } = props;
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    closeOverlay(PANEL_ID);
    setOpen(false);
  };
  return (
    <Button
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id={PANEL_ID}
          title="Import mappings"
          width="medium"
          variant="modal"
          onClose={() => {
            setOpen(false);
          }}
        >
          {isOpen && (
            <ImportMappings
              draft={draft}
              onTake={(next) => {
                close();
                onDraft(next);
              }}
              onCancel={close}
            />
          )}
        </Panel>
      }
    >
      Import
    </Button>
  );
}
