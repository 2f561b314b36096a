// Rows in pages, for tables that can grow long. A change of the rows never leaves the reader on a page that
// isn't there any more.
import { useState } from 'react';

export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly pageCount: number;
  readonly showPage: (page: number) => void;
}

export function usePages<Row>(all: readonly Row[], pageSize: number): Pages<Row> {
  const [wanted, showPage] = useState(1);
  const pageCount = Math.max(1, Math.ceil(all.length / pageSize));
  const page = Math.min(wanted, pageCount);
  return {
    rows: all.slice((page - 1) * pageSize, page * pageSize),
    page,
    pageCount,
    showPage,
  };
}
