// The call behind the choice of lists (HubSpot's screens say segment, its API says list): which there are, the
// dynamic ones first, and what is risky about the others. The native connector takes dynamic ones only
// (native-connector §5.2); here the admin decides, warned.
import type { HubSpotList } from '../hubspot/port.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { CallAnswer, InclusionList } from './contract.ts';

const WARNINGS: Readonly<Record<HubSpotList['processingType'], InclusionList['warning']>> = {
  DYNAMIC: null,
  MANUAL: {
    code: 'CHANGES_BY_HAND',
    sentence:
      'Contacts enter and leave this segment by hand only: nobody starts or stops syncing because something about them changed.',
  },
  SNAPSHOT: {
    code: 'FILLED_ONCE',
    sentence:
      'This segment was filled from a filter once and changes by hand since: contacts that meet the filter today are not in it by themselves.',
  },
};

/** Words that HubSpot's screens, help pages and API have for the kinds of lists. */
const WORDS_FOR_ALL = new Set(['list', 'lists', 'segment', 'segments']);
const WORDS_FOR_DYNAMIC = new Set(['active', 'dynamic']);
const WORDS_FOR_OTHERS = new Set(['static', 'manual']);

/** The portal's contact lists whose name or kind has every word of the search. */
export async function inclusionLists(
  { ports }: Pipeline,
  { search }: { readonly search: string },
): Promise<CallAnswer<'get-inclusion-lists'>> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const lists = (await ports.hubspot.lists.all())
    .map(offered)
    .filter((list) => words.every((word) => fits(list, word)))
    .sort(
      (one, other) =>
        Number(other.dynamic) - Number(one.dynamic) ||
        one.name.localeCompare(other.name) ||
        Number(one.id) - Number(other.id),
    );
  return { lists };
}

const offered = ({ id, name, size, processingType }: HubSpotList): InclusionList => ({
  id,
  name,
  size,
  dynamic: processingType === 'DYNAMIC',
  warning: WARNINGS[processingType],
});

const fits = ({ id, name, dynamic }: InclusionList, word: string): boolean =>
  name.toLowerCase().includes(word) ||
  id === word ||
  WORDS_FOR_ALL.has(word) ||
  (dynamic ? WORDS_FOR_DYNAMIC : WORDS_FOR_OTHERS).has(word);
