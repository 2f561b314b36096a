// Tag and StatusTag.
import type { StatusTagProps, TagProps } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { Glyph } from './icons.tsx';
import { useAnchor, useOverlay, useReactions } from './overlay-slots.tsx';
import { extensionEvent, invoke } from './remote-call.ts';
import { classNames } from './sizes.ts';

export function Tag(props: TagProps): ReactElement {
  const anchor = useAnchor<HTMLElement>();
  const reactions = useReactions();
  const { overlay, open, hints } = useOverlay(props.overlay, anchor);
  const className = classNames(
    'ui-tag',
    `ui-tag--${props.variant ?? 'default'}`,
    props.inline === true && 'ui-tag--inline',
  );
  if (props.onClick === undefined && overlay === null) {
    return <span className={className}>{props.children}</span>;
  }
  return (
    <>
      <button
        ref={anchor as React.RefObject<HTMLButtonElement>}
        {...hints}
        type="button"
        className={className}
        onClick={() => {
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

export function StatusTag(props: StatusTagProps): ReactElement {
  const className = `ui-status-tag ui-status-tag--${props.variant ?? 'default'}`;
  const content = (
    <>
      <span
        className={classNames('ui-status-dot', props.hollow === true && 'ui-status-dot--hollow')}
        aria-hidden="true"
      />
      <span>{props.children}</span>
    </>
  );
  return (
    <span className={className}>
      {props.onClick === undefined ? (
        content
      ) : (
        <button
          type="button"
          className="ui-status-button"
          onClick={() => {
            invoke(props.onClick);
          }}
        >
          {content}
        </button>
      )}
      {props.showRemoveIcon === true && (
        <button
          type="button"
          className="ui-status-button"
          aria-label="Remove"
          onClick={() => {
            invoke(props.onRemoveClick);
          }}
        >
          <Glyph name="remove" />
        </button>
      )}
    </span>
  );
}
