// Who stands for whom, laid together from the admin's map as it is being edited and from e-mail addresses. Pure.
import type { CallAnswer, HolderView, OwnerView } from '../../../src/api/contract.ts';
import type { Settings } from '../../../src/engine/settings.ts';

export type OwnerPairs = Settings['owners']['map'];
type Owners = CallAnswer<'get-owners'>;

export interface OwnerRow {
  readonly owner: OwnerView;
  /** `nobody`: no counterpart. `gone`: the chosen one isn't in Salesforce. `inactive`: it may own nothing new. */
  readonly state: 'nobody' | 'gone' | 'inactive' | 'chosen' | 'sameEmail';
  readonly holder: HolderView | null;
}

/** Ids of 15 and 18 characters name the same record. */
const sameId = (one: string, other: string): boolean => one.slice(0, 15) === other.slice(0, 15);

const holderOf = (id: string, { holders }: Owners): HolderView | null =>
  holders.find((holder) => sameId(holder.id, id)) ?? null;

function rowOf(owner: OwnerView, all: Owners, pairs: OwnerPairs): OwnerRow {
  const chosen = pairs.find(({ hubspotOwnerId }) => hubspotOwnerId === owner.id);
  const id = chosen?.salesforceId ?? owner.sameEmail;
  if (id === null) return { owner, state: 'nobody', holder: null };
  const holder = holderOf(id, all);
  if (holder === null) return { owner, state: 'gone', holder: null };
  if (!holder.isActive) return { owner, state: 'inactive', holder };
  return { owner, state: chosen === undefined ? 'sameEmail' : 'chosen', holder };
}

const NEEDS_SOMEBODY: ReadonlySet<OwnerRow['state']> = new Set(['nobody', 'gone', 'inactive']);

export const needsSomebody = ({ state }: OwnerRow): boolean => NEEDS_SOMEBODY.has(state);

/** Those who need somebody first, deactivated owners behind the others. */
export function ownerRows(all: Owners, pairs: OwnerPairs): OwnerRow[] {
  const rank = (row: OwnerRow): number =>
    (needsSomebody(row) ? 0 : 2) + (row.owner.archived ? 1 : 0);
  return all.owners
    .map((owner) => rowOf(owner, all, pairs))
    .sort((one, other) => rank(one) - rank(other));
}

export interface HolderRow {
  readonly holder: HolderView;
  /** The owner that somebody chose for it, who has another counterpart; null: it has none. */
  readonly ownerId: string | null;
}

/** Active users and queues that stand for no owner, or only besides that owner's own counterpart. */
export function holderRows(all: Owners, rows: readonly OwnerRow[], pairs: OwnerPairs): HolderRow[] {
  const counterparts = new Set(rows.flatMap(({ holder }) => (holder === null ? [] : [holder.id])));
  const emails = new Set(
    all.owners.flatMap(({ email, archived }) =>
      email === null || archived ? [] : [email.trim().toLowerCase()],
    ),
  );
  return all.holders.flatMap((holder): HolderRow[] => {
    if (!holder.isActive || counterparts.has(holder.id)) return [];
    const chosen = pairs.find(({ salesforceId }) => sameId(salesforceId, holder.id));
    if (chosen !== undefined) return [{ holder, ownerId: chosen.hubspotOwnerId }];
    const hasOwner = holder.email !== null && emails.has(holder.email.trim().toLowerCase());
    return hasOwner ? [] : [{ holder, ownerId: null }];
  });
}

/** Another counterpart for an owner; null: whoever has the same e-mail address, or nobody. */
export function withCounterpart(
  pairs: OwnerPairs,
  { id, sameEmail }: OwnerView,
  salesforceId: string | null,
): OwnerPairs {
  const [, ...besides] = pairs.filter(({ hubspotOwnerId }) => hubspotOwnerId === id);
  const others = pairs.filter(({ hubspotOwnerId }) => hubspotOwnerId !== id);
  // The first pair of an owner is who it stands for: a next one must not slip into its place.
  const first = salesforceId ?? (besides.length > 0 ? sameEmail : null);
  if (first === null) return others;
  const kept = besides.filter((pair) => !sameId(pair.salesforceId, first));
  return [...others, { hubspotOwnerId: id, salesforceId: first }, ...kept];
}

/** An owner for a user or queue. An owner keeps the counterpart that it has, or gets this one. */
export function withOwner(
  pairs: OwnerPairs,
  holder: HolderView,
  owner: OwnerView | null,
): OwnerPairs {
  const others = pairs.filter(({ salesforceId }) => !sameId(salesforceId, holder.id));
  if (owner === null) return others;
  const pair = (salesforceId: string) => ({ hubspotOwnerId: owner.id, salesforceId });
  const hasPair = others.some(({ hubspotOwnerId }) => hubspotOwnerId === owner.id);
  return hasPair || owner.sameEmail === null
    ? [...others, pair(holder.id)]
    : [...others, pair(owner.sameEmail), pair(holder.id)];
}
