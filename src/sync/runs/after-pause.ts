// When a pause is over, whoever waited for it is synced by a run: they are known by the reason that was written down,
// so it doesn't matter how the pause ended, nor whether anybody was there to see it end.
import { endedPauses } from '../../engine/pause.ts';
import type { Store } from '../../store/port.ts';
import type { Run } from '../../store/runs-port.ts';
import { startRun, type WithStore } from './control.ts';

const REQUEST = { kind: 'retry', scope: { categories: null, afterPause: true } } as const;

interface WithLinks {
  readonly ports: {
    readonly store: WithStore['ports']['store'] & Pick<Store, 'links'>;
  };
}

/** Null where nobody waits for a pause that is over, or a run for them is on its way. */
export async function startAfterPause(
  { ports }: WithLinks,
  startedBy: string,
): Promise<Run | null> {
  const { settings, links, runs } = ports.store;
  const { paused } = (await settings.current()).settings;
  const reasons = endedPauses(paused);
  if (reasons.length === 0) return null;
  if ((await links.count({ which: 'left', states: ['waiting'], reasons })) === 0) return null;
  const latest = await runs.latest(REQUEST.kind, REQUEST.scope);
  if (latest?.state === 'waiting' || latest?.state === 'running') return null;
  return startRun({ ports }, REQUEST, { startedBy });
}
