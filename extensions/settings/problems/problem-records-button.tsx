// The button that opens, in a panel, who has a problem.
import { Button, Panel, PanelBody, PanelSection } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { ProblemRecords } from './problem-records.tsx';
import type { ProblemRecordsProps } from './problem-records.tsx';

export interface ProblemRecordsButtonProps extends ProblemRecordsProps {
  /** Of the panel. */
  readonly title: string;
  /** What tells this button from its neighbours, for its panel's id. */
  readonly name: string;
  readonly children: string;
}

export function ProblemRecordsButton(props: ProblemRecordsButtonProps): ReactElement {
  const { title, name, children, ...records } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <Button
      variant="transparent"
      size="xs"
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id={`tandem-problem-records-${name}`}
          title={title}
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          <PanelBody>
            <PanelSection>{isOpen && <ProblemRecords {...records} />}</PanelSection>
          </PanelBody>
        </Panel>
      }
    >
      {children}
    </Button>
  );
}
