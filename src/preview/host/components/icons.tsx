// Icons: our own line drawings (glyphs.ts) behind HubSpot's names and colours.
import type { IconProps } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { GLYPH_ALIASES, GLYPHS } from './glyphs.ts';
import { sizeName } from './sizes.ts';

const UNKNOWN_GLYPH = 'M3 3h10v10H3zM6 8h4';

/** A bare drawing in the colour and size of the text around it; says nothing to a screen reader. */
export function Glyph({ name }: { readonly name: string }): ReactElement {
  const path = GLYPHS[name] ?? GLYPHS[GLYPH_ALIASES[name] ?? ''] ?? UNKNOWN_GLYPH;
  return (
    <svg className="ui-glyph" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {path === UNKNOWN_GLYPH && <title>{name}</title>}
      <path d={path} />
    </svg>
  );
}

export function Icon(props: IconProps): ReactElement {
  const spoken = props.screenReaderText;
  return (
    <span
      className={`ui-icon ui-icon--${props.color ?? 'inherit'} ui-icon--${sizeName(props.size, 'auto')}`}
      role={spoken === undefined ? undefined : 'img'}
      aria-label={spoken}
    >
      <Glyph name={props.name} />
    </span>
  );
}
