// Modal and Panel with their parts. Both are dialogs (dialog-frame.tsx); a modal (and a panel of the modal variant) keeps
// the keyboard inside and dims the page, a plain panel leaves the page usable.
import type {
  ModalBodyProps,
  ModalFooterProps,
  ModalProps,
  PanelBodyProps,
  PanelFooterProps,
  PanelProps,
  PanelSectionProps,
} from '@hubspot/ui-extensions';
import { useContext, useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { DialogFrame } from './dialog-frame.tsx';
import { DialogRegistryContext, OverlaySlotContext } from './overlay-slots.tsx';
import { invoke } from './remote-call.ts';
import { classNames, sizeName } from './sizes.ts';

interface DialogState {
  readonly isOpen: boolean;
  readonly close: () => void;
}

/** Open or closed: by the slot the dialog sits in, or by itself; reachable by its id either way. */
function useDialogState(id: string, onOpen?: () => void, onClose?: () => void): DialogState {
  const slot = useContext(OverlaySlotContext);
  const registry = useContext(DialogRegistryContext);
  const [ownOpen, setOwnOpen] = useState(false);
  const isOpen = slot?.isOpen ?? ownOpen;
  const setOpen = slot?.setOpen ?? setOwnOpen;

  useEffect(
    () =>
      registry.register(id, {
        open: () => {
          setOpen(true);
        },
        close: () => {
          setOpen(false);
        },
      }),
    [id, registry, setOpen],
  );

  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen === wasOpen.current) return;
    wasOpen.current = isOpen;
    invoke(isOpen ? onOpen : onClose);
  }, [isOpen, onOpen, onClose]);

  return {
    isOpen,
    close: () => {
      setOpen(false);
    },
  };
}

export function Modal(props: ModalProps): ReactElement | null {
  const { isOpen, close } = useDialogState(props.id, props.onOpen, props.onClose);
  if (!isOpen) return null;
  return (
    <DialogFrame
      kind="modal"
      label={props['aria-label']}
      title={props.title}
      width={sizeName(props.width, 'sm')}
      danger={props.variant === 'danger'}
      traps
      onClose={close}
    >
      {props.children}
    </DialogFrame>
  );
}

export function Panel(props: PanelProps): ReactElement | null {
  const { isOpen, close } = useDialogState(props.id, props.onOpen, props.onClose);
  if (!isOpen) return null;
  return (
    <DialogFrame
      kind="panel"
      label={props['aria-label']}
      title={props.title}
      width={sizeName(props.width, 'sm')}
      traps={props.variant === 'modal'}
      onClose={close}
    >
      {props.children}
    </DialogFrame>
  );
}

export function ModalBody(props: ModalBodyProps): ReactElement {
  return <div className="ui-dialog-body">{props.children}</div>;
}

export function ModalFooter(props: ModalFooterProps): ReactElement {
  return <div className="ui-dialog-footer">{props.children}</div>;
}

export function PanelBody(props: PanelBodyProps): ReactElement {
  return <div className="ui-dialog-body">{props.children}</div>;
}

export function PanelFooter(props: PanelFooterProps): ReactElement {
  return <div className="ui-dialog-footer">{props.children}</div>;
}

export function PanelSection(props: PanelSectionProps): ReactElement {
  return (
    <section
      className={classNames('ui-panel-section', props.flush === true && 'ui-panel-section--flush')}
    >
      {props.children}
    </section>
  );
}
