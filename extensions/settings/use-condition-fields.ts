// What a condition can look at; fetched when a builder is shown first.
import { useQuery } from '@tanstack/react-query';
import type { CallParameters, ConditionFieldView } from '../../src/api/contract.ts';
import { useCallTandem } from '../ui/tandem-provider.tsx';
import type { Fetched } from './use-settings.ts';

const FIVE_MINUTES_MS = 5 * 60_000;

export function useConditionFields(
  of: CallParameters<'get-condition-choices'>['of'],
  isWanted: boolean,
): Fetched<readonly ConditionFieldView[]> {
  const call = useCallTandem();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['condition-fields', of],
    queryFn: () => call('get-condition-choices', { of }),
    enabled: isWanted,
    staleTime: FIVE_MINUTES_MS,
  });
  return { value: data?.fields, error, isFetching, refetch: () => void refetch() };
}
