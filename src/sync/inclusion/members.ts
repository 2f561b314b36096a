// Who is in a list, read for looking ahead: whole where that takes few calls, else asked for those who matter. Kept
// for a minute, since every change of a draft asks again.
import type { HubSpotList } from '../../hubspot/port.ts';
import type { Ports } from '../workspace.ts';

/** Pages of 250 that are read of one list, one after the other: HubSpot's positions are opaque. */
const MOST_PAGES = 20;
/** People whose lists are asked for, 100 a call. */
export const MOST_ASKED = 2_500;
/** Pages of 100 that are read of everybody. */
const MOST_PAGES_OF_ALL = 10;
const LONGEST_READING_MS = 5_000;
const LIFE_MS = 60_000;

export interface Members {
  readonly ids: ReadonlySet<string>;
  /** False: these joined first, and there are more. */
  readonly isComplete: boolean;
}

interface Kept {
  readonly readAt: number;
  readonly members: Promise<Members>;
}

export class MemberReader {
  readonly #ports: Ports;
  readonly #mostPages: number;
  readonly #lists = new Map<string, Kept>();
  readonly #memberships = new Map<string, { readAt: number; lists: ReadonlySet<string> }>();

  /** @param mostPages of one list that are read; a longer one is asked about those who matter */
  constructor(ports: Ports, mostPages = MOST_PAGES) {
    this.#ports = ports;
    this.#mostPages = mostPages;
  }

  /** The members of a list, or of the portal where none is chosen. */
  of(list: HubSpotList | null): Promise<Members> {
    const now = this.#ports.now();
    const key = list === null ? 'everybody' : `${list.id} ${list.size}`;
    const kept = this.#lists.get(key);
    if (kept && now - kept.readAt < LIFE_MS) return kept.members;
    for (const [other, { readAt }] of this.#lists)
      if (now - readAt >= LIFE_MS) this.#lists.delete(other);
    const members = list === null ? this.#everybody(now) : this.#membersOf(list, now);
    this.#lists.set(key, { readAt: now, members });
    members.catch(() => this.#lists.delete(key));
    return members;
  }

  /** Which lists each of the contacts is in. */
  async listsOf(contactIds: readonly string[]): Promise<(id: string) => ReadonlySet<string>> {
    const now = this.#ports.now();
    for (const [id, { readAt }] of this.#memberships)
      if (now - readAt >= LIFE_MS) this.#memberships.delete(id);
    const unknown = contactIds.filter((id) => !this.#memberships.has(id));
    const found =
      unknown.length === 0 ? null : await this.#ports.hubspot.lists.memberships(unknown);
    for (const id of unknown)
      this.#memberships.set(id, { readAt: now, lists: found?.get(id) ?? NO_LISTS });
    const known = new Map(contactIds.map((id) => [id, this.#memberships.get(id)?.lists]));
    return (id) => known.get(id) ?? NO_LISTS;
  }

  async #membersOf({ id, size }: HubSpotList, begun: number): Promise<Members> {
    const { hubspot, now } = this.#ports;
    const ids = new Set<string>();
    // Of a long list the first page is enough to look at some.
    const most = Math.min(this.#mostPages, size > this.#mostPages * PAGE ? 1 : Infinity);
    let after: string | null = null;
    for (let page = 0; page < most && now() - begun < LONGEST_READING_MS; page += 1) {
      const { members, after: next } = await hubspot.lists.joined(id, after);
      for (const member of members) ids.add(member.id);
      if (next === null) return { ids, isComplete: true };
      after = next;
    }
    return { ids, isComplete: false };
  }

  async #everybody(begun: number): Promise<Members> {
    const { hubspot, now } = this.#ports;
    const ids = new Set<string>();
    let after: string | null = null;
    for (let page = 0; page < MOST_PAGES_OF_ALL && now() - begun < LONGEST_READING_MS; page += 1) {
      const { contacts, after: next } = await hubspot.contacts.list(after, ['email']);
      for (const contact of contacts) ids.add(contact.id);
      if (next === null) return { ids, isComplete: true };
      after = next;
    }
    return { ids, isComplete: false };
  }
}

const PAGE = 250;
const NO_LISTS: ReadonlySet<string> = new Set();
