// The calls of the tab "Field mappings". What is asked with every choice in the form is kept, and the answer before
// stays on the screen until the next is there.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CallAnswer,
  CallName,
  CallParameters,
  MappingView,
} from '../../../src/api/contract.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import type { Fetched } from '../../ui/fetched.ts';

/** Null parameters: there is nothing to ask yet. */
function useAsked<Name extends CallName>(
  name: Name,
  parameters: CallParameters<Name> | null,
  staleTime: number,
): Fetched<CallAnswer<Name>> {
  const call = useCallTandem();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [name, parameters],
    queryFn: () => {
      if (parameters === null) throw new Error('There is nothing to ask.');
      return call(name, parameters);
    },
    enabled: parameters !== null,
    placeholderData: keepPreviousData,
    staleTime,
  });
  return {
    value: parameters === null ? undefined : data,
    error,
    isFetching,
    refetch: () => void refetch(),
  };
}

const A_MINUTE = 60_000;

export const useFieldPartners = (parameters: CallParameters<'get-field-partners'>) =>
  useAsked(
    'get-field-partners',
    parameters.hubspotProperty === null &&
      parameters.leadField === null &&
      parameters.contactField === null
      ? null
      : parameters,
    A_MINUTE,
  );

export const useMappingOptions = (parameters: CallParameters<'get-mapping-options'> | null) =>
  useAsked('get-mapping-options', parameters, A_MINUTE);

export const useMappingSamples = (parameters: CallParameters<'get-mapping-samples'> | null) =>
  useAsked('get-mapping-samples', parameters, A_MINUTE);

export const useFieldUsage = (parameters: CallParameters<'get-field-usage'> | null) =>
  useAsked('get-field-usage', parameters, A_MINUTE);

export const usePropertyProposal = (parameters: CallParameters<'get-property-proposal'> | null) =>
  useAsked('get-property-proposal', parameters, A_MINUTE);

export interface Doing<Parameters, Value> {
  readonly isDoing: boolean;
  readonly error: Error | null;
  readonly value: Value | undefined;
  readonly start: (parameters: Parameters) => void;
  /** Forgets the last outcome. */
  readonly reset: () => void;
}

function useDoing<Name extends CallName>(
  name: Name,
  onDone?: (value: CallAnswer<Name>) => void | Promise<void>,
): Doing<CallParameters<Name>, CallAnswer<Name>> {
  const call = useCallTandem();
  const { data, error, isPending, mutate, reset } = useMutation({
    mutationFn: (parameters: CallParameters<Name>) => call(name, parameters),
    ...(onDone === undefined ? {} : { onSuccess: onDone }),
  });
  return { isDoing: isPending, error, value: data, start: mutate, reset };
}

/** @param onCreated the property is among the choices by then */
export function useCreateProperty(onCreated: (name: string) => void) {
  const queryClient = useQueryClient();
  return useDoing('create-property', async ({ name }) => {
    await queryClient.invalidateQueries({ queryKey: ['mapping-choices'] });
    void queryClient.invalidateQueries({ queryKey: ['get-field-partners'] });
    onCreated(name);
  });
}

/** Mappings as text; asked anew when they have changed. */
export const useWrittenMappings = (mappings: readonly MappingView[], format: 'csv' | 'json') =>
  useAsked(
    'write-mappings',
    {
      format,
      mappings: mappings.map(
        ({
          kind,
          hubspotProperty,
          leadField,
          contactField,
          rule,
          valueMap,
          valueMapIsDefault,
        }) => ({
          kind,
          hubspotProperty,
          leadField,
          contactField,
          rule,
          valueMap,
          valueMapIsDefault,
        }),
      ),
    },
    A_MINUTE,
  );

export const useReadMappings = () => useDoing('read-mappings');
