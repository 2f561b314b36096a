// What the chosen lists say about somebody: which of them a contact is in decides who sends to Salesforce and
// who receives from it. Pure; membership is read by whoever asks (`sync/plan-batch.ts`).
import type { HeldBack } from './plan-fields.ts';
import { reason, type Reason, type ReasonCode } from './reasons.ts';
import { stopping, type ListRole, type Note } from './trace.ts';

/** Names of the lists that are chosen; null where none is. */
export interface ListNames {
  /** Whose members send to Salesforce. */
  readonly inclusion: string | null;
  /** Whose members receive from it. */
  readonly receivers: string | null;
  readonly exclusion: string | null;
  /** The members of the inclusion list receive, and nobody else. */
  readonly receiversAreMembers: boolean;
}

export type ListPolicy = (isIn: (role: ListRole) => boolean, note?: Note) => HeldBack;

export function listPolicy(names: ListNames): ListPolicy {
  const named = (code: ReasonCode, list: string | null): Reason | null =>
    list === null ? null : reason(code, { list });
  const excluded = named('IN_EXCLUSION_LIST', names.exclusion);
  const outside = named('NOT_IN_INCLUSION_LIST', names.inclusion);
  const notReceiving = names.receiversAreMembers
    ? outside
    : named('NOT_A_RECEIVER', names.receivers);
  const onlyReceiving = named('NOT_A_SENDER', names.inclusion);
  return (isIn, note) => {
    if (excluded) {
      const isExcluded = isIn('exclusion');
      note?.({
        asks: 'list',
        role: 'exclusion',
        list: names.exclusion ?? '',
        isIn: isExcluded,
        stops: stopping('both', isExcluded ? excluded : null),
      });
      if (isExcluded) return { toSalesforce: excluded, toHubSpot: excluded };
    }
    const isSender = names.inclusion === null || isIn('inclusion');
    const isReceiver =
      notReceiving === null || (names.receiversAreMembers ? isSender : isIn('receivers'));
    const toHubSpot = isReceiver ? null : notReceiving;
    const toSalesforce = isSender ? null : isReceiver ? onlyReceiving : outside;
    if (note) noteLists(names, { toSalesforce, toHubSpot }, note);
    return { toSalesforce, toHubSpot };
  };
}

function noteLists(
  { inclusion, receivers, receiversAreMembers }: ListNames,
  { toSalesforce, toHubSpot }: HeldBack,
  note: Note,
): void {
  if (inclusion !== null)
    note({
      asks: 'list',
      role: 'inclusion',
      list: inclusion,
      isIn: toSalesforce === null,
      stops: stopping(toHubSpot === null ? 'toSalesforce' : 'both', toSalesforce),
    });
  if (receivers !== null && !receiversAreMembers)
    note({
      asks: 'list',
      role: 'receivers',
      list: receivers,
      isIn: toHubSpot === null,
      stops: stopping(toSalesforce === null ? 'toHubSpot' : 'both', toHubSpot),
    });
}
