// How a process ends: the first SIGTERM or Ctrl-C asks it to finish what is in hand, the second ends it at
// once. Either way nothing is lost: what was begun and not recorded is done again.

/** npm passes on the Ctrl-C that the terminal has already sent to everybody. */
const SAME_MS = 1_000;
/** Orchestrators kill after 30 seconds; a run's page or a look may take longer than that. */
const LONGEST_MS = 29_000;
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

export interface Stopping {
  /** Aborts with the first signal. */
  readonly signal: AbortSignal;
  /** Resolves with the first signal. */
  readonly requested: Promise<void>;
}

export function stopOnSignals(onStop: () => void): Stopping {
  const stop = new AbortController();
  let askedAt = 0;
  const requested = new Promise<void>((resolve) => {
    for (const [name, number] of Object.entries(NUMBERS))
      process.on(name, () => {
        if (!stop.signal.aborted) {
          askedAt = performance.now();
          setTimeout(() => process.exit(1), LONGEST_MS).unref();
          onStop();
          stop.abort();
          resolve();
        } else if (performance.now() - askedAt > SAME_MS) process.exit(128 + number);
      });
  });
  return { signal: stop.signal, requested };
}
