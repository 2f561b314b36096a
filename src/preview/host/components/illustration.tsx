// Illustration: a framed drawing of our own with the illustration's alternative text.
import type { IllustrationProps } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { Glyph } from './icons.tsx';

export function Illustration(props: IllustrationProps): ReactElement {
  return (
    <span
      className="ui-illustration"
      role="img"
      aria-label={props.alt}
      style={{ width: props.width ?? 120, height: props.height ?? 90 }}
    >
      <Glyph name="image" />
    </span>
  );
}
