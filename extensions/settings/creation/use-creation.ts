// The calls of this tab: what a person would become, what Salesforce insists on, who owns records where.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type {
  CallAnswer,
  CallParameters,
  RequiredField,
  TriedCreation,
} from '../../../src/api/contract.ts';
import type { Settings } from '../../../src/engine/settings.ts';
import { useCallTandem } from '../../ui/tandem-provider.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { fetched, type Fetched } from '../../ui/fetched.ts';

export type Creation = Settings['creation'];
export type Who = CallParameters<'try-creation'>['who'];

/** Null: nobody is chosen. */
export function useTriedCreation(creation: Creation, who: Who | null): Fetched<TriedCreation> {
  const call = useCallTandem();
  const asked = useSettled({ creation, who }, JSON.stringify([creation, who]));
  return fetched(
    useQuery({
      queryKey: ['try-creation', asked.creation, asked.who],
      queryFn: () => {
        if (asked.who === null) throw new Error('nobody is chosen');
        return call('try-creation', { creation: asked.creation, who: asked.who });
      },
      enabled: asked.who !== null,
      placeholderData: keepPreviousData,
    }),
  );
}

export function useRequiredFields(isShown: boolean): Fetched<readonly RequiredField[]> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['required-fields'],
      queryFn: () => call('get-required-fields', {}),
      enabled: isShown,
      select: ({ fields }) => fields,
    }),
  );
}

/** What templates would put there; `contactId` null: for any contact. */
export function useTriedTemplates(
  templates: Creation['templates'],
  contactId: string | null,
  isWanted: boolean,
): Fetched<CallAnswer<'try-templates'>> {
  const call = useCallTandem();
  const asked = useSettled({ templates, contactId }, JSON.stringify([templates, contactId]));
  return fetched(
    useQuery({
      queryKey: ['try-templates', asked.templates, asked.contactId],
      queryFn: () => call('try-templates', asked),
      enabled: isWanted,
      placeholderData: keepPreviousData,
    }),
  );
}

export function useOwners(isShown: boolean): Fetched<CallAnswer<'get-owners'>> {
  const call = useCallTandem();
  return fetched(
    useQuery({
      queryKey: ['owners'],
      queryFn: () => call('get-owners', {}),
      enabled: isShown,
      staleTime: 60_000,
    }),
  );
}
