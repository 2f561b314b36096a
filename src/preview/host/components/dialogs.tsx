// Modal and Panel with their parts. Both are dialogs with a title bar and a close button; a modal (and a panel of
// the modal variant) keeps the keyboard inside and dims the page, a plain panel leaves the page usable. Escape
// closes, and the focus goes back to where it was.
import type {
  ModalBodyProps,
  ModalFooterProps,
  ModalProps,
  PanelBodyProps,
  PanelFooterProps,
  PanelProps,
  PanelSectionProps,
} from '@hubspot/ui-extensions';
import { useContext, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Glyph } from './icons.tsx';
import { DialogRegistryContext, OverlaySlotContext } from './overlay-slots.tsx';
import { invoke } from './remote-call.ts';
import { classNames, sizeName } from './sizes.ts';

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

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

interface DialogProps {
  readonly kind: 'modal' | 'panel';
  readonly label: string | undefined;
  readonly title: string | undefined;
  readonly width: string;
  readonly danger: boolean;
  /** Keeps the focus inside and dims the page. */
  readonly traps: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The focus moves in when the dialog appears and back when it goes. */
function useFocusInside(): React.RefObject<HTMLDivElement> {
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return dialog;
}

function keepTabInside(event: KeyboardEvent<HTMLElement>): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const first = stops[0];
  const last = stops.at(-1);
  if (first === undefined || last === undefined) return;
  const active = document.activeElement;
  if (event.shiftKey && (active === first || active === event.currentTarget)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && active === last) {
    event.preventDefault();
    first.focus();
  }
}

function Dialog(props: DialogProps): ReactElement {
  const titleId = useId();
  const dialog = useFocusInside();
  const { kind, traps, onClose } = props;
  return createPortal(
    <div className={classNames(`ui-overlay ui-overlay--${kind}`, traps && 'ui-overlay--dimmed')}>
      <div
        ref={dialog}
        role="dialog"
        aria-modal={traps}
        aria-label={props.label}
        aria-labelledby={
          props.label === undefined && props.title !== undefined ? titleId : undefined
        }
        tabIndex={-1}
        className={classNames(
          'ui-dialog',
          `ui-${kind}`,
          `ui-${kind}--${props.width}`,
          props.danger && 'ui-dialog--danger',
        )}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') onClose();
          if (event.key === 'Tab' && traps) keepTabInside(event);
        }}
      >
        <header className="ui-dialog-header">
          <h2 id={titleId} className="ui-dialog-title">
            {props.title}
          </h2>
          <button type="button" className="ui-dialog-close" aria-label="Close" onClick={onClose}>
            <Glyph name="remove" />
          </button>
        </header>
        {props.children}
      </div>
    </div>,
    document.body,
  );
}

export function Modal(props: ModalProps): ReactElement | null {
  const { isOpen, close } = useDialogState(props.id, props.onOpen, props.onClose);
  if (!isOpen) return null;
  return (
    <Dialog
      kind="modal"
      label={props['aria-label']}
      title={props.title}
      width={sizeName(props.width, 'sm')}
      danger={props.variant === 'danger'}
      traps
      onClose={close}
    >
      {props.children}
    </Dialog>
  );
}

export function Panel(props: PanelProps): ReactElement | null {
  const { isOpen, close } = useDialogState(props.id, props.onOpen, props.onClose);
  if (!isOpen) return null;
  return (
    <Dialog
      kind="panel"
      label={props['aria-label']}
      title={props.title}
      width={sizeName(props.width, 'sm')}
      danger={false}
      traps={props.variant === 'modal'}
      onClose={close}
    >
      {props.children}
    </Dialog>
  );
}

export function ModalBody(props: ModalBodyProps): ReactElement {
  return <div className="ui-dialog-body">{props.children}</div>;
}

export function ModalFooter(props: ModalFooterProps): ReactElement {
  return <footer className="ui-dialog-footer">{props.children}</footer>;
}

export function PanelBody(props: PanelBodyProps): ReactElement {
  return <div className="ui-dialog-body">{props.children}</div>;
}

export function PanelFooter(props: PanelFooterProps): ReactElement {
  return <footer className="ui-dialog-footer">{props.children}</footer>;
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
