// @vitest-environment jsdom
// The card's second looks at a contact whose sync may be under way.
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PAUSES_MS, useSecondLooks } from '../../extensions/card/use-second-looks.ts';
import type { RecordView } from '../../src/api/contract.ts';
import { field, record } from './support/samples.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A card that reads the same record at every look, until told otherwise. */
function renderLooks(first: RecordView) {
  const look = vi.fn<() => void>();
  const { rerender } = renderHook(
    (props: { record: RecordView; readAt: number }) => {
      useSecondLooks(props.record, props.readAt, look);
    },
    { initialProps: { record: first, readAt: 0 } },
  );
  let readAt = 0;
  return {
    look,
    pass: (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds)),
    read: (now: RecordView) => {
      rerender({ record: now, readAt: ++readAt });
    },
  };
}

const toSalesforce = record({ fields: [field({ next: 'toSalesforce' })] });
const settled = record({ fields: [field({ next: 'same' }), field({ next: 'blocked' })] });

describe('A contact that is being synced', () => {
  it('is looked at again a few times, further and further apart, and then no more', async () => {
    const { look, pass, read } = renderLooks(toSalesforce);
    for (const [index, pause] of PAUSES_MS.entries()) {
      await pass(pause - 1);
      expect(look).toHaveBeenCalledTimes(index);
      await pass(1);
      expect(look).toHaveBeenCalledTimes(index + 1);
      read(toSalesforce);
    }
    await pass(600_000);
    expect(look).toHaveBeenCalledTimes(PAUSES_MS.length);
  });

  it('is left alone once it has come to rest, and looked at again after the next change', async () => {
    const { look, pass, read } = renderLooks(toSalesforce);
    await pass(PAUSES_MS[0] ?? 0);
    read(settled);
    await pass(600_000);
    expect(look).toHaveBeenCalledTimes(1);
    read(toSalesforce);
    await pass(PAUSES_MS[0] ?? 0);
    expect(look).toHaveBeenCalledTimes(2);
  });
});

describe('Second looks', () => {
  it.each([
    ['waiting', record({ state: 'waiting', fields: [] }), 1],
    ['never synced', record({ state: 'neverSynced', fields: [] }), 1],
    ['in sync', settled, 0],
    ['not syncing', record({ state: 'notSyncing', fields: [] }), 0],
    ['in need of attention', record({ state: 'problem', fields: [] }), 0],
  ])('at a contact that is %s', async (_state, contact, times) => {
    const { look, pass } = renderLooks(contact);
    await pass(PAUSES_MS[0] ?? 0);
    expect(look).toHaveBeenCalledTimes(times);
  });
});
