// Answers of Tandem for the tests of the extensions; each test changes what it is about.
import { DEFAULT_SETTINGS } from '../../../src/engine/settings.ts';
import type {
  FieldView,
  HistoryChange,
  HistoryMoment,
  InclusionList,
  MappingView,
  RecordView,
  RunView,
  SettingsView,
  SyncPreview,
  SyncResult,
  UndoResult,
} from '../../../src/api/contract.ts';
import type { MappingChoices } from '../../../extensions/settings/draft.ts';

export const CONTACT_ID = '51';

export const field = (changes: Partial<FieldView>): FieldView => ({
  hubspotProperty: 'city',
  hubspotLabel: 'City',
  salesforceField: 'City',
  salesforceLabel: 'City',
  hubspotValue: 'Berlin',
  salesforceValue: 'Berlin',
  rule: 'preferSalesforceUnlessBlank',
  ruleLabel: 'Prefer Salesforce unless blank',
  next: 'same',
  reason: null,
  issue: null,
  choices: [],
  ...changes,
});

export const FIELDS: readonly FieldView[] = [
  field({}),
  field({
    hubspotProperty: 'jobtitle',
    hubspotLabel: 'Job Title',
    salesforceField: 'Title',
    salesforceLabel: 'Title',
    hubspotValue: 'Engineer',
    salesforceValue: null,
    next: 'toSalesforce',
  }),
  field({
    hubspotProperty: 'industry',
    hubspotLabel: 'Industry',
    salesforceField: 'Industry',
    salesforceLabel: 'Industry',
    hubspotValue: 'Astrology',
    salesforceValue: 'Energy',
    next: 'blocked',
    reason: {
      code: 'NOT_A_PICKLIST_VALUE',
      sentence: '“Astrology” is not a value of the picklist.',
      fix: 'Add it in Salesforce.',
    },
  }),
];

export const record = (changes: Partial<RecordView> = {}): RecordView => ({
  contactId: CONTACT_ID,
  state: 'inSync',
  headline: 'In sync with the Salesforce lead Ada Lovelace.',
  reason: null,
  retryAt: null,
  paused: { toSalesforce: false, toHubSpot: false },
  isWaitingForFirstSync: false,
  salesforce: {
    object: 'Lead',
    id: '00Q000000000001AAA',
    name: 'Ada Lovelace',
    ownerName: 'Charles Babbage',
    status: 'Working - Contacted',
    pinned: false,
    url: 'https://example.my.salesforce.com/lightning/r/Lead/00Q000000000001AAA/view',
  },
  lastSyncedAt: '2026-11-23T10:00:00.000Z',
  lastWrite: { at: '2026-11-23T09:00:00.000Z', direction: 'toSalesforce', fields: 2 },
  campaigns: [],
  leftOut: [],
  fields: [...FIELDS],
  ...changes,
});

export const syncPreview = (changes: Partial<SyncPreview> = {}): SyncPreview => ({
  outcome: 'updates',
  sentence: 'Writes 1 field.',
  reason: null,
  changes: [
    {
      side: 'salesforce',
      field: 'Title',
      before: null,
      after: 'Engineer',
      because: 'Rule “Two-way”',
    },
  ],
  leftOut: [],
  ...changes,
});

export const historyChange = (changes: Partial<HistoryChange> = {}): HistoryChange => ({
  side: 'salesforce',
  field: 'Title',
  name: 'Title',
  before: null,
  after: 'Engineer',
  entryId: '7',
  because: 'Rule “Two-way”',
  notUndoable: null,
  ...changes,
});

export const moment = (changes: Partial<HistoryMoment> = {}): HistoryMoment => ({
  id: '7',
  at: '2026-11-23T10:00:00.000Z',
  by: 'Sync now',
  pairing: null,
  changes: [historyChange()],
  entryIds: ['7'],
  ...changes,
});

export const undoResult = (changes: Partial<UndoResult> = {}): UndoResult => ({
  dry: true,
  sentence: 'Puts 1 value back.',
  fields: [
    {
      side: 'salesforce',
      field: 'Title',
      before: 'Engineer',
      after: null,
      result: 'restored',
      aftermath: 'HubSpot keeps its value.',
      reason: null,
    },
  ],
  record: null,
  ...changes,
});

