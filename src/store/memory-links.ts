// Links, their history and holds in memory: what `links.ts` and `holds.ts` do in Postgres.
import type { Link, Unrecorded } from '../engine/link.ts';
import type { Reason } from '../engine/reasons.ts';
import type { Side } from '../engine/records.ts';
import { acceptedSaves, concernedBy, recordsOf } from './claims.ts';
import { notesOn } from './holds.ts';
import {
  isCreation,
  type HistoryEntry,
  type HistoryOf,
  type WrittenByRun,
} from './history-port.ts';
import { rowsOf } from './history-rows.ts';
import { copyOf } from './json.ts';
import { asStored } from './link-rows.ts';
import {
  HOLD_MS,
  NO_HOLD,
  type Change,
  type FieldSummaryRow,
  type Hold,
  type LinkFilter,
  type LinkSave,
  type LinkStore,
  type LinkSummaryRow,
  type PairRow,
  type PastChange,
  type SaveOutcome,
} from './port.ts';

const EXAMPLES = 3;

const idsOf = ({ hubspotId, salesforceId }: Link): string[] =>
  [hubspotId, salesforceId].filter((id) => id !== null);

export class MemoryLinks implements LinkStore {
  readonly #now: () => string;
  readonly #cursors: Map<string, unknown>;
  readonly #links = new Map<string, Link>();
  readonly #byHubSpot = new Map<string, Link>();
  readonly #bySalesforce = new Map<string, Link>();
  readonly #changes: PastChange[] = [];
  readonly #entries: HistoryEntry[] = [];
  readonly #since = new Map<string, string>();
  readonly #holds = new Map<
    string,
    {
      until: string | null;
      holder: string | null;
      wanted: boolean;
      unrecorded: readonly Unrecorded[];
    }
  >();
  #lastId = 0;

  constructor(now: () => string, cursors: Map<string, unknown>) {
    this.#now = now;
    this.#cursors = cursors;
  }

