// The inclusion tab's calls: what a draft would do, and what happens to somebody.
// Everything is asked only while it is shown; what was answered before stays until the next answer is there.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CallAnswer } from '../../../src/api/contract.ts';
import type { Settings } from '../../../src/engine/settings.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { fetched, type Fetched } from '../../ui/fetched.ts';

const FRESH_MS = 60_000;

/** The part of the settings that says who syncs. */
export type Inclusion = Settings['inclusion'];

/** @param version of the saved settings, which the draft is compared with */
export function useInclusionPreview(
  { listId, receivers, exclusionListId }: Inclusion,
  version: number,
  isAsked: boolean,
): Fetched<CallAnswer<'preview-inclusion'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['preview-inclusion', version, listId, receivers, exclusionListId],
      queryFn: () =>
        call('preview-inclusion', { inclusion: { listId, receivers, exclusionListId } }),
      enabled: isAsked,
      staleTime: FRESH_MS,
      placeholderData: keepPreviousData,
    }),
  );
}

/**
 * @param who null: nobody was asked for yet
 * @param draft null: by the settings in force
 */
export function useExplainedPerson(
  who: string | null,
  draft: Settings | null,
  version: number,
): Fetched<CallAnswer<'explain-person'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['explain-person', who, draft, version],
      queryFn: () => call('explain-person', { who: who ?? '', settings: draft }),
      enabled: who !== null,
      retry: false,
      // Of the same person by other settings; never of somebody else.
      placeholderData: (previous, query) => (query?.queryKey[1] === who ? previous : undefined),
    }),
  );
}
