// What the card knows of its contact, and Sync now. Both go through one cache entry, so that what a sync
// returns is what the card shows, without asking again.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { RecordView, SyncResult } from '../../src/api/contract.ts';
import { useCallTandem } from '../ui/tandem-provider.tsx';

const recordKey = (contactId: string): readonly string[] => ['record', contactId];

export interface RecordQuery {
  readonly record: RecordView | undefined;
  readonly error: Error | null;
  /** When the record was read, in milliseconds. */
  readonly readAt: number;
  readonly isFetching: boolean;
  readonly refetch: () => void;
}

export function useRecord(contactId: string): RecordQuery {
  const call = useCallTandem();
  const { data, dataUpdatedAt, error, isFetching, refetch } = useQuery({
    queryKey: recordKey(contactId),
    queryFn: () => call('get-record', { contactId }),
  });
  return {
    record: data,
    readAt: dataUpdatedAt,
    error,
    isFetching,
    refetch: useCallback(() => void refetch(), [refetch]),
  };
}

/** How the last sync from this card ended; null before the first. */
export type SyncEnd =
  | { readonly kind: 'synced'; readonly result: SyncResult }
  | { readonly kind: 'failed'; readonly error: Error };

export interface SyncNow {
  /** Stays while the next sync runs, so that nothing jumps. */
  readonly lastEnd: SyncEnd | null;
  readonly isSyncing: boolean;
  readonly syncNow: () => void;
}

export function useSyncNow(contactId: string, onEnd: (end: SyncEnd) => void): SyncNow {
  const call = useCallTandem();
  const queryClient = useQueryClient();
  const [lastEnd, setLastEnd] = useState<SyncEnd | null>(null);
  const end = (how: SyncEnd): void => {
    setLastEnd(how);
    onEnd(how);
  };
  const { isPending, mutate } = useMutation({
    mutationFn: () => call('sync-now', { contactId }),
    // A reading that is on its way is older than what the sync will return.
    onMutate: () => queryClient.cancelQueries({ queryKey: recordKey(contactId) }),
    onSuccess: (result) => {
      queryClient.setQueryData(recordKey(contactId), result.record);
      end({ kind: 'synced', result });
    },
    onError: (error) => {
      end({ kind: 'failed', error });
    },
  });
  return {
    lastEnd,
    isSyncing: isPending,
    syncNow: () => {
      mutate();
    },
  };
}
