// Who is connected and what they may do: asked anew each time somebody opens the tab or wants to know again.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ConnectionView } from '../../../src/api/contract.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { fetched, type Fetched } from '../../ui/fetched.ts';

/** Each costs calls of both CRMs. */
const FRESH_MS = 60_000;

/** @param isShown nobody asks for what nobody looks at */
export function useConnection(isShown: boolean): Fetched<ConnectionView> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['connection'],
      queryFn: () => call('get-connection', {}),
      enabled: isShown,
      staleTime: FRESH_MS,
      placeholderData: keepPreviousData,
    }),
  );
}
