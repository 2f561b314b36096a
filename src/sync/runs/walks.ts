// Which walks each kind of run takes, one after the other. Contacts before leads: a person who is both is
// paired as a contact.
import { REASONS, type ReasonCode } from '../../engine/reasons.ts';
import type { ReasonCategory } from '../../engine/reasons/text.ts';
import { PAUSE_CODES } from '../../engine/pause.ts';
import { campaignWalk } from './campaign-walk.ts';
import { formulaWalk } from './formula-walk.ts';
import { hubspotWalk, listWalk, pickedWalk } from './hubspot-walk.ts';
import { linksWalk } from './links-walk.ts';
import type { RunRequest } from './request.ts';
import { salesforceWalk } from './salesforce-walk.ts';
import { undoWalk } from './undo-walk.ts';
import type { Walk } from './walk.ts';

export interface NamedWalk extends Walk {
  /** A page is begun when the one before it is done. */
  readonly isInOrder: boolean;
  /** It reads every HubSpot contact as it is now. */
  readonly readsAllOfHubSpot: boolean;
}

const named = (walk: Walk, readsAllOfHubSpot = false): NamedWalk => ({
  ...walk,
  readsAllOfHubSpot,
  isInOrder: false,
});

const allOfSalesforce = (how: { alsoUnseen?: boolean; mayExport?: boolean } = {}): NamedWalk =>
  named(
    salesforceWalk({ objects: ['Contact', 'Lead'], condition: null, alsoUnseen: false, ...how }),
  );

export function walksOf({ kind, scope }: RunRequest): readonly NamedWalk[] {
  switch (kind) {
    case 'import': {
      const { object, condition, campaignId } = scope;
      if (campaignId !== null) return [named(campaignWalk(campaignId))];
      return object === null
        ? [allOfSalesforce()]
        : [named(salesforceWalk({ objects: [object], condition, alsoUnseen: false }))];
    }
    case 'push':
      return [named(hubspotWalk(false), true)];
    case 'list':
      return [named(listWalk(scope.listId))];
    case 'everything':
      return [allOfSalesforce({ mayExport: true }), named(hubspotWalk(false), true)];
    case 'reconcile':
      return [allOfSalesforce({ alsoUnseen: true }), named(hubspotWalk(true), true)];
    case 'backfill':
      return [named(linksWalk({ which: 'paired' }))];
    case 'retry':
      if (scope.afterPause)
        return [named(linksWalk({ which: 'left', states: ['waiting'], reasons: PAUSE_CODES }))];
      return [
        named(
          linksWalk({
            which: 'left',
            states: scope.categories === null ? UNINTENDED : [...UNINTENDED, 'skipped'],
            reasons: scope.categories && codesOf(scope.categories),
          }),
        ),
      ];
    case 'records':
      return [named(pickedWalk(scope.hubspotIds))];
    case 'formulas':
      return [named(formulaWalk)];
    case 'undo':
      // A value that the run wrote twice goes back step by step.
      return [{ ...named(undoWalk(scope.runId)), isInOrder: true }];
  }
}

/** Nobody chose that these don’t sync. */
const UNINTENDED = ['problem', 'waiting'] as const;

const codesOf = (categories: readonly ReasonCategory[]): ReasonCode[] =>
  (Object.keys(REASONS) as ReasonCode[]).filter((code) =>
    categories.includes(REASONS[code].category),
  );
