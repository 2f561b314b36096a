// "See what would change": a dry run of the draft on a sample of pairs, before it is saved.
import { Button, Panel, PanelBody, PanelSection } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { documentOf } from '../draft.ts';
import type { SettingsDraft } from '../draft.ts';
import { EffectReport } from './effect-report.tsx';

export interface EffectButtonProps {
  readonly draft: SettingsDraft;
  readonly disabled: boolean;
}

export function EffectButton({ draft, disabled }: EffectButtonProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  return (
    <Button
      disabled={disabled}
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id="tandem-settings-effect"
          title="What would change"
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          <PanelBody>
            <PanelSection>{isOpen && <EffectReport parts={documentOf(draft)} />}</PanelSection>
          </PanelBody>
        </Panel>
      }
    >
      See what would change
    </Button>
  );
}
