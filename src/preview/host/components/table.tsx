// Table and its parts. A header that sorts is a button with an arrow; the pages are those of pagination.tsx.
import type {
  TableCellProps,
  TableElementProps,
  TableHeaderProps,
  TableProps,
} from '@hubspot/ui-extensions';
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { CSSProperties, ReactElement, RefObject } from 'react';
import { Glyph } from './icons.tsx';
import { Pagination } from './pagination.tsx';
import { invoke } from './remote-call.ts';
import { classNames } from './sizes.ts';

/** Cells in a head or foot differ from those in the body, and a cell can't see where it stands. */
const SectionContext = createContext<'head' | 'body' | 'foot'>('body');

/** Whether there is more than fits: then the keyboard has to get at it too. */
function useScrolls(): [RefObject<HTMLDivElement>, boolean] {
  const frame = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => {
      setScrolls(current.scrollWidth > current.clientWidth);
    });
    observer.observe(current);
    if (current.firstElementChild !== null) observer.observe(current.firstElementChild);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [frame, scrolls];
}

export function Table(props: TableProps): ReactElement {
  const [frame, scrolls] = useScrolls();
  return (
    <div
      className={classNames(
        'ui-table-frame',
        props.flush === true && 'ui-table-frame--flush',
        props.bordered === false && 'ui-table-frame--plain',
      )}
    >
      <div
        ref={frame}
        className="ui-table-scroll"
        {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': 'Table' } : { tabIndex: -1 })}
      >
        <table className={`ui-table ui-table--${props.density ?? 'default'}`}>
          {props.children}
        </table>
      </div>
      {props.paginated === true && <Pagination {...props} />}
    </div>
  );
}

export function TableHead(props: TableElementProps): ReactElement {
  return (
    <SectionContext.Provider value="head">
      <thead>{props.children}</thead>
    </SectionContext.Provider>
  );
}

export function TableBody(props: TableElementProps): ReactElement {
  return <tbody>{props.children}</tbody>;
}

export function TableFooter(props: TableElementProps): ReactElement {
  return (
    <SectionContext.Provider value="foot">
      <tfoot>{props.children}</tfoot>
    </SectionContext.Provider>
  );
}

export function TableRow(props: TableElementProps): ReactElement {
  return <tr>{props.children}</tr>;
}

function cellStyle({ align, width }: Pick<TableCellProps, 'align' | 'width'>): CSSProperties {
  const style: CSSProperties = { textAlign: align };
  if (width === 'min') return { ...style, width: '1%', whiteSpace: 'nowrap' };
  if (width === 'max') return { ...style, width: '100%' };
  if (typeof width === 'number') return { ...style, width, minWidth: width };
  return style;
}

export function TableHeader(props: TableHeaderProps): ReactElement {
  if (!('onSortChange' in props)) {
    return (
      <th scope="col" style={cellStyle(props)}>
        {props.children}
      </th>
    );
  }
  const { sortDirection, onSortChange, disabled = false } = props;
  const next = sortDirection === 'ascending' ? 'descending' : 'ascending';
  return (
    <th scope="col" style={cellStyle(props)} aria-sort={sortDirection}>
      <button
        type="button"
        className={`ui-sort ui-sort--${sortDirection}`}
        disabled={disabled}
        onClick={() => {
          invoke(onSortChange, next);
        }}
      >
        <span>{props.children}</span>
        <Glyph
          name={
            sortDirection === 'none'
              ? 'sortTable'
              : sortDirection === 'ascending'
                ? 'upCarat'
                : 'downCarat'
          }
        />
      </button>
    </th>
  );
}

export function TableCell(props: TableCellProps): ReactElement {
  const section = useContext(SectionContext);
  return (
    <td
      className={section === 'body' ? undefined : `ui-cell--${section}`}
      style={cellStyle(props)}
      colSpan={props.colSpan}
    >
      {props.children}
    </td>
  );
}
