// What an admin can start, as the form keeps it, and the request it makes once nothing is missing.
import type { CallParameters } from '../../../src/api/contract.ts';
import { CATEGORY_LABELS, REASON_CATEGORIES } from '../../../src/engine/reasons/text.ts';
import type { ReasonCategory } from '../../../src/engine/reasons/text.ts';

export type RunRequest = CallParameters<'start-run'>['request'];

const WHATS = [
  {
    value: 'importAll',
    label: 'Import all leads and contacts',
    explanation: 'Every lead and contact of Salesforce, with all mapped fields.',
  },
  { value: 'importLeads', label: 'Import all leads', explanation: 'Every lead of Salesforce.' },
  {
    value: 'importContacts',
    label: 'Import all contacts',
    explanation: 'Every contact of Salesforce.',
  },
  {
    value: 'importCampaign',
    label: 'Import the members of a campaign',
    explanation: 'The leads and contacts of one Salesforce campaign and nobody else.',
  },
  {
    value: 'importCondition',
    label: 'Import whoever meets a condition',
    explanation: 'The leads, or the contacts, that a SOQL condition holds for.',
  },
  {
    value: 'push',
    label: 'Push all HubSpot contacts',
    explanation: 'Every HubSpot contact that may sync, to Salesforce.',
  },
  {
    value: 'list',
    label: 'Resync a list (segment)',
    explanation: 'The members of one HubSpot segment, as Sync now would for each.',
  },
  {
    value: 'everything',
    label: 'Resync everything',
    explanation: 'Everybody on both sides.',
  },
  {
    value: 'backfill',
    label: 'Back-fill a mapping',
    explanation: 'All pairs, after a mapping was added or its rule was changed.',
  },
  {
    value: 'reconcile',
    label: 'Reconcile',
    explanation: 'Everybody on both sides, and whoever was deleted without Tandem hearing of it.',
  },
  {
    value: 'retry',
    label: 'Retry errors',
    explanation: 'Whoever did not sync, for the reasons you choose.',
  },
] as const;

export type What = (typeof WHATS)[number]['value'];

export const WHAT_OPTIONS = WHATS.map(({ value, label }) => ({ value, label }));

export const explanationOf = (what: What): string =>
  WHATS.find(({ value }) => value === what)?.explanation ?? '';

export const whatFrom = (value: unknown): What | null =>
  WHATS.find((known) => known.value === value)?.value ?? null;

export const CATEGORY_OPTIONS = REASON_CATEGORIES.map((value) => ({
  value,
  label: CATEGORY_LABELS[value],
}));

export const categoriesFrom = (values: readonly unknown[]): readonly ReasonCategory[] =>
  REASON_CATEGORIES.filter((category) => values.includes(category));

export interface RunChoice {
  readonly what: What;
  readonly object: 'Lead' | 'Contact';
  readonly condition: string;
  readonly campaignId: string;
  readonly listId: string;
  readonly hubspotProperty: string;
  /** None: whatever nobody chose. */
  readonly categories: readonly ReasonCategory[];
}

export const FIRST_CHOICE: RunChoice = {
  what: 'importAll',
  object: 'Lead',
  condition: '',
  campaignId: '',
  listId: '',
  hubspotProperty: '',
  categories: [],
};

/** Null while something is missing. */
export function requestOf(choice: RunChoice): RunRequest | null {
  const { object, listId, hubspotProperty, categories } = choice;
  const condition = choice.condition.trim();
  const campaignId = choice.campaignId.trim();
  switch (choice.what) {
    case 'importAll':
      return { kind: 'import', scope: {} };
    case 'importLeads':
      return { kind: 'import', scope: { object: 'Lead' } };
    case 'importContacts':
      return { kind: 'import', scope: { object: 'Contact' } };
    case 'importCampaign':
      return campaignId === '' ? null : { kind: 'import', scope: { campaignId } };
    case 'importCondition':
      return condition === '' ? null : { kind: 'import', scope: { object, condition } };
    case 'push':
    case 'everything':
    case 'reconcile':
      return { kind: choice.what, scope: {} };
    case 'list':
      return listId === '' ? null : { kind: 'list', scope: { listId } };
    case 'backfill':
      return hubspotProperty === '' ? null : { kind: 'backfill', scope: { hubspotProperty } };
    case 'retry':
      return {
        kind: 'retry',
        scope: { categories: categories.length === 0 ? null : [...categories] },
      };
  }
}
