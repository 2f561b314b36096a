// Which saves of a batch may go ahead: pure. Decided from the rows as they are, locked, in the database,
// before anything is written, so that a refused save leaves no trace: not even its absorbed rows go.
import type { Change, LinkClaim, LinkSave, SaveOutcome } from './port.ts';

/** A row of `links` that a save starts from, absorbs, or finds holding one of its ids. */
export interface HeldRow {
  readonly id: string;
  readonly version: number;
  readonly hubspotId: string | null;
  readonly salesforceId: string | null;
}

/** For each save the ids of all records it has to do with: those it needs, and those its rows give up. */
export function recordsOf(claims: readonly LinkClaim[], rows: readonly HeldRow[]): string[][] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return claims.map(({ existing, absorbs, content }) => {
    const started = existing === null ? absorbs : [existing, ...absorbs];
    const ids = [content, ...started.flatMap(({ id }) => byId.get(id) ?? [])].flatMap(
      ({ hubspotId, salesforceId }) => [hubspotId, salesforceId].filter((id) => id !== null),
    );
    return [...new Set(ids)];
  });
}

/** Records of the saves that went ahead, those of them whose unrecorded writes are settled, and the history of these. */
export function concernedBy(
  saves: readonly LinkSave[],
  outcome: SaveOutcome,
): {
  readonly saved: string[];
  readonly settled: string[];
  readonly recovered: readonly Change[];
} {
  const went = saves.filter((_, index) => outcome[index]);
  const settled = went.flatMap(({ settles = [] }) => settles);
  const recovered = went.flatMap((save) => save.recovered ?? []);
  return { saved: [...recordsOf(went, []).flat(), ...settled], settled, recovered };
}

/**
 * True, in the order of the saves, for each that may be written: the rows it starts from and absorbs are
 * still in the version it read, its ids are free, its own rows', or let go by another save of the batch, and
 * nobody else is writing any of its records (`inHands`). Where two saves want one row or id, the earlier has it.
 */
export function acceptedSaves(
  saves: readonly LinkClaim[],
  held: readonly HeldRow[],
  inHands: ReadonlySet<string>,
): readonly boolean[] {
  const claims = new Claims(held);
  const accepted = saves.map(() => false);
  const free =
    inHands.size === 0
      ? saves.map(() => true)
      : recordsOf(saves, held).map((records) => !records.some((id) => inHands.has(id)));
  // A save may need an id that a later one lets go, so the refused are asked again while that helps.
  for (let before = -1, count = 0; count > before;) {
    before = count;
    for (const [index, save] of saves.entries()) {
      if (accepted[index] === true || free[index] !== true || !claims.take(save)) continue;
      accepted[index] = true;
      count += 1;
    }
  }
  return accepted;
}

const namesOf = ({ hubspotId, salesforceId }: Pick<HeldRow, 'hubspotId' | 'salesforceId'>) => [
  ...(hubspotId === null ? [] : [`hubspot ${hubspotId}`]),
  ...(salesforceId === null ? [] : [`salesforce ${salesforceId}`]),
];

class Claims {
  /** Rows no save has taken yet, by id. */
  readonly #untaken: Map<string, HeldRow>;
  /** Row ids by the CRM id they hold; null for an id that a save of this batch has claimed. */
  readonly #holders = new Map<string, string | null>();

  constructor(held: readonly HeldRow[]) {
    this.#untaken = new Map(held.map((row) => [row.id, row]));
    for (const row of held) for (const name of namesOf(row)) this.#holders.set(name, row.id);
  }

  take({ existing, absorbs, content }: LinkClaim): boolean {
    const started = existing === null ? absorbs : [existing, ...absorbs];
    const rows: HeldRow[] = [];
    for (const { id, version } of started) {
      const row = this.#untaken.get(id);
      if (row?.version !== version || rows.includes(row)) return false;
      rows.push(row);
    }
    const names = namesOf(content);
    if (names.length === 0) throw new Error('a link needs a HubSpot id or a Salesforce id');
    const isFree = (name: string): boolean => {
      const holder = this.#holders.get(name);
      return holder === undefined || rows.some(({ id }) => id === holder);
    };
    if (!names.every(isFree)) return false;
    for (const row of rows) {
      this.#untaken.delete(row.id);
      for (const name of namesOf(row)) this.#holders.delete(name);
    }
    for (const name of names) this.#holders.set(name, null);
    return true;
  }
}
