// The first-run guide's calls. Where its steps stand costs calls of both CRMs, so while a run is on its way only the
// runs are looked at, and the guide again when that run has ended.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { RunView, SetupView } from '../../../src/api/contract.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { isOpen, useRuns } from '../runs/use-runs.ts';
import type { Fetched } from '../../ui/fetched.ts';

const SETUP_KEY = ['setup'] as const;

/** @param version of the settings: what was decided is told from them */
export function useSetup(version: number): Fetched<SetupView> {
  const call = useCallTandem();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [...SETUP_KEY, version],
    queryFn: () => call('get-setup', {}),
    placeholderData: (previous: SetupView | undefined) => previous,
    staleTime: 60_000,
  });
  const running = [data?.firstSync, data?.dryRun].find((run) => run && isOpen(run)) ?? null;
  const runs = useRuns(running !== null);
  const newest = running && runs.value?.runs.find(({ id }) => id === running.id);
  const hasEnded = newest != null && !isOpen(newest);
  useEffect(() => {
    if (hasEnded) void refetch();
  }, [hasEnded, refetch]);
  const asItIs = (run: RunView | null): RunView | null =>
    run !== null && run.id === newest?.id ? newest : run;
  const value = data && { ...data, dryRun: asItIs(data.dryRun), firstSync: asItIs(data.firstSync) };
  return { value, error, isFetching, refetch: () => void refetch() };
}

export function useDismissSetup(): {
  readonly isChanging: boolean;
  readonly error: Error | null;
  readonly dismiss: () => void;
} {
  const call = useCallTandem();
  const queryClient = useQueryClient();
  const { error, isPending, mutate } = useMutation({
    mutationFn: () => call('dismiss-setup', {}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: SETUP_KEY }),
  });
  return { isChanging: isPending, error, dismiss: mutate };
}
