// Dropdown: a button with a menu. Arrow keys move in the menu, Escape closes it.
import type { DropdownButtonItemProps, DropdownProps } from '@hubspot/ui-extensions';
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { AnchoredLayer } from './anchored-layer.tsx';
import { Glyph } from './icons.tsx';
import { useAnchor, useOverlay, useReactions } from './overlay-slots.tsx';
import { extensionEvent, invoke } from './remote-call.ts';
import { sizeName } from './sizes.ts';

const CloseMenuContext = createContext<() => void>(() => undefined);

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const current = entries.indexOf(document.activeElement as HTMLElement);
  entries[(current + step + entries.length) % entries.length]?.focus();
}

/** The menu stays in the document while closed, so that an entry's own dialog outlives it. */
export function Dropdown(props: DropdownProps): ReactElement {
  const anchor = useAnchor<HTMLButtonElement>();
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
  };
  useEffect(() => {
    if (isOpen) menu.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [isOpen]);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={`ui-button ui-button--${props.variant ?? 'secondary'} ui-button--${sizeName(props.buttonSize, 'md')}`}
        disabled={props.disabled === true}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <span className="ui-button-label">{props.buttonText ?? 'More'}</span>
        <Glyph name="downCarat" />
      </button>
      <AnchoredLayer anchor={anchor} placement="bottom-start" onOutside={close}>
        <div
          ref={menu}
          role="menu"
          hidden={!isOpen}
          className="ui-menu"
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.stopPropagation();
              close();
              anchor.current?.focus();
            }
            moveFocus(event);
          }}
        >
          <CloseMenuContext.Provider value={close}>
            {props.options?.map((option) => (
              <button
                key={option.label}
                type="button"
                role="menuitem"
                className="ui-menu-entry"
                onClick={() => {
                  close();
                  invoke(option.onClick);
                }}
              >
                {option.label}
              </button>
            ))}
            {props.children}
          </CloseMenuContext.Provider>
        </div>
      </AnchoredLayer>
    </>
  );
}

export function DropdownButtonItem(props: DropdownButtonItemProps): ReactElement {
  const anchor = useAnchor<HTMLButtonElement>();
  const reactions = useReactions();
  const closeMenu = useContext(CloseMenuContext);
  const { overlay, open, hints } = useOverlay(props.overlay, anchor);
  return (
    <>
      <button
        ref={anchor}
        {...hints}
        type="button"
        role="menuitem"
        className="ui-menu-entry"
        onClick={() => {
          closeMenu();
          invoke(props.onClick, extensionEvent('click'), reactions);
          open();
        }}
      >
        {props.children}
      </button>
      {overlay}
    </>
  );
}
