// Ends an answer before HubSpot ends the function: a function that HubSpot cuts off tells the user one
// generic sentence, and HubSpot documents 10 s for an execution (hubspot-platform §3).

/** Resolves with what `work` resolves with, or after `milliseconds` with what `tooLate` returns. */
export async function within<Value>(
  milliseconds: number,
  work: Promise<Value>,
  tooLate: () => Value,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Value>((resolve) => {
    timer = setTimeout(() => {
      resolve(tooLate());
    }, milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
