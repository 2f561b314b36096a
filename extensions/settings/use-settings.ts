// The settings page's calls: what is saved, what can be chosen, whether two fields go together, and saving.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InclusionList, MappingVerdict, SettingsView } from '../../src/api/contract.ts';
import { fetched, type Fetched } from '../ui/fetched.ts';
import { DEFAULT_RULE } from '../ui/sync-rules.ts';
import type { ChoosableRule } from '../ui/sync-rules.ts';
import { useCallTandem } from '../ui/tandem-provider.tsx';
import type { MappingChoices, SaveParameters } from './draft.ts';

export const SETTINGS_KEY = ['settings'] as const;

export function useSettings(): Fetched<SettingsView> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: SETTINGS_KEY,
      queryFn: () => call('get-settings', {}),
    }),
  );
}

export function useInclusionLists(): Fetched<readonly InclusionList[]> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['inclusion-lists'],
      queryFn: () => call('get-inclusion-lists', {}),
      select: ({ lists }) => lists,
    }),
  );
}

export function useMappingChoices(): Fetched<MappingChoices> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['mapping-choices'],
      queryFn: () => call('get-mapping-choices', {}),
    }),
  );
}

export interface CheckedFields {
  readonly hubspotProperty: string | null;
  readonly leadField: string | null;
  readonly contactField: string | null;
  readonly rule: ChoosableRule;
}

/** Asks as soon as there is a property and a field to ask about; every answer is kept. */
export function useMappingVerdict(fields: CheckedFields | null): Fetched<MappingVerdict> {
  const call = useCallTandem();
  const { hubspotProperty = null, leadField = null, contactField = null } = fields ?? {};
  const rule = fields?.rule ?? DEFAULT_RULE;
  return fetched(
    useQuery({
      queryKey: ['mapping-verdict', hubspotProperty, leadField, contactField, rule],
      queryFn: () =>
        call('check-mapping', {
          hubspotProperty: hubspotProperty ?? '',
          leadField,
          contactField,
          rule,
        }),
      enabled: hubspotProperty !== null && (leadField !== null || contactField !== null),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
}

export interface SaveSettings {
  readonly isSaving: boolean;
  readonly error: Error | null;
  readonly save: (parameters: SaveParameters) => void;
  /** Forgets the last failure. */
  readonly reset: () => void;
}

export function useSaveSettings(
  onSaved: (saved: SettingsView, sent: SaveParameters) => void,
): SaveSettings {
  const call = useCallTandem();
  const queryClient = useQueryClient();
  const { error, isPending, mutate, reset } = useMutation({
    mutationFn: (parameters: SaveParameters) => call('save-settings', parameters),
    onSuccess: (saved, sent) => {
      queryClient.setQueryData(SETTINGS_KEY, saved);
      onSaved(saved, sent);
    },
  });
  return {
    isSaving: isPending,
    error,
    save: (parameters) => {
      mutate(parameters);
    },
    reset,
  };
}
