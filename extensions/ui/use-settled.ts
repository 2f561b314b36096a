// A value once it has stopped changing for a moment: what somebody types is asked about when they pause.
import { useEffect, useState } from 'react';

const PAUSE_MS = 350;

/** `value` is compared by `key`, so that a new object of the same content starts no new wait. */
export function useSettled<Value>(value: Value, key: string): Value {
  const [settled, setSettled] = useState({ key, value });
  useEffect(() => {
    if (settled.key === key) return undefined;
    const timer = setTimeout(() => {
      setSettled({ key, value });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [key, settled.key, value]);
  return settled.value;
}
