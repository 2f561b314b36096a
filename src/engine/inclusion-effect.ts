// What choosing other lists would do to those who are paired: who goes on, who stops, who starts again. Judged person
// by person with the very policy that syncs (`list-policy.ts`), before and after.
import type { ListPolicy } from './list-policy.ts';
import type { LinkState } from './link.ts';
import type { ListRole } from './trace.ts';

export interface ListedPerson {
  readonly state: LinkState;
  /** Whether they are in the list that has this part, as it is chosen now and as it would be. */
  readonly isIn: {
    readonly before: (role: ListRole) => boolean;
    readonly after: (role: ListRole) => boolean;
  };
}

export interface InclusionEffect {
  /** Paired people who would sync, in one direction at least. */
  readonly paired: number;
  /** Of them, those in whom both sides agree. */
  readonly inSync: number;
  /** Who syncs now in a direction, and would not in any. */
  readonly stop: number;
  /** The other way round. */
  readonly start: number;
  /** Would go on syncing, but in fewer directions than now. */
  readonly oneWayOnly: number;
  readonly excluded: number;
}

export function inclusionEffect(
  people: readonly ListedPerson[],
  { before, after }: { readonly before: ListPolicy; readonly after: ListPolicy },
): InclusionEffect {
  const count = { paired: 0, inSync: 0, stop: 0, start: 0, oneWayOnly: 0, excluded: 0 };
  for (const { state, isIn } of people) {
    const now = waysOf(before, isIn.before);
    const then = waysOf(after, isIn.after);
    if (then > 0) count.paired += 1;
    if (then > 0 && state === 'inSync') count.inSync += 1;
    if (now > 0 && then === 0) count.stop += 1;
    if (now === 0 && then > 0) count.start += 1;
    if (then > 0 && then < now) count.oneWayOnly += 1;
    if (isIn.after('exclusion')) count.excluded += 1;
  }
  return count;
}

function waysOf(policy: ListPolicy, isIn: (role: ListRole) => boolean): number {
  const { toSalesforce, toHubSpot } = policy(isIn);
  return Number(toSalesforce === null) + Number(toHubSpot === null);
}

/** What a share of some says about all. */
export const scaled = (
  found: number,
  { of, all }: { readonly of: number; readonly all: number },
): number => (of === 0 ? 0 : Math.round((found / of) * all));
