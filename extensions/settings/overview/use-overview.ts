import { useQuery } from '@tanstack/react-query';
import type { CallAnswer } from '../../../src/api/contract.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { fetched, type Fetched } from '../../ui/fetched.ts';

const REFRESH_MS = 30_000;

/** @param isShown nobody asks for what nobody looks at */
export function useOverview(isShown: boolean): Fetched<CallAnswer<'get-overview'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['overview'],
      queryFn: () => call('get-overview', {}),
      enabled: isShown,
      refetchInterval: REFRESH_MS,
    }),
  );
}