  find({ hubspot, salesforce }: Parameters<LinkStore['find']>[0]): Promise<Link[]> {
    const found = new Set([
      ...hubspot.flatMap((id) => this.#byHubSpot.get(id) ?? []),
      ...salesforce.flatMap((id) => this.#bySalesforce.get(id) ?? []),
    ]);
    return Promise.resolve(copyOf([...found]));
  }

  record({
    links,
    changes,
    releases = NO_HOLD,
    cursor,
  }: Parameters<LinkStore['record']>[0]): Promise<SaveOutcome> {
    const outcome = this.#save(links, releases.holder);
    const concerned = concernedBy(links, outcome);
    const settled = new Set(concerned.settled);
    for (const id of releases.recordIds)
      if (this.#holds.get(id)?.holder === releases.holder) this.#release(id, settled.has(id));
    for (const id of concerned.saved) if (!this.#isHeld(id)) this.#release(id, settled.has(id));
    const at = this.#now();
    const kept: readonly Change[] = copyOf([...concerned.recovered, ...changes]);
    this.#changes.push(...kept.map((change) => ({ ...change, at })));
    for (const row of rowsOf(kept))
      this.#entries.push({
        id: String(this.#entries.length + 1),
        at,
        hubspotId: row.hubspot_id,
        salesforceId: row.salesforce_id,
        runId: row.run_id,
        cause: row.cause,
        by: row.done_by,
        side: row.side,
        fields: row.fields.map(([field, before, after, why]) => ({ field, before, after, why })),
      });
    if (cursor) this.#cursors.set(cursor.name, copyOf(cursor.value));
    return Promise.resolve(copyOf(outcome));
  }

  hold(claims: Parameters<LinkStore['hold']>[0], holder: string): Promise<readonly boolean[]> {
    const rows = [...this.#links.values()];
    const records = recordsOf(claims, rows);
    const accepted = acceptedSaves(claims, rows, this.#inOtherHands(null));
    const until = this.#holdEnds();
    for (const [index, ids] of records.entries())
      for (const id of accepted[index] ? ids : []) {
        const { wanted = false, unrecorded = [] } = this.#holds.get(id) ?? {};
        const notes = copyOf(notesOn(id, ids, claims[index]));
        this.#holds.set(id, { until, holder, wanted, unrecorded: [...unrecorded, ...notes] });
      }
    return Promise.resolve(accepted);
  }

  renew({ holder, recordIds }: Hold): Promise<void> {
    for (const id of recordIds) {
      const held = this.#holds.get(id);
      if (held?.holder === holder && held.until !== null) held.until = this.#holdEnds();
    }
    return Promise.resolve();
  }

  giveUp({ holder, recordIds }: Hold): Promise<void> {
    for (const id of recordIds) {
      const held = this.#holds.get(id);
      if (held?.holder === holder && this.#isHeld(id)) held.until = this.#now();
    }
    return Promise.resolve();
  }

  #holdEnds(): string {
    return new Date(Date.parse(this.#now()) + HOLD_MS).toISOString();
  }

  unrecorded(recordIds: readonly string[]): Promise<readonly Unrecorded[]> {
    return Promise.resolve(
      copyOf(recordIds.flatMap((id) => this.#holds.get(id)?.unrecorded ?? [])),
    );
  }

  want({ hubspot, salesforce }: Parameters<LinkStore['want']>[0]): Promise<void> {
    const wanted = new Set([
      ...hubspot.flatMap((id) => this.#byHubSpot.get(id) ?? []),
      ...salesforce.flatMap((id) => this.#bySalesforce.get(id) ?? []),
    ]);
    const markHeld = (ids: readonly string[]): boolean => {
      const held = ids.filter((id) => this.#isHeld(id)).flatMap((id) => this.#holds.get(id) ?? []);
      for (const hold of held) hold.wanted = true;
      return held.length > 0;
    };
    markHeld([...hubspot, ...salesforce]);
    for (const link of wanted)
      if (!markHeld(idsOf(link)))
        this.#put({ ...link, version: link.version + 1, retryAt: this.#now() });
    return Promise.resolve();
  }

  #isHeld(id: string): boolean {
    return (this.#holds.get(id)?.until ?? '') > this.#now();
  }

  #release(id: string, isSettled: boolean): void {
    const hold = this.#holds.get(id);
    if (!hold) return;
    if (isSettled || hold.unrecorded.length === 0) this.#holds.delete(id);
    else this.#holds.set(id, { ...hold, until: null, holder: null, wanted: false });
    const link = this.#linkOf(id);
    if (link && hold.wanted) this.#put({ ...link, retryAt: this.#now() });
  }

  #linkOf(recordId: string): Link | undefined {
    return this.#byHubSpot.get(recordId) ?? this.#bySalesforce.get(recordId);
  }

  #inOtherHands(holder: string | null): ReadonlySet<string> {
    const held = [...this.#holds].filter(
      ([id, hold]) => this.#isHeld(id) && (holder === null || hold.holder !== holder),
    );
    return new Set(held.map(([id]) => id));
  }

  #put(link: Link): void {
    this.#links.set(link.id, link);
    if (link.hubspotId !== null) this.#byHubSpot.set(link.hubspotId, link);
    if (link.salesforceId !== null) this.#bySalesforce.set(link.salesforceId, link);
  }

  #save(saves: readonly LinkSave[], holder: string): (Link | null)[] {
    const rows = [...this.#links.values()];
    const accepted = acceptedSaves(saves, rows, this.#inOtherHands(holder));
    const going = saves.filter((_, index) => accepted[index]);
    // Ids may change hands within the batch: all rows concerned are let go before any is put.
    for (const { existing, absorbs } of going) {
      for (const { id } of absorbs) this.#take(id);
      if (existing) this.#take(existing.id);
    }
    const before = new Map(rows.map((link) => [link.id, standingOf(link)]));
    return saves.map(({ existing, content }, index) => {
      if (accepted[index] !== true) return null;
      if (!existing) this.#lastId += 1;
      const id = existing?.id ?? String(this.#lastId);
      const link: Link = {
        ...asStored(copyOf(content)),
        id,
        version: (existing?.version ?? 0) + 1,
      };
      if (before.get(id) !== standingOf(link)) this.#since.set(id, this.#now());
      this.#put(link);
      return link;
    });
  }

  #take(id: string): void {
    const link = this.#links.get(id);
    if (!link) return;
    this.#links.delete(id);
    if (link.hubspotId !== null) this.#byHubSpot.delete(link.hubspotId);
    if (link.salesforceId !== null) this.#bySalesforce.delete(link.salesforceId);
  }

  due(now: string, limit: number): Promise<Link[]> {
    const until = new Date(now).toISOString();
    const due = [...this.#links.values()].filter(
      ({ retryAt }) => retryAt !== null && retryAt <= until,
    );
    due.sort(
      (one, other) => compare(one.retryAt, other.retryAt) || Number(one.id) - Number(other.id),
    );
    const left = new Set(
      [...this.#holds].flatMap(([id, hold]) =>
        hold.until === null || this.#isHeld(id) ? [] : (this.#linkOf(id) ?? []),
      ),
    );
    const all = [...left, ...due.filter((link) => !left.has(link))];
    return Promise.resolve(copyOf(all.slice(0, limit)));
  }

  abandoned(limit: number): Promise<string[]> {
    const ids = [...this.#holds].flatMap(([id, { until }]) =>
      until === null || this.#isHeld(id) || this.#linkOf(id) ? [] : [id],
    );
    return Promise.resolve(ids.slice(0, limit));
  }

  forgetHolds(recordIds: readonly string[]): Promise<void> {
    for (const id of recordIds)
      if (this.#holds.get(id)?.until != null && !this.#isHeld(id)) this.#holds.delete(id);
    return Promise.resolve();
  }

  withValue(mappingKey: string, afterId: string | null, limit: number): Promise<Link[]> {
    const after = Number(afterId ?? 0);
    const links = this.#inOrder().filter(
      ({ id, base }) => Number(id) > after && (base[mappingKey] ?? null) !== null,
    );
    return Promise.resolve(copyOf(links.slice(0, limit)));
  }

  page(which: LinkFilter, afterId: string | null, limit: number): Promise<Link[]> {
    const after = Number(afterId ?? 0);
    const links = this.#inOrder().filter((link) => Number(link.id) > after && matches(link, which));
    return Promise.resolve(copyOf(links.slice(0, limit)));
  }

  count(which: LinkFilter): Promise<number> {
    return Promise.resolve(this.#inOrder().filter((link) => matches(link, which)).length);
  }

  somePairs(limit: number): Promise<readonly PairRow[]> {
    const pairs = this.#inOrder().flatMap(({ hubspotId, salesforceId, state }): PairRow[] =>
      hubspotId === null || salesforceId === null ? [] : [{ hubspotId, salesforceId, state }],
    );
    const every = Math.max(1, pairs.length / limit);
    const kept = pairs.filter((_, at) => Math.floor(at / every) !== Math.floor((at - 1) / every));
    return Promise.resolve(kept.slice(0, limit));
  }

  idsBetween(side: Side, after: string | null, upTo: string | null): Promise<string[]> {
    const ids = [...(side === 'hubspot' ? this.#byHubSpot : this.#bySalesforce).keys()];
    const listed = LISTED[side];
    return Promise.resolve(
      ids
        .filter(
          (id) =>
            (after === null || listed(id, after) > 0) && (upTo === null || listed(id, upTo) <= 0),
        )
        .sort(listed),
    );
  }

  newestHubSpotStamp(): Promise<string | null> {
    const stamps = [...this.#links.values()].flatMap(
      ({ hubspotModifiedAt }) => hubspotModifiedAt ?? [],
    );
    return Promise.resolve(stamps.sort().at(-1) ?? null);
  }

  since(linkIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const known = linkIds.filter((id) => this.#links.has(id));
    return Promise.resolve(
      new Map(
        known.flatMap((id): [string, string][] => {
          const since = this.#since.get(id);
          return since === undefined ? [] : [[id, since]];
        }),
      ),
    );
  }

  summary(): Promise<LinkSummaryRow[]> {
    const groups = Map.groupBy(this.#inOrder(), standingOf);
    const rows = [...groups.values()].map((links): LinkSummaryRow & { code: string } => ({
      state: links[0]?.state ?? 'inSync',
      count: links.length,
      reason: links[0]?.reason ?? null,
      code: links[0]?.reason?.code ?? '',
      examples: links
        .slice(0, EXAMPLES)
        .map(({ hubspotId, salesforceId }) => ({ hubspotId, salesforceId })),
    }));
    rows.sort(
      (one, other) =>
        other.count - one.count || compare(one.state, other.state) || compare(one.code, other.code),
    );
    return Promise.resolve(
      copyOf(
        rows.map(({ state, count, reason, examples }) => ({ state, count, reason, examples })),
      ),
    );
  }

  fieldSummary(): Promise<FieldSummaryRow[]> {
    const groups = new Map<string, { mapping: string; count: number; reason: Reason }>();
    for (const { fieldReasons } of this.#inOrder()) {
      for (const [mapping, reason] of Object.entries(fieldReasons)) {
        const name = `${mapping} ${reason.code}`;
        const group = groups.get(name);
        if (group) group.count += 1;
        else groups.set(name, { mapping, count: 1, reason });
      }
    }
    const rows = [...groups.values()].sort(
      (one, other) =>
        other.count - one.count ||
        compare(one.mapping, other.mapping) ||
        compare(one.reason.code, other.reason.code),
    );
    return Promise.resolve(copyOf(rows));
  }

  history(hubspotId: string, limit: number): Promise<PastChange[]> {
    const own = this.#changes.filter((change) => change.hubspotId === hubspotId);
    return Promise.resolve(copyOf(own.reverse().slice(0, limit)));
  }

  recent(limit: number): Promise<PastChange[]> {
    return Promise.resolve(copyOf(this.#changes.toReversed().slice(0, limit)));
  }

  entries(of: HistoryOf, beforeId: string | null, limit: number): readonly HistoryEntry[] {
    const own = this.#entries.filter(
      (entry) =>
        ('runId' in of ? entry.runId === of.runId : entry.hubspotId === of.hubspotId) &&
        (beforeId === null || Number(entry.id) < Number(beforeId)),
    );
    return copyOf(own.toReversed().slice(0, limit));
  }

  writtenBy(runId: string): WrittenByRun {
    const own = this.#entries.filter((entry) => entry.runId === runId);
    const edits = own.filter((entry) => entry.side !== 'pair' && !isCreation(entry));
    return {
      entries: own.length,
      values: edits.reduce((sum, { fields }) => sum + fields.length, 0),
      people: new Set(own.map(({ hubspotId, salesforceId }) => hubspotId ?? salesforceId)).size,
      created: own.filter(isCreation).length,
    };
  }

  entriesById(ids: readonly string[]): readonly HistoryEntry[] {
    return copyOf(this.#entries.filter(({ id }) => ids.includes(id)).toReversed());
  }

  #inOrder(): Link[] {
    return [...this.#links.values()].sort((one, other) => Number(one.id) - Number(other.id));
  }
}

const standingOf = ({ state, reason }: Link): string => `${state} ${reason?.code ?? ''}`;

function matches(link: Link, filter: LinkFilter): boolean {
  const { hubspotId, salesforceId, state, reason, fieldReasons } = link;
  if (filter.which === 'paired') return hubspotId !== null && salesforceId !== null;
  if (filter.which === 'field') return fieldReasons[filter.mapping]?.code === filter.reason;
  if (!filter.states.includes(state)) return false;
  return filter.reasons === null || (reason !== null && filter.reasons.includes(reason.code));
}

/** In the order each CRM lists its records. */
const LISTED: Readonly<Record<Side, (one: string, other: string) => number>> = {
  hubspot: (one, other) => one.length - other.length || compare(one, other),
  salesforce: (one, other) => compare(one, other),
};

const compare = (one: string | null, other: string | null): number =>
  (one ?? '') < (other ?? '') ? -1 : (one ?? '') > (other ?? '') ? 1 : 0;
