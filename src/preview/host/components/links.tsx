// What leads somewhere: Link and Image, and how an `href` of HubSpot's opens. Addresses outside of HubSpot open
// in a new tab, as there; only web, mail and phone addresses are followed, since they come from the extension.
import type { HrefProp, ImageProps, LinkProps } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { Glyph } from './icons.tsx';
import { useAnchor, useOverlay, useReactions } from './overlay-slots.tsx';
import { extensionEvent, invoke } from './remote-call.ts';

const FOLLOWED = /^(https?:|mailto:|tel:|\/(?!\/)|#|\?)/i;
const ON_HUBSPOT = /^https:\/\/([a-z0-9-]+\.)*hubspot\.com(\/|$)/i;

export interface Destination {
  readonly url: string;
  readonly external: boolean;
}

/** Where an `href` leads, or null for none (or one that a page shouldn't follow). */
export function destinationOf(href: HrefProp | undefined): Destination | null {
  if (href === undefined) return null;
  const url = typeof href === 'string' ? href : href.url;
  if (!FOLLOWED.test(url)) return null;
  const external =
    (typeof href === 'string' ? undefined : href.external) ??
    (/^https?:/i.test(url) && !ON_HUBSPOT.test(url));
  return { url, external };
}

/** Opens an address the way a click on a HubSpot button with `href` does. */
export function openDestination({ url, external }: Destination): void {
  if (external) window.open(url, '_blank', 'noopener,noreferrer');
  else window.location.assign(url);
}

export function Link(props: LinkProps): ReactElement {
  const anchor = useAnchor<HTMLAnchorElement>();
  const reactions = useReactions();
  const { overlay, open, hints } = useOverlay(props.overlay, anchor);
  const destination = destinationOf(props.href);
  return (
    <>
      <a
        ref={anchor}
        {...hints}
        className={`ui-link ui-link--${props.variant ?? 'primary'}`}
        href={destination?.url ?? '#'}
        target={destination?.external === true ? '_blank' : undefined}
        rel={destination?.external === true ? 'noopener noreferrer' : undefined}
        onClick={(event) => {
          if (destination === null || props.preventDefault === true || overlay !== null) {
            event.preventDefault();
          }
          invoke(props.onClick, extensionEvent('click'), reactions);
          open();
        }}
      >
        {props.children}
        {destination?.external === true && (
          <>
            <Glyph name="externalLink" />
            <span className="ui-spoken"> (opens in a new tab)</span>
          </>
        )}
      </a>
      {overlay}
    </>
  );
}

export function Image(props: ImageProps): ReactElement {
  const anchor = useAnchor<HTMLButtonElement>();
  const reactions = useReactions();
  const { overlay, open, hints } = useOverlay(props.overlay, anchor);
  const destination = destinationOf(props.href);
  const picture = (
    <img
      className="ui-image"
      src={props.src}
      alt={props.alt ?? ''}
      width={props.width}
      height={props.height}
    />
  );
  if (destination === null && props.onClick === undefined && overlay === null) return picture;
  return (
    <>
      <button
        ref={anchor}
        {...hints}
        type="button"
        className="ui-image-button"
        onClick={() => {
          invoke(props.onClick, extensionEvent('click'), reactions);
          open();
          if (destination !== null) openDestination(destination);
        }}
      >
        {picture}
      </button>
      {overlay}
    </>
  );
}
