// The store in memory: for simulations, which run thousands of them under a clock of their own. It keeps
// every promise of `port.ts`, proven by the suite that Postgres passes too; it forgets everything when it
// is gone, and holds one process only.
import { copyOf, storableJson } from './json.ts';
import { MemoryLinks } from './memory-links.ts';
import { MemoryRuns } from './memory-runs.ts';
import { memorySettings } from './memory-settings.ts';
import type { CursorStore, HealthStore, Installation, Store } from './port.ts';

export interface MemoryStoreOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function openMemoryStore({ now }: MemoryStoreOptions): Store {
  const nowIso = (): string => new Date(now()).toISOString();
  const cursors = new Map<string, unknown>();
  const runs = new MemoryRuns(nowIso);
  const links = new MemoryLinks(nowIso, cursors);
  let installation: Installation | null = null;
  return {
    links,
    history: {
      page: (of, beforeId, limit) => Promise.resolve(links.entries(of, beforeId, limit)),
      writtenBy: (runId) => Promise.resolve(links.writtenBy(runId)),
      byIds: (ids) => Promise.resolve(links.entriesById(ids)),
    },
    runs,
    settings: memorySettings(nowIso),
    cursors: memoryCursors(cursors),
    health: memoryHealth(),
    isCurrent: () => Promise.resolve(true),
    installation: (current) => Promise.resolve((installation ??= current)),
    close: () => Promise.resolve(),
  };
}

function memoryCursors(cursors: Map<string, unknown>): CursorStore {
  return {
    get: (name) => Promise.resolve(copyOf(cursors.get(name) ?? null)),
    set: (name, value) => Promise.resolve(void cursors.set(name, copyOf(value))),
    replace: (name, known, value) => {
      const isKnown = storableJson(cursors.get(name)) === storableJson(known);
      if (isKnown) cursors.set(name, copyOf(value));
      return Promise.resolve(isKnown);
    },
  };
}

function memoryHealth(): HealthStore {
  const rows = new Map<string, unknown>();
  return {
    set: (worker, value) => Promise.resolve(void rows.set(worker, copyOf(value))),
    remove: (worker) => Promise.resolve(void rows.delete(worker)),
    all: () =>
      Promise.resolve([...rows].map(([worker, value]) => ({ worker, value: copyOf(value) }))),
  };
}
