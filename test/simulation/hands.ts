// Two workers never write one pair at once. A pair is held for so long as its writes take, and for 30 seconds at the
// most, lest a worker that died keeps everybody waiting: writes that go on for longer may meet another's.
import type { Link } from '../../src/engine/link.ts';
import { lastPaired } from './last-word.ts';
import type { People } from './people.ts';
import type { ObservedCall, SimWorld } from './world.ts';

/** Of the 30 seconds, what is left for writes after whatever else is done first. */
const SURELY_HELD_MS = 15_000;
/** No two holds of one worker on one pair are so far apart and the same. */
const ONE_HOLD_MS = 60_000;

export async function writtenAtOnce(world: SimWorld, people: People): Promise<string[]> {
  const byLink = Map.groupBy(
    world.calls.flatMap((call) => linksWritten(call, people).map((link) => ({ call, link }))),
    ({ link }) => link,
  );
  const broken: string[] = [];
  for (const [link, writes] of byLink) {
    // The first meeting of two records has no row that could be held.
    const pairedAt = await lastPaired(world, link.hubspotId ?? '');
    const calls = writes.map(({ call }) => call).filter(({ sentAt }) => sentAt > pairedAt);
    for (const call of calls)
      if (calls.some((other) => meets(call, other) && isSurelyHeld(other, call, calls)))
        broken.push(`2 one at a time: two workers wrote ${link.hubspotId ?? ''} at once`);
  }
  return [...new Set(broken)];
}

const linksWritten = ({ endpoint, request }: ObservedCall, people: People): Link[] => [
  ...new Set([
    ...writtenContacts(endpoint, request.body).flatMap((id) => people.byContact.get(id) ?? []),
    ...writtenRecords(request.body).flatMap((id) => people.byRecord.get(id) ?? []),
  ]),
];

/** Whether a call was sent while another's was under way. */
const meets = (call: ObservedCall, other: ObservedCall): boolean =>
  other.by !== call.by &&
  other.sentAt <= call.sentAt &&
  call.sentAt < (other.answeredAt ?? other.at);

const isSurelyHeld = (held: ObservedCall, { sentAt }: ObservedCall, calls: ObservedCall[]) =>
  !calls.some(
    (one) =>
      one.by === held.by &&
      one.sentAt < sentAt - SURELY_HELD_MS &&
      one.sentAt > sentAt - ONE_HOLD_MS,
  );

export function writtenContacts(endpoint: string, body: string): string[] {
  if (!endpoint.endsWith('contacts/batch/update')) return [];
  return [...body.matchAll(/"id":"(\d+)"/g)].map(([, id = '']) => id);
}

export const writtenRecords = (body: string): string[] =>
  body.includes('"attributes"')
    ? [...body.matchAll(/"(?:Id|id)":"((?:00Q|003)\w{15})"/g)].map(([, id = '']) => id)
    : [];
