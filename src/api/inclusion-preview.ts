// The calls that look ahead at a draft of who syncs, in figures and in words: what they rest on is part of the answer.
import type { Pipeline } from '../sync/pipeline.ts';
import { conditionsPreview } from '../sync/inclusion/conditions-preview.ts';
import { MemberReader } from '../sync/inclusion/members.ts';
import { inclusionPreview, type InclusionPreview } from '../sync/inclusion/preview.ts';
import type { CallAnswer } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { reasonView } from './field-views.ts';
import type { CONTRACT } from './contract.ts';
import type { z } from 'zod';

type Parameters<Name extends keyof typeof CONTRACT> = z.output<
  (typeof CONTRACT)[Name]['parameters']
>;

/** What was read of lists lasts from one change of a draft to the next. */
const READERS = new WeakMap<Pipeline, MemberReader>();

function readerFor(pipeline: Pipeline): MemberReader {
  const known = READERS.get(pipeline) ?? new MemberReader(pipeline.ports);
  READERS.set(pipeline, known);
  return known;
}

export async function previewedInclusion(
  pipeline: Pipeline,
  { inclusion }: Parameters<'preview-inclusion'>,
): Promise<CallAnswer<'preview-inclusion'>> {
  const preview = await inclusionPreview(pipeline, readerFor(pipeline), inclusion);
  if (preview === null) {
    throw new ApiFailure({
      code: 'LIST_NOT_FOUND',
      message: 'One of the chosen segments is not there any more, or Tandem may not read it.',
      fix: 'Choose another segment.',
      field: 'inclusion',
    });
  }
  const { lists, members, effect, newcomers } = preview;
  const exact = (count: number) => ({ count, precision: 'exact' as const });
  const ownList = lists.receivers?.id === lists.inclusion?.id ? null : lists.receivers;
  const { excluded, ...paired } = effect;
  return {
    members,
    receivers: ownList && exact(ownList.size),
    exclusion: lists.exclusion && { members: exact(lists.exclusion.size), paired: excluded },
    ...paired,
    newcomers: {
      all: newcomers.all,
      becomeLeads: newcomers.becomeLeads,
      becomeContacts: newcomers.becomeContacts,
      pair: newcomers.pair,
      leftOut: newcomers.leftOut.map(({ reason, figure }) => ({
        reason: reasonView(reason),
        figure,
      })),
    },
    basis: basisOf(preview),
  };
}

const number = (count: number): string => new Intl.NumberFormat('en').format(count);

function basisOf({ pairs, newcomers, members }: InclusionPreview): string[] {
  const judged =
    pairs.judged >= pairs.all
      ? `Every pair was judged by the lists as they are now (${number(pairs.all)}).`
      : `${number(pairs.judged)} of ${number(pairs.all)} pairs, chosen by chance, were judged by the lists as they are now; the figures are those of all.`;
  const all = newcomers.all.count;
  const looked =
    newcomers.looked >= all
      ? `A dry run was made of everybody who is not paired yet (${number(all)}).`
      : `A dry run was made of ${number(newcomers.looked)} of about ${number(all)} people who are not paired yet.`;
  return [
    judged,
    ...(members.count === 0 ? [] : [looked]),
    'Saving syncs nobody by itself: people go when they change next, with Sync now, or by a run.',
  ];
}

export async function previewedConditions(
  pipeline: Pipeline,
  { conditions }: Parameters<'preview-conditions'>,
): Promise<CallAnswer<'preview-conditions'>> {
  const previews = await conditionsPreview(pipeline, conditions);
  return {
    previews: previews.map(({ differences, ...preview }) => ({
      ...preview,
      differences: [...differences],
    })),
  };
}
