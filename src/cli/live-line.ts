// One line on the terminal for what live sync did to one person.
import { explain } from '../engine/reasons.ts';
import type { PairReport } from '../sync/pipeline.ts';

/** Null when nothing happened that a person would want to read. Names fields, never values: those are people's. */
export function liveLine({
  hubspotId,
  salesforceId,
  result,
  writes,
  reason,
}: PairReport): string | null {
  const who = `${hubspotId ?? '–'} ⇄ ${salesforceId ?? '–'}`;
  if (writes.length > 0) {
    const fields = writes.map(({ side, field }) =>
      side === 'pair'
        ? 'the pairing'
        : `${field} in ${side === 'hubspot' ? 'HubSpot' : 'Salesforce'}`,
    );
    const shown = fields.length > 6 ? [...fields.slice(0, 5), `${fields.length - 5} more`] : fields;
    return `${who}  ${result === 'updated' ? 'wrote' : result}: ${shown.join(', ')}`;
  }
  return result === 'failed' && reason ? `${who}  ${explain(reason).sentence}` : null;
}
