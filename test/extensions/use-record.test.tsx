// @vitest-environment jsdom
// The card's data hooks by themselves: one contact, read and synced through one cache entry.
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { useDeeds } from '../../extensions/card/use-deeds.ts';
import type { Deed, DeedEnd } from '../../extensions/card/use-deeds.ts';
import { useRecord } from '../../extensions/card/use-record.ts';
import type { RecordView } from '../../src/api/contract.ts';
import { TandemProvider } from '../../extensions/ui/tandem-provider.tsx';
import { fakeTandem, later, refusal } from './support/fake-tandem.ts';
import type { Replies } from './support/fake-tandem.ts';
import { CONTACT_ID, record, syncResult } from './support/samples.ts';

const SYNC: Deed = { kind: 'sync', choices: [] };

function renderRecordHooks(replies: Replies) {
  const tandem = fakeTandem(replies);
  const onEnd = vi.fn<(end: DeedEnd) => void>();
  const { result } = renderHook(
    () => ({ query: useRecord(CONTACT_ID), deeds: useDeeds(CONTACT_ID, onEnd) }),
    {
      wrapper: ({ children }: { readonly children: ReactNode }) => (
        <TandemProvider call={tandem.call}>{children}</TandemProvider>
      ),
    },
  );
  return { tandem, onEnd, hooks: () => result.current };
}

describe('useRecord', () => {
  it('asks once, and does not try again by itself', async () => {
    const { hooks, tandem } = renderRecordHooks({
      'get-record': () => Promise.reject(refusal({})),
    });
    await waitFor(() => {
      expect(hooks().query.error?.message).toBe('Salesforce did not answer.');
    });
    expect(hooks().query.record).toBeUndefined();
    expect(tandem.asked('get-record')).toHaveLength(1);
  });

  it('asks while the browser says that it is offline: the worker’s network is HubSpot’s', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const { hooks } = renderRecordHooks({ 'get-record': () => record() });
    await waitFor(() => {
      expect(hooks().query.record?.headline).toMatch(/In sync/);
    });
  });
});

describe('useDeeds', () => {
  it('puts what the sync returned in place of what was read', async () => {
    const { hooks, onEnd, tandem } = renderRecordHooks({
      'get-record': () => record(),
      'sync-now': () => syncResult({ record: record({ headline: 'As the sync left it.' }) }),
    });
    await waitFor(() => {
      expect(hooks().query.record).toBeDefined();
    });
    act(() => {
      hooks().deeds.run(SYNC);
    });
    await waitFor(() => {
      expect(hooks().query.record?.headline).toBe('As the sync left it.');
    });
    expect(onEnd).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ kind: 'synced' }) as unknown,
    );
    expect(tandem.asked('get-record')).toHaveLength(1);
  });

  it('keeps the last end while the next sync runs', async () => {
    const { hooks, tandem } = renderRecordHooks({
      'get-record': () => record(),
      'sync-now': () => Promise.reject(refusal({})),
    });
    act(() => {
      hooks().deeds.run(SYNC);
    });
    await waitFor(() => {
      expect(hooks().deeds.lastEnd?.kind).toBe('failed');
    });
    tandem.reply({ 'sync-now': () => new Promise(() => undefined) });
    act(() => {
      hooks().deeds.run(SYNC);
    });
    await waitFor(() => {
      expect(hooks().deeds.running).toBe('sync');
    });
    expect(hooks().deeds.lastEnd?.kind).toBe('failed');
  });
});

describe('A reading that is on its way when the sync starts', () => {
  it('doesn’t put older values in place of what the sync returned', async () => {
    const { hooks, tandem } = renderRecordHooks({
      'get-record': () => record(),
      'sync-now': () => syncResult({ record: record({ headline: 'As the sync left it.' }) }),
    });
    await waitFor(() => {
      expect(hooks().query.record).toBeDefined();
    });
    const { answer, give } = later<RecordView>();
    tandem.reply({ 'get-record': () => answer });
    act(() => {
      hooks().query.refetch();
    });
    act(() => {
      hooks().deeds.run(SYNC);
    });
    await waitFor(() => {
      expect(hooks().query.record?.headline).toBe('As the sync left it.');
    });
    await act(async () => {
      give(record({ headline: 'From before.' }));
      await answer;
    });
    expect(hooks().query.record?.headline).toBe('As the sync left it.');
  });
});
