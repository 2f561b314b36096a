// Button and LoadingButton.
import type { ButtonProps, LoadingButtonProps } from '@hubspot/ui-extensions';
import { useEffect, useRef, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { Glyph } from './icons.tsx';
import { destinationOf, openDestination } from './links.tsx';
import { useAnchor, useOverlay, useReactions } from './overlay-slots.tsx';
import { extensionEvent, invoke } from './remote-call.ts';
import { classNames, sizeName } from './sizes.ts';

/** How long a LoadingButton shows that it has finished, in milliseconds. */
const RESULT_SHOWN_MS = 1_500;

interface PushButtonProps extends ButtonProps {
  readonly busy: boolean;
  readonly mark: ReactNode;
  /** Opens the overlay at the click itself; a LoadingButton may wait until it has loaded. */
  readonly opensOnClick: boolean;
  readonly openNow: boolean;
}

function PushButton(props: PushButtonProps): ReactElement {
  const anchor = useAnchor<HTMLButtonElement>();
  const reactions = useReactions();
  const { overlay, open, hints } = useOverlay(props.overlay, anchor);
  const destination = destinationOf(props.href);
  const { openNow } = props;
  useEffect(() => {
    if (openNow) open();
  }, [openNow, open]);
  return (
    <>
      <button
        ref={anchor}
        {...hints}
        type={props.type ?? 'button'}
        disabled={props.disabled === true || props.busy}
        aria-busy={props.busy || undefined}
        className={classNames(
          'ui-button',
          `ui-button--${props.variant ?? 'secondary'}`,
          `ui-button--${sizeName(props.size, 'md')}`,
          props.truncate === true && 'ui-button--truncated',
        )}
        onClick={() => {
          invoke(props.onClick, extensionEvent('click'), reactions);
          if (props.opensOnClick) open();
          if (destination !== null) openDestination(destination);
        }}
      >
        {props.mark}
        <span className="ui-button-label">{props.children}</span>
        {destination?.external === true && <Glyph name="externalLink" />}
      </button>
      {overlay}
    </>
  );
}

export function Button(props: ButtonProps): ReactElement {
  return <PushButton {...props} busy={false} mark={null} opensOnClick openNow={false} />;
}

/** True for a moment after `loading` went from true to false. */
function useJustFinished(loading: boolean): boolean {
  const [finished, setFinished] = useState(false);
  const wasLoading = useRef(loading);
  useEffect(() => {
    const ended = wasLoading.current && !loading;
    wasLoading.current = loading;
    setFinished(ended);
    if (!ended) return undefined;
    const timer = setTimeout(() => {
      setFinished(false);
    }, RESULT_SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [loading]);
  return finished;
}

export function LoadingButton({
  loading = false,
  resultIconName = 'success',
  overlayOptions,
  ...button
}: LoadingButtonProps): ReactElement {
  const finished = useJustFinished(loading);
  const afterLoading = overlayOptions?.openBehavior === 'onLoadingFinish';
  return (
    <PushButton
      {...button}
      busy={loading}
      opensOnClick={!afterLoading}
      openNow={afterLoading && finished}
      mark={
        loading ? (
          <span className="ui-spinner ui-spinner--inline" aria-hidden="true" />
        ) : finished ? (
          <Glyph name={resultIconName} />
        ) : null
      }
    />
  );
}
