// Reads something again and again while the page is in view, so that what changes elsewhere is seen arriving.
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Polled<Value> {
  /** Null until the first answer; kept while a later read fails. */
  readonly value: Value | null;
  /** The last read's failure; null when it worked. */
  readonly error: string | null;
  /** Reads now rather than at the next turn. */
  readonly refresh: () => void;
}

/**
 * `load` every `intervalMs`; a new `load` (keep it in a useCallback) starts over with its own first answer.
 * An answer equal to the one before keeps its identity, so that nothing is drawn again for it.
 */
export function usePolled<Value>(load: () => Promise<Value>, intervalMs: number): Polled<Value> {
  const [answer, setAnswer] = useState<{ load: () => Promise<Value>; value: Value } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const readNow = useRef<() => void>(() => undefined);

  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let reading = false;

    const read = async (): Promise<void> => {
      if (reading) return;
      reading = true;
      clearTimeout(timer);
      try {
        if (!document.hidden) {
          const value = await load();
          if (ended) return;
          setError(null);
          setAnswer((before) =>
            before?.load === load && JSON.stringify(before.value) === JSON.stringify(value)
              ? before
              : { load, value },
          );
        }
      } catch (failure) {
        if (!ended) setError(failure instanceof Error ? failure.message : String(failure));
      } finally {
        reading = false;
        if (!ended) timer = setTimeout(() => void read(), intervalMs);
      }
    };
    readNow.current = () => void read();
    void read();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [load, intervalMs]);

  const refresh = useCallback(() => {
    readNow.current();
  }, []);
  return { value: answer?.load === load ? answer.value : null, error, refresh };
}
