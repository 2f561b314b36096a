// The card of one contact, and for somebody whom a list keeps out which of its conditions are missing, where that can be
// told: the reason alone says only that the person is not in it.
import type { ListRole } from '../engine/trace.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { RecordView } from './contract.ts';
import { inTime } from './in-time.ts';
import { listConditions } from './list-conditions.ts';
import { recordView } from './record-view.ts';

/** The card doesn't wait longer for what it can do without. */
const PATIENCE_MS = 3_000;

const LISTS: Readonly<Record<string, ListRole>> = {
  NOT_IN_INCLUSION_LIST: 'inclusion',
  NOT_A_SENDER: 'inclusion',
  NOT_A_RECEIVER: 'receivers',
};

export async function recordWithConditions(
  pipeline: Pipeline,
  contactId: string,
): Promise<RecordView> {
  const view = await recordView(pipeline, contactId);
  const { reason } = view;
  const role = reason === null ? undefined : LISTS[reason.code];
  if (reason === null || role === undefined) return view;
  const workspace = await pipeline.workspaces.current();
  const asked = listConditions(pipeline.ports, workspace, contactId, [role]);
  const found = (await inTime(asked, PATIENCE_MS))?.get(role);
  if (found === undefined) return view;
  const missing = found.details.filter(({ holds }) => holds === false).map(({ text }) => text);
  const lacks = missing.length === 0 ? '' : `; missing: ${missing.join(', ')}`;
  const sentence = `${reason.sentence} It meets ${found.count}${lacks}.`;
  return {
    ...view,
    headline: view.headline === reason.sentence ? sentence : view.headline,
    reason: { ...reason, sentence },
  };
}
