// A table that gets page buttons once it is longer than a page, and none before.
import { Table } from '@hubspot/ui-extensions';
import type { TableProps } from '@hubspot/ui-extensions';
import type { ReactElement, ReactNode } from 'react';
import type { Pages } from './use-pages.ts';

export interface PagedTableProps {
  readonly pages: Pages<unknown>;
  readonly density?: NonNullable<TableProps['density']>;
  readonly children: ReactNode;
}

export function PagedTable({
  pages,
  density = 'condensed',
  children,
}: PagedTableProps): ReactElement {
  const { page, pageCount, showPage } = pages;
  if (pageCount === 1) {
    return (
      <Table bordered flush density={density}>
        {children}
      </Table>
    );
  }
  return (
    <Table
      bordered
      flush
      density={density}
      paginated
      page={page}
      pageCount={pageCount}
      onPageChange={showPage}
    >
      {children}
    </Table>
  );
}
