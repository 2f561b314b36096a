// One extension on the page: runs its bundle in a worker, draws the tree it renders with our components, and
// answers its actions. A new context means a new frame (give it a `key`), as HubSpot starts extensions anew.
import { RemoteRenderer } from '@remote-ui/react/host';
import { retain } from '@remote-ui/rpc';
import { useContext, useEffect, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { CallsContext } from './calls/calls-context.ts';
import { createComponentController } from './component-map.tsx';
import { ErrorState, LoadingSpinner } from './components/feedback.tsx';
import { DialogRegistry, DialogRegistryContext } from './components/overlay-slots.tsx';
import { invoke } from './components/remote-call.ts';
import { startExtension } from './extension-worker.ts';
import type { RunningExtension } from './extension-worker.ts';
import { IframeNote } from './iframe-note.tsx';
import type { PropertyBoard } from './property-board.ts';
import { useAddAlert } from './toasts.tsx';
import type { ExtensionContext, HostCalls, IframeModal } from './worker-protocol.ts';

export interface ExtensionFrameProps {
  /** File name under the bundles folder. */
  readonly bundle: string;
  readonly context: ExtensionContext;
  /** The record's properties; null where there is no record. */
  readonly properties: PropertyBoard | null;
  /** The extension changed the record and asks the page to read it again. */
  readonly onRefreshRecord?: () => void;
}

interface OpenFrame extends IframeModal {
  readonly onClose: (() => void) | undefined;
}

const controller = createComponentController();

type Stage = 'loading' | 'shown' | { readonly crash: string };

function useHostCalls(
  { context, properties, onRefreshRecord }: ExtensionFrameProps,
  dialogs: DialogRegistry,
  openFrame: (frame: OpenFrame) => void,
): Omit<HostCalls, 'crashed'> {
  const addAlert = useAddAlert();
  const calls = useContext(CallsContext);
  const { id, email } = context.user;
  return useMemo(
    () => ({
      callFunction: (name, parameters) => calls.callFunction(name, parameters),
      fetchAsHubSpot: (request) => calls.fetchAsHubSpot({ ...request, user: { id, email } }),
      log(level, message) {
        console[level](`[extension] ${message}`);
      },
      addAlert,
      closeOverlay(id) {
        dialogs.close(id);
      },
      openIframeModal(modal, onClose) {
        retain(onClose);
        openFrame({ ...modal, onClose });
      },
      copyTextToClipboard: (text) => navigator.clipboard.writeText(text),
      reloadPage() {
        window.location.reload();
      },
      refreshObjectProperties() {
        onRefreshRecord?.();
      },
      fetchCrmObjectProperties: (names) => Promise.resolve(properties?.read(names) ?? {}),
      onCrmPropertiesUpdate(names, listener) {
        properties?.subscribe(names, listener);
      },
    }),
    [addAlert, calls, dialogs, email, id, onRefreshRecord, openFrame, properties],
  );
}

export function ExtensionFrame(props: ExtensionFrameProps): ReactElement {
  const { bundle, context } = props;
  const dialogs = useMemo(() => new DialogRegistry(), []);
  const [frame, setFrame] = useState<OpenFrame | null>(null);
  const hostCalls = useHostCalls(props, dialogs, setFrame);
  const [running, setRunning] = useState<RunningExtension | null>(null);
  const [stage, setStage] = useState<Stage>('loading');

  useEffect(() => {
    const extension = startExtension({
      bundleUrl: `/preview/extensions/${bundle}`,
      context,
      hostCalls,
      onCrash: (crash) => {
        setStage({ crash });
      },
    });
    setRunning(extension);
    setStage('loading');
    extension.receiver.on('mount', () => {
      setStage((before) => (before === 'loading' ? 'shown' : before));
    });
    return () => {
      extension.stop();
    };
  }, [bundle, context, hostCalls]);

  return (
    <DialogRegistryContext.Provider value={dialogs}>
      <div
        className="extension"
        tabIndex={-1}
        data-extension={bundle}
        data-stage={typeof stage === 'string' ? stage : 'crashed'}
      >
        {stage === 'loading' && <LoadingSpinner label="Loading the extension" layout="centered" />}
        {typeof stage === 'object' ? (
          <ErrorState title="The extension stopped">
            <p className="ui-text">{stage.crash}</p>
          </ErrorState>
        ) : (
          running !== null && <RemoteRenderer controller={controller} receiver={running.receiver} />
        )}
      </div>
      {frame !== null && (
        <IframeNote
          modal={frame}
          onClose={() => {
            setFrame(null);
            invoke(frame.onClose);
          }}
        />
      )}
    </DialogRegistryContext.Provider>
  );
}
