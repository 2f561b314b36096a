// From how many rows on Bulk API 2.0 is worth its while. Measured with `bench/bulk.ts` (November 2026), API
// calls and seconds for rows of eight fields, 20 ms a call; a slow job waits two minutes in the org's queue and
// then reads 5,000 and writes 500 rows a second, and looking how it is doing costs calls too:
//
//            rows   queries, collections   job done at once   slow job
//   read    20,000   11 calls   1.7 s        4 calls   2 s      8 calls  132 s
//   read    50,000   26 calls   8 s          7 calls  10 s     11 calls  143 s
//   write    5,000    5 calls   1 s          5 calls   3 s     11 calls  184 s
//   write   20,000   20 calls   3 s          5 calls   5 s     11 calls  186 s
//   write   50,000   50 calls   4 s          5 calls   7 s     12 calls  247 s
//
// A job is never faster here; it saves calls, where there are many. So it has to save about half of them even
// when it is slow: reads are worth it from 50,000 rows on, writes from 20,000.

/** Rows of one page of an export: one call each, 11 MB of records when they have 40 fields. */
export const EXPORT_PAGE_ROWS = 10_000;

/** Runs over so many records and more read them through an export. */
export const BULK_READ_ROWS = 50_000;

/** So many rows of one kind and object, and more, are written through an ingest job. */
export const BULK_WRITE_ROWS = 20_000;
