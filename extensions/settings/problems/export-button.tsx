// Problems as CSV, in a panel.
import { Button, Panel, PanelBody, PanelSection } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ProblemChoice } from '../../../src/api/contract.ts';
import { CsvExport } from '../../ui/csv-export.tsx';
import { useCallTandem } from '../../ui/tandem-provider.tsx';

export interface ExportButtonProps {
  readonly which: ProblemChoice;
  readonly copyText: (text: string) => Promise<void>;
  readonly children: string;
}

export function ExportButton({ which, copyText, children }: ExportButtonProps): ReactElement {
  const call = useCallTandem();
  const [isOpen, setOpen] = useState(false);
  return (
    <Button
      size="small"
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id={`tandem-export-${which.of}`}
          title="Export as CSV"
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          <PanelBody>
            <PanelSection>
              {isOpen && (
                <CsvExport
                  name={which.of}
                  fetchPage={(after) => call('export-problems', { which, after })}
                  copyText={copyText}
                />
              )}
            </PanelSection>
          </PanelBody>
        </Panel>
      }
    >
      {children}
    </Button>
  );
}
