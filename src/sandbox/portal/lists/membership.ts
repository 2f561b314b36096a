// Who is in one list: in ascending record id for one endpoint, in the order of joining for another
// (hubspot-api §2.3).
import { IdList } from '../contacts/ids.ts';

export interface Membership {
  readonly recordId: string;
  /** Milliseconds since the epoch, as is `lastAddedAt`. */
  readonly firstAddedAt: number;
  readonly lastAddedAt: number;
}

export class Memberships {
  /** In the order of joining; whoever comes back goes to the end. */
  readonly #current = new Map<string, Membership>();
  readonly #ids = new IdList();
  /** When those who left had joined first. */
  readonly #left = new Map<string, number>();

  get size(): number {
    return this.#current.size;
  }

  get(recordId: string): Membership | undefined {
    return this.#current.get(recordId);
  }

  put(membership: Membership): void {
    this.#current.set(membership.recordId, membership);
    this.#ids.add(membership.recordId);
  }

  join(recordId: string, at: number): Membership {
    const firstAddedAt = this.#left.get(recordId) ?? at;
    const membership = { recordId, firstAddedAt, lastAddedAt: at };
    this.put(membership);
    return membership;
  }

  leave(recordId: string): void {
    const membership = this.#current.get(recordId);
    if (!membership) return;
    this.#left.set(recordId, membership.firstAddedAt);
    this.#current.delete(recordId);
    this.#ids.remove(recordId);
  }

  recordIds(): string[] {
    return [...this.#current.keys()];
  }

  /** In ascending record id, those after the given one. */
  byId(after: string | null, limit: number): Membership[] {
    return this.#ids.after(after, limit).flatMap((id) => this.#current.get(id) ?? []);
  }

  /** In the order of joining, those after the first `skipped`. */
  byJoining(skipped: number, limit: number): Membership[] {
    return [...this.#current.values()].slice(skipped, skipped + limit);
  }
}
