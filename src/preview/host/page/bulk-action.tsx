// The bulk action "Sync selected to Salesforce" on the people ticked in the list, in a panel as HubSpot opens it from
// the contacts page (`displayMode` of app/actions).
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { DialogFrame } from '../components/dialog-frame.tsx';
import { ExtensionFrame } from '../extension-frame.tsx';
import { bulkContext } from './extension-context.ts';
import type { SeenConfig } from './extension-context.ts';

const ACTION_BUNDLE = 'SyncSelected.js';
/** The action's label, as HubSpot's menu has it. */
export const ACTION_LABEL = 'Sync selected to Salesforce';

export interface BulkActionProps {
  readonly config: SeenConfig;
  readonly ticked: readonly string[];
  readonly onClose: () => void;
}

export function BulkAction({ config, ticked, onClose }: BulkActionProps): ReactElement {
  const context = useMemo(() => bulkContext(config, ticked), [config, ticked]);
  return (
    <DialogFrame kind="panel" title={ACTION_LABEL} width="sm" traps onClose={onClose}>
      <div className="ui-dialog-body">
        <ExtensionFrame
          key={`${config.user.id}-${ticked.join()}`}
          bundle={ACTION_BUNDLE}
          context={context}
          properties={null}
        />
      </div>
    </DialogFrame>
  );
}
