// Dropdown: a button with a menu. Arrow keys move in the menu, Escape closes it.
import type { DropdownButtonItemProps, DropdownProps } from '@hubspot/ui-extensions';
import { createContext, useContext, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { AnchoredLayer } from './anchored-layer.tsx';
import { Glyph } from './icons.tsx';
import { ALONG_COLUMN, entryMovedTo } from './moving-focus.ts';
import { useAnchor, useOverlay, useReactions } from './overlay-slots.tsx';
import { extensionEvent, invoke } from './remote-call.ts';
import { sizeName } from './sizes.ts';

const CloseMenuContext = createContext<() => void>(() => undefined);

const menuItemsIn = (menu: HTMLElement | null): readonly HTMLElement[] => [
  ...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? []),
];

/** The menu stays in the document while closed, so that an entry's own dialog outlives it. */
export function Dropdown(props: DropdownProps): ReactElement {
  const anchor = useAnchor<HTMLButtonElement>();
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [hasAnchor, setHasAnchor] = useState(false);
  useEffect(() => {
    setHasAnchor(true);
  }, []);
  const buttonId = useId();
  const close = (): void => {
    setOpen(false);
  };
  /** Leaves the focus where a dialog that an entry opens will find it again. */
  const closeToButton = (): void => {
    anchor.current?.focus();
    setOpen(false);
  };
  useEffect(() => {
    if (isOpen) menuItemsIn(menu.current)[0]?.focus();
  }, [isOpen]);
  const onMenuKey = (event: KeyboardEvent): void => {
    // Tab goes on from the button: the menu itself is drawn at the end of the page.
    if (event.key === 'Escape' || event.key === 'Tab') closeToButton();
    if (event.key === 'Escape') event.stopPropagation();
    const next = entryMovedTo(event.key, menuItemsIn(menu.current), ALONG_COLUMN);
    if (next === null) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={`ui-button ui-button--${props.variant ?? 'secondary'} ui-button--${sizeName(props.buttonSize, 'md')}`}
        disabled={props.disabled === true}
        id={buttonId}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <span className="ui-button-label">{props.buttonText ?? 'More'}</span>
        <Glyph name="downCarat" />
      </button>
      {hasAnchor && (
        <AnchoredLayer anchor={anchor} placement="bottom-start" onOutside={close}>
          <div
            ref={menu}
            role="menu"
            hidden={!isOpen}
            className="ui-menu"
            aria-labelledby={buttonId}
            onKeyDown={onMenuKey}
          >
            <CloseMenuContext.Provider value={closeToButton}>
              {props.options?.map((option) => (
                <button
                  key={option.label}
                  type="button"
                  role="menuitem"
                  className="ui-menu-entry"
                  onClick={() => {
                    closeToButton();
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
      )}
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
