// The page buttons under a table; pages count from 1.
import type { TablePaginatedProps } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { useOwned } from './choices.tsx';
import { Glyph } from './icons.tsx';
import { invoke } from './remote-call.ts';
import { classNames } from './sizes.ts';

/** The pages to offer around the current one. */
export function visiblePages(current: number, count: number, atMost: number): readonly number[] {
  const length = Math.min(count, Math.max(1, atMost));
  const first = Math.max(1, Math.min(current - Math.floor(length / 2), count - length + 1));
  return Array.from({ length }, (_, index) => first + index);
}

export function Pagination(props: TablePaginatedProps): ReactElement | null {
  // Examples of HubSpot's own pass the count as text.
  const count = Number.parseInt(String(props.pageCount), 10);
  const [page, setPage] = useOwned(props.page, 1);
  if (!Number.isFinite(count) || count < 1) return null;

  const turnTo = (next: number): void => {
    setPage(next);
    invoke(props.onPageChange, next);
  };
  const turner = (
    label: string,
    next: number,
    glyphFirst: string | null,
    glyphLast: string | null,
  ) => (
    <button
      type="button"
      className="ui-page-turner"
      disabled={next < 1 || next > count || next === page}
      onClick={() => {
        turnTo(next);
      }}
    >
      {glyphFirst !== null && <Glyph name={glyphFirst} />}
      <span className={props.showButtonLabels === false ? 'ui-spoken' : undefined}>{label}</span>
      {glyphLast !== null && <Glyph name={glyphLast} />}
    </button>
  );
  return (
    <nav className="ui-pagination" aria-label="Pages of the table">
      {props.showFirstLastButtons === true && turner('First', 1, null, null)}
      {turner('Prev', page - 1, 'left', null)}
      {visiblePages(page, count, props.maxVisiblePageButtons ?? 5).map((number) => (
        <button
          key={number}
          type="button"
          className={classNames('ui-page', number === page && 'ui-page--current')}
          aria-label={`Page ${number}`}
          aria-current={number === page ? 'page' : undefined}
          onClick={() => {
            if (number !== page) turnTo(number);
          }}
        >
          {number}
        </button>
      ))}
      {turner('Next', page + 1, null, 'right')}
      {props.showFirstLastButtons === true && turner('Last', count, null, null)}
    </nav>
  );
}
