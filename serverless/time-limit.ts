// Ends an answer before HubSpot ends the function: a function that HubSpot cuts off tells the user one
// generic sentence, and HubSpot documents 10 s for an execution (hubspot-platform §3).

/**
 * Resolves with what `work` resolves with, or after `milliseconds` with what `tooLate` returns; then the signal
 * tells the work that nobody waits for it any more.
 */
export async function within<Value>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Value>,
  tooLate: () => Value,
): Promise<Value> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Value>((resolve) => {
    timer = setTimeout(() => {
      resolve(tooLate());
      ending.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([work(ending.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
}
