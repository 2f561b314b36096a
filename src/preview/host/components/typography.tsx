// Text, headings and lists. Text is a span even when it is a block: extensions nest texts, links and spinners in
// each other freely, and a span may hold them all.
import type {
  DescriptionListItemProps,
  DescriptionListProps,
  HeadingProps,
  ListProps,
  TextProps,
} from '@hubspot/ui-extensions';
import { Children } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { classNames } from './sizes.ts';

const DECORATIONS: Readonly<Record<string, string>> = {
  none: 'none',
  underline: 'underline',
  strikethrough: 'line-through',
};
const WEIGHTS: Readonly<Record<string, number>> = { regular: 400, demibold: 600, bold: 700 };

function textStyle({ format, truncate }: TextProps): CSSProperties {
  const transform = format?.textTransform;
  return {
    fontWeight: format?.fontWeight === undefined ? undefined : WEIGHTS[format.fontWeight],
    fontStyle: format?.italic === true ? 'italic' : undefined,
    textDecoration:
      format?.lineDecoration === undefined ? undefined : DECORATIONS[format.lineDecoration],
    textTransform: transform === 'sentenceCase' ? 'lowercase' : transform,
    maxWidth: typeof truncate === 'object' ? truncate.maxWidth : undefined,
  };
}

/** The words in a tree of children, for the title of a text that is cut off. */
function plainText(element: HTMLElement | null): string {
  return element?.textContent ?? '';
}

export function Text(props: TextProps): ReactElement {
  const truncates = props.truncate !== undefined && props.truncate !== false;
  const given = typeof props.truncate === 'object' ? props.truncate.tooltipText : undefined;
  return (
    <span
      className={classNames(
        'ui-text',
        props.inline !== true && 'ui-text--block',
        props.variant === 'microcopy' && 'ui-text--microcopy',
        props.format?.textTransform === 'sentenceCase' && 'ui-text--sentence',
        truncates && 'ui-text--truncated',
      )}
      style={textStyle(props)}
      onMouseEnter={
        truncates
          ? (event) => {
              event.currentTarget.title = given ?? plainText(event.currentTarget);
            }
          : undefined
      }
    >
      {props.children}
    </span>
  );
}

export function Heading(props: HeadingProps): ReactElement {
  return (
    <h3 className={classNames('ui-heading', props.inline === true && 'ui-heading--inline')}>
      {props.children}
    </h3>
  );
}

export function List(props: ListProps): ReactElement {
  const variant = props.variant ?? 'unordered';
  const entries = Children.toArray(props.children).map((child, index) => (
    <li key={index}>{child}</li>
  ));
  const className = `ui-list ui-list--${variant}`;
  return variant.startsWith('ordered') ? (
    <ol className={className}>{entries}</ol>
  ) : (
    <ul className={className}>{entries}</ul>
  );
}

export function DescriptionList(props: DescriptionListProps): ReactElement {
  return (
    <dl className={`ui-description-list ui-description-list--${props.direction ?? 'column'}`}>
      {props.children}
    </dl>
  );
}

export function DescriptionListItem(props: DescriptionListItemProps): ReactElement {
  return (
    <div className="ui-description-list-item">
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
