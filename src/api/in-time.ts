// What is nice to have beside an answer (names, labels, addresses) must not take the answer's time: a function has
// ten seconds in all, and a CRM that doesn't answer is often what the page is looked at for.

/** Null for what fails or takes longer. */
export async function inTime<Value>(asked: Promise<Value>, ms: number): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, ms);
  });
  try {
    return await Promise.race([asked.catch(() => null), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
