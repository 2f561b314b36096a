// What the card asks: the contact, what a sync or an undo would do to it, and its history.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { HistoryMoment, RecordView, SyncPreview, UndoResult } from '../../src/api/contract.ts';
import { fetched, type Fetched } from '../ui/fetched.ts';
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

/** Answers that are only worth anything while they are looked at. */
const NEVER_KEPT = { gcTime: 0, staleTime: 0 } as const;

/** What a sync with these choices would do now. */
export function useSyncPreview(contactId: string, choices: Choices): Fetched<SyncPreview> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['preview', contactId, choices],
      queryFn: () => call('preview-sync', { contactId, choices }),
      ...NEVER_KEPT,
    }),
  );
}

/** What taking these changes back would do now. */
export function useUndoPreview(contactId: string, changes: UnwantedChanges): Fetched<UndoResult> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['undo', contactId, changes],
      queryFn: () => call('undo-changes', { contactId, changes, dry: true }),
      ...NEVER_KEPT,
    }),
  );
}

export interface HistoryQuery extends Fetched<readonly HistoryMoment[]> {
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
