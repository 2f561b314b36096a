// Whether the first sync was ever started. Until then nobody is written to but on a person's explicit order: no look,
// webhook, schedule or "Sync now" writes, while dry runs and previews say what would be done. That it was started is a
// row of the database, written once: by the first run over everybody that is worked on, by the sandbox, or by the
// migration of an installation that synced before there was such a row.
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { reason } from '../engine/reasons.ts';
import type { CursorStore } from '../store/port.ts';
import type { Run, RunKind } from '../store/runs-port.ts';
import type { PairReport, Trigger } from './pipeline.ts';
import { wholeScope } from './runs/request.ts';
import type { Sighting } from './sighting.ts';

const CURSOR = 'first sync';
const begunSchema = z.object({ begunAt: z.string() });

export class FirstSync {
  readonly #cursors: Pick<CursorStore, 'get' | 'replace'>;
  /** What was begun stays so: it is asked for until then. */
  #begunAt: string | null = null;

  constructor(cursors: Pick<CursorStore, 'get' | 'replace'>) {
    this.#cursors = cursors;
  }

  /** ISO; null: nobody has started it yet. */
  async begunAt(): Promise<string | null> {
    this.#begunAt ??= begunSchema.safeParse(await this.#cursors.get(CURSOR)).data?.begunAt ?? null;
    return this.#begunAt;
  }

  /** From now on changes are synced, those since shortly before that moment too; the first to say so counts. */
  async begin(begunAt: string): Promise<void> {
    if ((await this.begunAt()) === null) await this.#cursors.replace(CURSOR, null, { begunAt });
  }

  /** Whether this has to wait for it. A run, and what takes back what one wrote, is what an admin asked for. */
  async holdsBack({ cause, runId }: Trigger): Promise<boolean> {
    return runId === null && cause !== 'undo' && (await this.begunAt()) === null;
  }
}

/** Runs over everybody there is: whoever starts one wants everybody synced. */
const BEGINS: ReadonlySet<RunKind> = new Set(['import', 'push', 'everything', 'reconcile']);

export const beginsFirstSync = ({ kind, scope, dry }: Run): boolean =>
  !dry && BEGINS.has(kind) && isDeepStrictEqual(scope, wholeScope(kind));

/** What is said of somebody who is not synced yet. */
export const notBegun = ({ key }: Sighting): PairReport => ({
  hubspotId: key.side === 'hubspot' ? key.id : null,
  salesforceId: key.side === 'salesforce' ? key.id : null,
  result: 'skipped',
  reason: reason('NOT_BEGUN'),
  writes: [],
  news: [],
});
