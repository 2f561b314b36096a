/** An answer that is asked for again only when it is older than `lifeMs`; null while asking fails. */
export function cached<Value>(
  lifeMs: number,
  now: () => number,
  ask: () => Promise<Value>,
): () => Promise<Value | null> {
  let askedAt = -Infinity;
  let answer: Promise<Value | null> = Promise.resolve(null);
  return () => {
    if (now() - askedAt >= lifeMs) {
      askedAt = now();
      answer = ask().catch(() => null);
    }
    return answer;
  };
}
