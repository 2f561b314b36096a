// What the card asks: the contact, what a sync or an undo would do to it, and its history.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { HistoryMoment, RecordView, SyncPreview, UndoResult } from '../../src/api/contract.ts';
import { useCallTandem } from '../ui/tandem-provider.tsx';
import type { Choices, UnwantedChanges } from './use-deeds.ts';

export const recordKey = (contactId: string): readonly string[] => ['record', contactId];

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

/** An answer that is only worth anything while it is looked at. */
export interface Look<Value> {
  readonly value: Value | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly refetch: () => void;
}

const NEVER_KEPT = { gcTime: 0, staleTime: 0 } as const;

/** What a sync with these choices would do now. */
export function useSyncPreview(contactId: string, choices: Choices): Look<SyncPreview> {
  const call = useCallTandem();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['preview', contactId, choices],
    queryFn: () => call('preview-sync', { contactId, choices }),
    ...NEVER_KEPT,
  });
  return { value: data, error, isFetching, refetch: () => void refetch() };
}

/** What taking these changes back would do now. */
export function useUndoPreview(contactId: string, changes: UnwantedChanges): Look<UndoResult> {
  const call = useCallTandem();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['undo', contactId, changes],
    queryFn: () => call('undo-changes', { contactId, changes, dry: true }),
    ...NEVER_KEPT,
  });
  return { value: data, error, isFetching, refetch: () => void refetch() };
}

export interface HistoryQuery extends Look<readonly HistoryMoment[]> {
  readonly hasMore: boolean;
  readonly isFetchingMore: boolean;
  readonly fetchMore: () => void;
}

export function useHistory(contactId: string): HistoryQuery {
  const call = useCallTandem();
  const query = useInfiniteQuery({
    queryKey: ['history', contactId],
    queryFn: ({ pageParam }) => call('get-history', { contactId, before: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ before }) => before,
    placeholderData: keepPreviousData,
  });
  return {
    value: query.data?.pages.flatMap(({ moments }) => moments),
    error: query.error,
    isFetching: query.isFetching,
    refetch: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isFetchingMore: query.isFetchingNextPage,
    fetchMore: () => void query.fetchNextPage(),
  };
}
