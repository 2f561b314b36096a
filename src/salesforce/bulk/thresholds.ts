// From how many rows on Bulk API 2.0 is worth its while.

/** Rows of one page of an export: one call each. */
export const EXPORT_PAGE_ROWS = 10_000;
export const BULK_READ_ROWS = 50_000;
export const BULK_WRITE_ROWS = 20_000;
