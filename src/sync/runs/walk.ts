// A walk leads a run past records, page by page. Where it stands is a JSON value, so that another process
// can go on. A page that is walked twice is simply synced twice, which writes nothing twice.
import type { HistoryEntry } from '../../store/history-port.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Sighting } from '../sighting.ts';

export interface WalkPage {
  readonly sightings: readonly Sighting[];
  /** What is to be taken back, in place of records to sync. */
  readonly undoes?: readonly HistoryEntry[];
  /** How many records it led past, where those sighted are not all. */
  readonly passed?: number;
  /** Where the next page starts; null: this was the last. */
  readonly next: unknown;
  /** There is none before so many milliseconds have passed: the run waits, and no worker with it. */
  readonly waitMs?: number;
}

export interface Walk {
  /** How many records it leads past, for a progress bar; null where nobody can tell without walking. */
  count(pipeline: Pipeline): Promise<number | null>;
  /** `at` null begins. */
  page(pipeline: Pipeline, at: unknown): Promise<WalkPage>;
}
