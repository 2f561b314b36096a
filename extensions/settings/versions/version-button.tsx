// The button that opens, in a panel, what a version has other than the settings in force.
import { Button, Panel } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { VersionComparison } from './version-comparison.tsx';
import type { VersionComparisonProps } from './version-comparison.tsx';

export interface VersionButtonProps extends Omit<VersionComparisonProps, 'onClose'> {
  readonly closeOverlay: (id: string) => void;
}

export function VersionButton({
  closeOverlay,
  onRestored,
  ...comparison
}: VersionButtonProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const { version } = comparison;
  const panelId = `tandem-version-${version}`;
  const close = (): void => {
    closeOverlay(panelId);
    setOpen(false);
  };
  return (
    <Button
      size="xs"
      onClick={() => {
        setOpen(true);
      }}
      overlay={
        <Panel
          id={panelId}
          title={
            version === 0
              ? 'The built-in settings compared with now'
              : `Version ${version} compared with now`
          }
          width="medium"
          onClose={() => {
            setOpen(false);
          }}
        >
          {isOpen && (
            <VersionComparison
              {...comparison}
              onRestored={(restored) => {
                close();
                onRestored(restored);
              }}
              onClose={close}
            />
          )}
        </Panel>
      }
    >
      Compare with now
    </Button>
  );
}
