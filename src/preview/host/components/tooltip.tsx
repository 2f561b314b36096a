// Tooltips: HubSpot's component, which shows itself while its trigger is hovered or focused, and the small
// question mark beside a field's label.
import type { TooltipProps } from '@hubspot/ui-extensions';
import { useContext, useId, useState } from 'react';
import type { ReactElement } from 'react';
import { AnchoredLayer } from './anchored-layer.tsx';
import { Glyph } from './icons.tsx';
import { OverlaySlotContext, useAnchor } from './overlay-slots.tsx';

export function Tooltip(props: TooltipProps): ReactElement | null {
  const slot = useContext(OverlaySlotContext);
  // Outside of an `overlay` prop there is nothing to hover; its text is shown rather than lost.
  if (slot === null) return <span className="ui-text">{props.children}</span>;
  if (!slot.isHinted) return null;
  return (
    <AnchoredLayer anchor={slot.anchor} placement={props.placement ?? 'top'}>
      <span role="tooltip" id={slot.tooltipId} className="ui-tooltip">
        {props.children}
      </span>
    </AnchoredLayer>
  );
}

export function HelpMark({ text }: { readonly text: string }): ReactElement {
  const anchor = useAnchor<HTMLButtonElement>();
  const [shown, setShown] = useState(false);
  const id = useId();
  const show = (): void => {
    setShown(true);
  };
  const hide = (): void => {
    setShown(false);
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="ui-help-mark"
        aria-label="Help"
        aria-describedby={shown ? id : undefined}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
      >
        <Glyph name="info" />
      </button>
      {shown && (
        <AnchoredLayer anchor={anchor} placement="top">
          <span role="tooltip" id={id} className="ui-tooltip">
            {text}
          </span>
        </AnchoredLayer>
      )}
    </>
  );
}
