// Notices values that changed between two readings, and keeps their names for a few seconds, so that an edit made
// on the other side is seen arriving.
import { useEffect, useRef, useState } from 'react';

const MARKED_MS = 5_000;

type Values = Readonly<Record<string, unknown>>;

/** Names of the values that changed a moment ago; the first reading marks none. */
export function useArrivals(values: Values): ReadonlySet<string> {
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const before = useRef(values);
  useEffect(() => {
    const changed = Object.keys(values).filter((name) => values[name] !== before.current[name]);
    before.current = values;
    if (changed.length === 0) return;
    setArrived((marked) => new Set([...marked, ...changed]));
    // Not cleared when the next reading comes: each mark lives its own time.
    setTimeout(() => {
      setArrived((marked) => new Set([...marked].filter((name) => !changed.includes(name))));
    }, MARKED_MS);
  }, [values]);
  return arrived;
}
