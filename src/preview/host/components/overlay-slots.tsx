// Overlays: a Button, Link, Tag or Image may carry a Modal, Panel or Tooltip in its `overlay` prop. The trigger
// makes a slot for it, always renders it there, and the overlay shows itself while the slot is open (dialogs) or
// hinted (tooltips). Every dialog is known by its id, so that `closeOverlay(id)` and the reactions find it.
import type { Reactions } from '@hubspot/ui-extensions';
import { createContext, useCallback, useContext, useId, useMemo, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';

export interface OverlaySlot {
  readonly isOpen: boolean;
  readonly setOpen: (open: boolean) => void;
  /** The trigger is hovered or has the focus. */
  readonly isHinted: boolean;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly tooltipId: string;
}

/** What an overlay finds around it; null when it stands in the tree on its own. */
export const OverlaySlotContext = createContext<OverlaySlot | null>(null);

export interface DialogHandle {
  open(): void;
  close(): void;
}

/** The dialogs of one extension by id, mounted at the moment. */
export class DialogRegistry {
  readonly #dialogs = new Map<string, DialogHandle>();

  /** Returns what takes the dialog off the list again. */
  register(id: string, dialog: DialogHandle): () => void {
    this.#dialogs.set(id, dialog);
    return () => {
      if (this.#dialogs.get(id) === dialog) this.#dialogs.delete(id);
    };
  }

  open(id: string): void {
    this.#dialogs.get(id)?.open();
  }

  close(id: string): void {
    this.#dialogs.get(id)?.close();
  }
}

export const DialogRegistryContext = createContext<DialogRegistry>(new DialogRegistry());

/** The second argument of every `onClick` (HubSpot's "reactions"). */
export function useReactions(): Reactions {
  const registry = useContext(DialogRegistryContext);
  return useMemo(() => {
    const open = (id: string): void => {
      registry.open(id);
    };
    const close = (id: string): void => {
      registry.close(id);
    };
    return { openPanel: open, closePanel: close, openModal: open, closeModal: close };
  }, [registry]);
}

export interface OverlayTrigger {
  /** Rendered right after the trigger element. */
  readonly overlay: ReactNode;
  readonly open: () => void;
  /** Spread on the trigger element, next to the anchor's ref. */
  readonly hints: {
    readonly onMouseEnter: () => void;
    readonly onMouseLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
    readonly 'aria-describedby': string | undefined;
  };
}

/** Makes a slot for the overlay of a trigger; without an overlay it costs nothing and shows nothing. */
export function useOverlay(
  overlay: ReactNode,
  anchor: RefObject<HTMLElement | null>,
): OverlayTrigger {
  const [isOpen, setOpen] = useState(false);
  const [isHinted, setHinted] = useState(false);
  const tooltipId = useId();
  const hasOverlay = overlay !== undefined && overlay !== null;
  const slot = useMemo(
    () => ({ isOpen, setOpen, isHinted, anchor, tooltipId }),
    [isOpen, isHinted, anchor, tooltipId],
  );
  const open = useCallback(() => {
    setOpen(true);
  }, []);
  const hint = useCallback(() => {
    setHinted(true);
  }, []);
  const unhint = useCallback(() => {
    setHinted(false);
  }, []);
  return {
    overlay: hasOverlay ? (
      <OverlaySlotContext.Provider value={slot}>{overlay}</OverlaySlotContext.Provider>
    ) : null,
    open,
    hints: {
      onMouseEnter: hint,
      onMouseLeave: unhint,
      onFocus: hint,
      onBlur: unhint,
      'aria-describedby': hasOverlay && isHinted ? tooltipId : undefined,
    },
  };
}

/** A ref for the trigger element; one type for buttons, links and spans. */
export function useAnchor<Element extends HTMLElement>(): RefObject<Element> {
  return useRef<Element>(null);
}
