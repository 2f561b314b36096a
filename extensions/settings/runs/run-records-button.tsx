// The button that opens what a run left out, or would do, in a panel.
import { Button, Panel, PanelBody, PanelSection } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { RunRecords } from './run-records.tsx';
import type { RunRecordsProps } from './run-records.tsx';

export function RunRecordsButton({ run, portalId, copyText }: RunRecordsProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const { id, dry, kind } = run;
  return (
    <Button
      variant="transparent"
      size="xs"
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id={`tandem-run-records-${id}`}
          title={`What run ${id} ${dry ? 'would do' : kind === 'undo' ? 'left as it is' : 'left out'}`}
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          <PanelBody>
            <PanelSection>
              {isOpen && <RunRecords run={run} portalId={portalId} copyText={copyText} />}
            </PanelSection>
          </PanelBody>
        </Panel>
      }
    >
      {dry ? 'What it would do' : kind === 'undo' ? 'What stays' : 'Left out'}
    </Button>
  );
}
