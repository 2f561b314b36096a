/** Hands `entries` to `work` in runs of at most `size`, one after the other, and joins what comes back. */
export async function inChunks<Entry, Result>(
  entries: readonly Entry[],
  size: number,
  work: (chunk: readonly Entry[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < entries.length; start += size) {
    results.push(...(await work(entries.slice(start, start + size))));
  }
  return results;
}
