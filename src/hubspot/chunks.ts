// Splits work into HubSpot's batch sizes and keeps a few batches on the way at once.

/** Batches on the way at once: fills HubSpot's 19 calls a second without piling up. */
export const AT_ONCE = 6;

export function chunksOf<Value>(values: readonly Value[], size: number): Value[][] {
  const chunks: Value[][] = [];
  for (let start = 0; start < values.length; start += size)
    chunks.push(values.slice(start, start + size));
  return chunks;
}

/** Like `Promise.all(chunks.map(work))`, a few at a time, results in the order of the chunks. */
export async function eachChunk<Chunk, Result>(
  chunks: readonly Chunk[],
  work: (chunk: Chunk) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = chunks.entries();
  const worker = async (): Promise<void> => {
    for (const [index, chunk] of waiting) results[index] = await work(chunk);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, chunks.length) }, worker));
  return results;
}
