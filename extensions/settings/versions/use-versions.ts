// The versions tab's calls: which versions there are, what one has other than now, and restoring it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallAnswer, CallParameters } from '../../../src/api/contract.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { SETTINGS_KEY } from '../use-settings.ts';
import { fetched, type Fetched } from '../../ui/fetched.ts';

export interface VersionsPage {
  /** Nobody asks for versions that nobody looks at. */
  readonly isShown: boolean;
  /** The version in force: with a new one there is another list. */
  readonly current: number;
  readonly before: number | null;
}

/** One page; the page before stays until the next is there. */
export function useVersions({
  isShown,
  current,
  before,
}: VersionsPage): Fetched<CallAnswer<'get-settings-versions'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['settings-versions', current, before],
      queryFn: () => call('get-settings-versions', { before }),
      enabled: isShown,
      placeholderData: keepPreviousData,
    }),
  );
}

export function useComparison(
  version: number,
  current: number,
): Fetched<CallAnswer<'compare-settings'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['compare-settings', version, current],
      queryFn: () => call('compare-settings', { version }),
    }),
  );
}

export interface RestoreVersion {
  readonly isRestoring: boolean;
  readonly error: Error | null;
  readonly restore: (parameters: CallParameters<'restore-settings'>) => void;
}

export function useRestoreVersion(
  onRestored: (restored: CallAnswer<'restore-settings'>) => void,
): RestoreVersion {
  const call = useCallTandem();
  const queryClient = useQueryClient();
  const { error, isPending, mutate } = useMutation({
    mutationFn: (parameters: CallParameters<'restore-settings'>) =>
      call('restore-settings', parameters),
    onSuccess: (restored) => {
      void queryClient.invalidateQueries({ queryKey: SETTINGS_KEY });
      onRestored(restored);
    },
  });
  return { isRestoring: isPending, error, restore: mutate };
}
