// Pages of a feed or a run are synced a few at a time: while one waits for a CRM or for the database, others get
// on, and the next is read meanwhile. What is remembered of them, such as how far a cursor has come, is
// remembered in the order of the pages, so that a crash never leaves a gap behind it.

/** More than this piles up rows in memory without being any faster: the CRMs' own limits come first. */
const PAGES_AT_ONCE = 3;

/**
 * @param settled called for one page after the other, in their order; false leaves the rest. Pages behind one
 *   that failed, or that was the last to go, are waited for and not settled: they are read and done again.
 */
export async function pagesAtOnce<Page, Result>(
  pages: AsyncIterable<Page>,
  work: (page: Page) => Promise<Result>,
  settled: (page: Page, result: Result) => Promise<boolean>,
  most = PAGES_AT_ONCE,
): Promise<void> {
  const atHand: { readonly page: Page; readonly done: Promise<Result> }[] = [];
  const settleFirst = async (): Promise<boolean> => {
    const first = atHand.shift();
    return first ? settled(first.page, await first.done) : false;
  };
  try {
    for await (const page of pages) {
      const done = work(page);
      // Whoever waits for it hears of it; until then it is nobody's unhandled rejection.
      done.catch(() => undefined);
      atHand.push({ page, done });
      if (atHand.length >= most && !(await settleFirst())) return;
    }
    while (atHand.length > 0) if (!(await settleFirst())) return;
  } finally {
    await Promise.allSettled(atHand.map(({ done }) => done));
  }
}
