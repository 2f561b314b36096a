// The problems tab's calls: what is wrong, with whom, and trying one record again.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallAnswer, CallParameters, ProblemChoice } from '../../../src/api/contract.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { fetched, type Fetched } from '../../ui/fetched.ts';

const PROBLEMS_KEY = ['problems'] as const;
const REFRESH_MS = 30_000;

/** @param isShown nobody asks for problems that nobody looks at */
export function useProblems(isShown: boolean): Fetched<CallAnswer<'get-problems'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: PROBLEMS_KEY,
      queryFn: () => call('get-problems', {}),
      enabled: isShown,
      refetchInterval: REFRESH_MS,
    }),
  );
}

/** One page; the page before stays until the next is there. */
export function useProblemRecords(
  which: ProblemChoice,
  after: string | null,
): Fetched<CallAnswer<'get-problem-records'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['problem-records', which, after],
      queryFn: () => call('get-problem-records', { which, after }),
      placeholderData: keepPreviousData,
    }),
  );
}

export interface RecordRetry {
  readonly isTrying: boolean;
  readonly error: Error | null;
  readonly result: CallAnswer<'retry-record'> | undefined;
  readonly retry: (parameters: CallParameters<'retry-record'>) => void;
}

export function useRetryRecord(): RecordRetry {
  const call = useCallTandem();
  const queryClient = useQueryClient();
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: (parameters: CallParameters<'retry-record'>) => call('retry-record', parameters),
    // The list stays as it is, so that the answer is read where the button was.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: PROBLEMS_KEY }),
  });
  return { isTrying: isPending, error, result: data, retry: mutate };
}
