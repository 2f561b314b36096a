// Splitting long lists into the batches an API takes, and sending a few of them at the same time.

export function chunksOf<T>(list: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < list.length; start += size) {
    chunks.push(list.slice(start, start + size));
  }
  return chunks;
}

/**
 * Results in the order of the list; at most `atOnce` calls are under way. The first failure ends it: calls
 * under way finish unheard, no further one is made.
 */
export async function mapConcurrently<T, R>(
  list: readonly T[],
  atOnce: number,
  call: (entry: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  const pending = list.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, entry] of pending) {
      if (failed) return;
      try {
        results.set(index, await call(entry, index));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, list.length) }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
