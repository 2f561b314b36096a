// What modals and panels have in common: title bar, close button, Escape; the focus moves in when it appears and back
// to where it was when it goes. One that traps dims the page and keeps the keyboard inside.
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode, RefObject } from 'react';
import { createPortal } from 'react-dom';
import { focusStopsIn } from './focus-stops.ts';
import { Glyph } from './icons.tsx';
import { classNames } from './sizes.ts';

export interface DialogFrameProps {
  readonly kind: 'modal' | 'panel';
  readonly label?: string | undefined;
  readonly title: string | undefined;
  readonly width: string;
  readonly danger?: boolean;
  readonly traps: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What was focused, and what it stood in, should it be gone by the time the focus comes back. */
function useFocusInside(): RefObject<HTMLDivElement> {
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const around = before?.closest<HTMLElement>('.ui-dialog, .extension, main');
    dialog.current?.focus();
    return () => {
      // Where the focus went meanwhile, it stays.
      if (document.activeElement !== document.body) return;
      if (before instanceof HTMLElement) before.focus();
      if (document.activeElement === document.body) around?.focus();
    };
  }, []);
  return dialog;
}

function keepTabInside(event: KeyboardEvent<HTMLElement>): void {
  const stops = focusStopsIn(event.currentTarget);
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

export function DialogFrame(props: DialogFrameProps): ReactElement {
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
          props.danger === true && 'ui-dialog--danger',
        )}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') onClose();
          if (event.key === 'Tab' && traps) keepTabInside(event);
        }}
      >
        <div className="ui-dialog-header">
          <h2 id={titleId} className="ui-dialog-title">
            {props.title}
          </h2>
          <button type="button" className="ui-dialog-close" aria-label="Close" onClick={onClose}>
            <Glyph name="remove" />
          </button>
        </div>
        {props.children}
      </div>
    </div>,
    document.body,
  );
}
