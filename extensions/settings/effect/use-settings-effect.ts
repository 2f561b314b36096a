// Asks what a draft would do, a sample at a time, and adds the samples up.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { CallParameters, SettingsEffect } from '../../../src/api/contract.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { addedUp } from './effect-sum.ts';

export interface Effect {
  /** Of all samples so far. */
  readonly value: SettingsEffect | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly retry: () => void;
  /** Looks at the next pairs. */
  readonly more: () => void;
}

export function useSettingsEffect(parts: CallParameters<'preview-settings'>['parts']): Effect {
  const call = useCallTandem();
  const { data, error, isFetching, refetch, fetchNextPage } = useInfiniteQuery({
    queryKey: ['settings-effect', parts],
    queryFn: ({ pageParam }) => call('preview-settings', { parts, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ after }: SettingsEffect) => after,
    // Records change meanwhile: who opens it again wants to know what is so now.
    gcTime: 0,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  return {
    value: data === undefined ? undefined : addedUp(data.pages),
    error,
    isFetching,
    retry: () => void refetch(),
    more: () => void fetchNextPage(),
  };
}
