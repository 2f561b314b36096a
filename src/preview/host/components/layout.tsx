// Components that only place others: rows, columns, grids, boxes, lines and gaps.
import type {
  AutoGridProps,
  BoxProps,
  ButtonRowProps,
  CardProps,
  DividerProps,
  FlexProps,
  InlineProps,
  SpacerProps,
  StackProps,
  TileProps,
} from '@hubspot/ui-extensions';
import type { CSSProperties, ReactElement } from 'react';
import { classNames, sizeName } from './sizes.ts';

const MAIN_AXIS: Readonly<Record<string, string>> = {
  start: 'flex-start',
  end: 'flex-end',
  center: 'center',
  around: 'space-around',
  between: 'space-between',
};
const CROSS_AXIS: Readonly<Record<string, string>> = {
  start: 'flex-start',
  end: 'flex-end',
  center: 'center',
  baseline: 'baseline',
  stretch: 'stretch',
};

function alignment(
  justify: string | undefined,
  align: string | undefined,
  alignSelf?: string,
): CSSProperties {
  return {
    justifyContent: MAIN_AXIS[justify ?? 'start'],
    alignItems: CROSS_AXIS[align ?? 'stretch'],
    alignSelf: alignSelf === undefined ? undefined : (CROSS_AXIS[alignSelf] ?? 'auto'),
  };
}

export function Flex(props: FlexProps): ReactElement {
  const wraps = props.wrap === true || props.wrap === 'wrap';
  return (
    <div
      className={classNames('ui-flex', `ui-gap-${sizeName(props.gap, 'flush')}`)}
      style={{
        flexDirection: props.direction ?? 'row',
        flexWrap: wraps ? 'wrap' : 'nowrap',
        ...alignment(props.justify, props.align, props.alignSelf),
      }}
    >
      {props.children}
    </div>
  );
}

export function Stack(props: StackProps): ReactElement {
  return (
    <div
      className={classNames('ui-flex', `ui-gap-${sizeName(props.distance, 'sm')}`)}
      style={{
        flexDirection: props.direction ?? 'column',
        width: props.width ?? '100%',
        ...alignment(props.justify, props.align),
      }}
    >
      {props.children}
    </div>
  );
}

export function Inline(props: InlineProps): ReactElement {
  return (
    <div
      className={classNames('ui-flex', `ui-gap-${sizeName(props.gap, 'flush')}`)}
      style={{ flexWrap: 'wrap', ...alignment(props.justify, props.align) }}
    >
      {props.children}
    </div>
  );
}

const BOX_FLEX: Readonly<Record<string, string>> = {
  initial: '0 1 auto',
  auto: '1 1 auto',
  none: 'none',
};

export function Box(props: BoxProps): ReactElement {
  const { flex } = props;
  return (
    <div
      className="ui-box"
      style={{
        flex: typeof flex === 'number' ? flex : flex === undefined ? undefined : BOX_FLEX[flex],
        alignSelf: props.alignSelf === undefined ? undefined : CROSS_AXIS[props.alignSelf],
      }}
    >
      {props.children}
    </div>
  );
}

export function AutoGrid(props: AutoGridProps): ReactElement {
  // A column never asks for more than there is: at sidebar width a grid becomes one column.
  const column = `min(${props.columnWidth}px, 100%)`;
  return (
    <div
      className={classNames('ui-auto-grid', `ui-gap-${sizeName(props.gap, 'flush')}`)}
      style={{
        gridTemplateColumns:
          props.flexible === true
            ? `repeat(auto-fit, minmax(${column}, 1fr))`
            : `repeat(auto-fill, ${column})`,
      }}
    >
      {props.children}
    </div>
  );
}

export function Divider(props: DividerProps): ReactElement {
  return (
    <hr className={`ui-divider ui-divider--${sizeName(props.size ?? props.distance, 'sm')}`} />
  );
}

export function Spacer(props: SpacerProps): ReactElement {
  return (
    <div aria-hidden="true" className={`ui-spacer ui-spacer--${sizeName(props.size, 'sm')}`} />
  );
}

export function Card(props: CardProps): ReactElement {
  return <section className="ui-card">{props.children}</section>;
}

export function Tile(props: TileProps): ReactElement {
  return (
    <div
      className={classNames(
        'ui-tile',
        props.compact === true && 'ui-tile--compact',
        props.flush === true && 'ui-tile--flush',
      )}
    >
      {props.children}
    </div>
  );
}

/** HubSpot folds what doesn't fit into a "More" menu; here the buttons wrap onto the next line. */
export function ButtonRow(props: ButtonRowProps): ReactElement {
  return <div className="ui-button-row">{props.children}</div>;
}
