// What a condition can look at, fetched when a builder is shown first; and what a draft of conditions on Salesforce
// records would let through.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type {
  CallParameters,
  ConditionFieldView,
  ConditionPreview,
} from '../../src/api/contract.ts';
import type { Settings } from '../../src/engine/settings.ts';
import { useCallTandem } from '../ui/tandem-provider.tsx';
import { useSettled } from '../ui/use-settled.ts';
import { fetched, type Fetched } from '../ui/fetched.ts';

const FIVE_MINUTES_MS = 5 * 60_000;
const ONE_MINUTE_MS = 60_000;

export function useConditionFields(
  of: CallParameters<'get-condition-choices'>['of'],
  isWanted: boolean,
): Fetched<readonly ConditionFieldView[]> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['condition-fields', of],
      queryFn: () => call('get-condition-choices', { of }),
      enabled: isWanted,
      staleTime: FIVE_MINUTES_MS,
      select: ({ fields }) => fields,
    }),
  );
}

/** @param version of the saved settings, which the draft is compared with */
export function useConditionsPreview(
  conditions: Settings['inclusion']['salesforceConditions'],
  version: number,
  isWanted: boolean,
): Fetched<readonly ConditionPreview[]> {
  const call = useCallTandem();
  const key = JSON.stringify(conditions);
  const asked = useSettled(conditions, key);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['preview-conditions', version, asked],
    queryFn: () => call('preview-conditions', { conditions: asked }),
    enabled: isWanted,
    staleTime: ONE_MINUTE_MS,
    placeholderData: keepPreviousData,
  });
  return {
    value: data?.previews,
    error,
    isFetching: isFetching || JSON.stringify(asked) !== key,
    refetch: () => void refetch(),
  };
}