export const syncResult = (changes: Partial<SyncResult> = {}): SyncResult => ({
  outcome: 'updated',
  sentence: 'Synced 1 field.',
  changes: [{ side: 'salesforce', field: 'Title', before: null, after: 'Engineer' }],
  entryIds: ['7'],
  record: record({ fields: [field({})] }),
  ...changes,
});

export const mapping = (changes: Partial<MappingView>): MappingView => ({
  hubspotProperty: 'city',
  hubspotLabel: 'City',
  hubspotType: 'Single-line text',
  leadField: 'City',
  leadLabel: 'City',
  contactField: 'MailingCity',
  contactLabel: 'Mailing City',
  rule: 'preferSalesforceUnlessBlank',
  ruleLabel: 'Prefer Salesforce unless blank',
  kind: 'default',
  ruleLocked: false,
  valueMap: [],
  valueMapIsDefault: true,
  problem: null,
  ...changes,
});

export const OWNER = mapping({
  hubspotProperty: 'hubspot_owner_id',
  hubspotLabel: 'Contact owner',
  leadField: 'OwnerId',
  leadLabel: 'Owner',
  contactField: 'OwnerId',
  contactLabel: 'Owner',
  rule: 'twoWay',
  ruleLabel: 'Two-way',
  ruleLocked: true,
});

export const FAVOURITE = mapping({
  hubspotProperty: 'favourite_colour',
  hubspotLabel: 'Favourite colour',
  leadField: 'Colour__c',
  leadLabel: 'Colour',
  contactField: 'Colour__c',
  contactLabel: 'Colour',
  rule: 'twoWay',
  ruleLabel: 'Two-way',
  kind: 'custom',
});

export const settings = (changes: Partial<SettingsView> = {}): SettingsView => ({
  version: 3,
  savedAt: '2026-11-22T10:00:00.000Z',
  savedBy: 'grace@example.com',
  mappings: [mapping({}), OWNER, FAVOURITE],
  document: DEFAULT_SETTINGS,
  ...changes,
});

/** The built-in settings with an inclusion list. */
export const withList = (listId: string): SettingsView['document'] => ({
  ...DEFAULT_SETTINGS,
  inclusion: { ...DEFAULT_SETTINGS.inclusion, listId },
});

const choice = (name: string, label: string, type = 'Single-line text') => ({
  name,
  label,
  type,
  readOnly: false,
});

export const CHOICES = {
  hubspotProperties: [
    choice('city', 'City'),
    choice('favourite_colour', 'Favourite colour'),
    choice('shoe_size', 'Shoe size', 'Number'),
  ],
  leadFields: [
    choice('City', 'City'),
    choice('Colour__c', 'Colour'),
    choice('Shoe_Size__c', 'Shoe size', 'Number'),
    choice('Rating', 'Rating', 'Picklist'),
  ],
  contactFields: [
    choice('Colour__c', 'Colour'),
    choice('Shoe_Size__c', 'Shoe size', 'Number'),
    choice('Department', 'Department'),
  ],
} satisfies MappingChoices;

export const LISTS: InclusionList[] = [
  { id: '7', name: 'Customers', size: 1234, dynamic: true, warning: null },
  {
    id: '9',
    name: 'Imported once',
    size: 1,
    dynamic: false,
    warning: {
      code: 'CHANGES_BY_HAND',
      sentence: 'Contacts enter and leave this segment by hand only.',
    },
  },
];

export const run = (changes: Partial<RunView> = {}): RunView => ({
  id: '12',
  kind: 'import',
  title: 'Import from Salesforce',
  scope: 'All leads and contacts',
  dry: false,
  state: 'running',
  counts: {
    seen: 1_500,
    created: 1_000,
    updated: 400,
    paired: 0,
    unchanged: 60,
    skipped: 30,
    failed: 10,
  },
  total: 6_000,
  perMinute: 3_000,
  secondsLeft: 90,
  trouble: null,
  retryAt: null,
  undoable: false,
  undoneBy: null,
  startedBy: 'grace@example.com',
  startedAt: '2026-11-24T10:00:00.000Z',
  finishedAt: null,
  controlled: null,
  controls: ['pause', 'cancel'],
  ...changes,
});
