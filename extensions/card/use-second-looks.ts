// Looks again while Tandem may be at work: a change that somebody made just now is synced within seconds, and
// nothing tells the card. A few looks, further and further apart, then it rests: each costs API calls.
import { useEffect, useRef } from 'react';
import type { RecordView } from '../../src/api/contract.ts';

export const PAUSES_MS: readonly number[] = [4_000, 12_000, 30_000];

/** Whether a sync would still do something of its own accord. */
function isUnderWay({ state, fields }: RecordView): boolean {
  return (
    state === 'waiting' ||
    state === 'neverSynced' ||
    fields.some(({ next }) => next === 'toHubSpot' || next === 'toSalesforce')
  );
}

/** `readAt`: when the record was read, in milliseconds; another look follows each reading. */
export function useSecondLooks(
  record: RecordView | undefined,
  readAt: number,
  look: () => void,
): void {
  const looks = useRef(0);
  useEffect(() => {
    if (record === undefined || !isUnderWay(record)) {
      looks.current = 0;
      return undefined;
    }
    const pause = PAUSES_MS[looks.current];
    if (pause === undefined) return undefined;
    const timer = setTimeout(() => {
      looks.current += 1;
      look();
    }, pause);
    return () => {
      clearTimeout(timer);
    };
  }, [record, readAt, look]);
}
