// Runs in words: what each kind is called, which records one is about, and why one doesn't get on.
import type { SalesforceObject } from '../../engine/fields.ts';
import { CATEGORY_LABELS } from '../../engine/reasons/text.ts';
import type { Run, RunKind } from '../../store/runs-port.ts';
import { runRequestSchema, type RunRequest } from './request.ts';

/** What a run of each kind is called. */
export const RUN_NAMES: Readonly<Record<RunKind, string>> = {
  import: 'Import from Salesforce',
  push: 'Push to Salesforce',
  list: 'Resync of a list',
  everything: 'Resync of everything',
  backfill: 'Back-fill of a mapping',
  reconcile: 'Reconciliation',
  retry: 'Retry of errors',
  records: 'Sync of picked contacts',
  formulas: 'Look at formula fields',
  undo: 'Undo of a run',
};

const OBJECTS: Readonly<Record<SalesforceObject, string>> = { Lead: 'leads', Contact: 'contacts' };

/** More ids than these don't help anybody. */
const MOST_IDS_NAMED = 5;

/** Which records it is about. A run that an older or newer Tandem wrote may say nothing this one understands. */
export function scopeInWords({ kind, scope }: Pick<Run, 'kind' | 'scope'>): string {
  const request = runRequestSchema.safeParse({ kind, scope });
  return request.success ? requestInWords(request.data) : 'Unknown records';
}

function requestInWords({ kind, scope }: RunRequest): string {
  switch (kind) {
    case 'import': {
      const { object, condition, campaignId, name } = scope;
      if (campaignId !== null) return `Members of the campaign ${called(name, campaignId)}`;
      if (object === null) return 'All leads and contacts';
      return condition === null
        ? `All ${OBJECTS[object]}`
        : `Salesforce ${OBJECTS[object]} where ${condition}`;
    }
    case 'push':
      return 'All HubSpot contacts';
    case 'list':
      return `Members of the list ${called(scope.name, scope.listId)}`;
    case 'everything':
      return 'Everybody on both sides';
    case 'backfill':
      return `All pairs, for the mapping of ${called(scope.name, scope.hubspotProperty)}`;
    case 'formulas':
      return 'The formula fields of all leads and contacts';
    case 'undo': {
      const { runId, name: undone } = scope;
      return `What run ${runId} wrote${undone === undefined ? '' : ` (${undone})`}`;
    }
    case 'reconcile':
      return 'Everybody on both sides, and whoever is on neither any more';
    case 'retry': {
      const { categories, afterPause } = scope;
      if (afterPause) return 'Whoever waited while sync was paused';
      if (categories === null) return 'Whoever has an error or waits for another try';
      return `Reasons: ${categories.map((category) => CATEGORY_LABELS[category]).join(', ')}`;
    }
    case 'records': {
      const { hubspotIds } = scope;
      const more = hubspotIds.length - MOST_IDS_NAMED;
      const named = hubspotIds.slice(0, MOST_IDS_NAMED).join(', ');
      const noun = hubspotIds.length === 1 ? 'Contact' : 'Contacts';
      return `${noun} ${named}${more > 0 ? ` and ${more} more` : ''}`;
    }
  }
}

const called = (name: string | undefined, id: string): string =>
  name === undefined ? id : `“${name}”`;

/** One or two sentences; null while it gets on. */
export function troubleInWords({ state, trouble }: Run): string | null {
  if (trouble === null) return null;
  const said = /[.!?]$/.test(trouble) ? trouble : `${trouble}.`;
  if (state === 'failed')
    return `Given up after several tries: ${said} Resume it once that is put right.`;
  if (state !== 'running' && state !== 'waiting') return said;
  return `It doesn’t get on at the moment: ${said} It is tried again by itself.`;
}
