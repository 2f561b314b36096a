// Stands where HubSpot would open another site in a frame (`actions.openIframeModal`): says which, and offers to
// open it in a tab. The preview itself loads nothing from elsewhere.
import type { ReactElement } from 'react';
import { destinationOf } from './components/links.tsx';
import type { IframeModal } from './worker-protocol.ts';

export interface IframeNoteProps {
  readonly modal: IframeModal;
  readonly onClose: () => void;
}

export function IframeNote({ modal, onClose }: IframeNoteProps): ReactElement {
  const destination = destinationOf(modal.uri);
  return (
    <div className="ui-overlay ui-overlay--modal ui-overlay--dimmed">
      <div className="ui-dialog ui-modal ui-modal--md" role="dialog" aria-modal="true">
        <div className="ui-dialog-header">
          <h2 className="ui-dialog-title">{modal.title ?? 'Another site'}</h2>
        </div>
        <div className="ui-dialog-body">
          <p>HubSpot shows this address in a frame here. The preview only names it:</p>
          <p>
            {destination === null ? (
              modal.uri
            ) : (
              <a href={destination.url} target="_blank" rel="noopener noreferrer">
                {modal.uri}
              </a>
            )}
          </p>
        </div>
        <div className="ui-dialog-footer">
          <button
            type="button"
            className="ui-button ui-button--secondary ui-button--md"
            autoFocus
            onClick={onClose}
          >
            Close
          </button>
        </div>
      </div>
    </div>
  );
}
