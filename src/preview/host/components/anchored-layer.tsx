// A layer that hangs on an element (menu, list of options, tooltip): drawn at the end of the dialog or part of the page
// that the element is in, so that no table or card cuts it off, and kept at its anchor while the page scrolls or the
// layer changes size.
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { createPortal } from 'react-dom';

export type Placement = 'bottom-start' | 'top' | 'bottom' | 'left' | 'right';

const MARGIN = 6;

interface Point {
  readonly left: number;
  readonly top: number;
}

function pointFor(placement: Placement, anchor: DOMRect, layer: DOMRect): Point {
  const centeredLeft = anchor.left + (anchor.width - layer.width) / 2;
  const centeredTop = anchor.top + (anchor.height - layer.height) / 2;
  switch (placement) {
    case 'top':
      return { left: centeredLeft, top: anchor.top - layer.height - MARGIN };
    case 'bottom':
      return { left: centeredLeft, top: anchor.bottom + MARGIN };
    case 'left':
      return { left: anchor.left - layer.width - MARGIN, top: centeredTop };
    case 'right':
      return { left: anchor.right + MARGIN, top: centeredTop };
    case 'bottom-start': {
      const below = anchor.bottom + 2;
      const fitsBelow = below + layer.height <= window.innerHeight;
      const above = anchor.top - layer.height - 2;
      return { left: anchor.left, top: fitsBelow || above < 0 ? below : above };
    }
  }
}

/** Keeps the layer inside the window, whatever its anchor does. */
function clamp(point: Point, layer: DOMRect): Point {
  return {
    left: Math.max(MARGIN, Math.min(point.left, window.innerWidth - layer.width - MARGIN)),
    top: Math.max(MARGIN, Math.min(point.top, window.innerHeight - layer.height - MARGIN)),
  };
}

/** Where a screen reader finds the layer too. */
const PARTS = '[role="dialog"], main, aside, nav, header, section[aria-label]';

export interface AnchoredLayerProps {
  /** In the document already. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly placement: Placement;
  /** As wide as its anchor at least. */
  readonly matchWidth?: boolean;
  /** A click or a focus outside of the layer and its anchor. */
  readonly onOutside?: () => void;
  readonly children: ReactNode;
}

export function AnchoredLayer({
  anchor,
  placement,
  matchWidth = false,
  onOutside,
  children,
}: AnchoredLayerProps): ReactElement {
  const layer = useRef<HTMLDivElement>(null);
  const [part] = useState(() => anchor.current?.closest(PARTS) ?? document.body);

  const place = useCallback(() => {
    if (anchor.current === null || layer.current === null) return;
    const anchorBox = anchor.current.getBoundingClientRect();
    if (matchWidth) layer.current.style.minWidth = `${anchorBox.width}px`;
    const layerBox = layer.current.getBoundingClientRect();
    const { left, top } = clamp(pointFor(placement, anchorBox, layerBox), layerBox);
    layer.current.style.left = `${left}px`;
    layer.current.style.top = `${top}px`;
  }, [anchor, matchWidth, placement]);

  useLayoutEffect(place);
  useLayoutEffect(() => {
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  }, [place]);

  useLayoutEffect(() => {
    if (onOutside === undefined) return undefined;
    const leave = (event: Event): void => {
      const target = event.target as Node | null;
      if (layer.current?.contains(target) === true) return;
      if (anchor.current?.contains(target) === true) return;
      onOutside();
    };
    document.addEventListener('pointerdown', leave, true);
    document.addEventListener('focusin', leave, true);
    return () => {
      document.removeEventListener('pointerdown', leave, true);
      document.removeEventListener('focusin', leave, true);
    };
  }, [anchor, onOutside]);

  return createPortal(
    <div ref={layer} className="ui-layer">
      {children}
    </div>,
    part,
  );
}
