import { useQuery } from '@tanstack/react-query';
import type { CallAnswer } from '../../../src/api/contract.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import type { Fetched } from '../use-settings.ts';

const REFRESH_MS = 30_000;

/** @param isShown nobody asks for what nobody looks at */
export function useOverview(isShown: boolean): Fetched<CallAnswer<'get-overview'>> {
  const call = useCallTandem();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['overview'],
    queryFn: () => call('get-overview', {}),
    enabled: isShown,
    refetchInterval: REFRESH_MS,
  });
  return { value: data, error, isFetching, refetch: () => void refetch() };
}
