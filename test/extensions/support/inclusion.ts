// What Tandem says ahead of who syncs, for the tests of that tab.
import type {
  CallAnswer,
  ConditionFieldView,
  FigureView,
  PersonTrace,
} from '../../../src/api/contract.ts';
import type { Replies } from './fake-tandem.ts';

export const exact = (count: number): FigureView => ({ count, precision: 'exact' });
export const about = (count: number): FigureView => ({ count, precision: 'estimated' });

export const PREVIEW: CallAnswer<'preview-inclusion'> = {
  members: exact(1_234),
  receivers: null,
  exclusion: null,
  paired: about(900),
  inSync: about(880),
  stop: exact(14),
  start: exact(3),
  oneWayOnly: exact(0),
  newcomers: {
    all: exact(334),
    becomeLeads: exact(110),
    becomeContacts: exact(10),
    pair: exact(200),
    leftOut: [
      {
        reason: { code: 'NO_EMAIL', sentence: 'No e-mail address.', fix: null },
        figure: exact(14),
      },
    ],
  },
  basis: ['Every pair was judged.'],
};

export const CONDITION = {
  soql: null,
  differences: [],
  records: exact(50),
  meeting: exact(50),
  unpaired: exact(5),
  stop: exact(0),
  start: exact(0),
};

export const CONDITIONS: CallAnswer<'preview-conditions'> = {
  previews: [
    { object: 'Lead', ...CONDITION },
    { object: 'Contact', ...CONDITION },
  ],
};

const LEAD_FIELDS: ConditionFieldView[] = [
  {
    name: 'AnnualRevenue',
    label: 'Annual Revenue',
    type: 'Currency',
    kind: 'number',
    options: [],
  },
  {
    name: 'Rating',
    label: 'Rating',
    type: 'Picklist',
    kind: 'option',
    options: [
      { value: 'Hot', label: 'Hot' },
      { value: 'Cold', label: 'Cold' },
    ],
  },
];

export const INCLUSION_ANSWERS: Replies = {
  'preview-inclusion': () => PREVIEW,
  'preview-conditions': () => CONDITIONS,
  'get-condition-choices': ({ of }) => ({ fields: of === 'Lead' ? LEAD_FIELDS : [] }),
  'explain-person': () => ({ people: [], trace: TRACE }),
};

export const TRACE: PersonTrace = {
  person: {
    name: 'Ben Byron',
    email: 'ben@example.com',
    hubspotId: '51',
    salesforce: { object: 'Lead', id: '00Q000000000001AAA', url: 'https://example.com/lead' },
  },
  isDraft: false,
  steps: [
    { title: 'In HubSpot', outcome: 'pass', sentence: 'Ben Byron, contact 51.', details: [] },
    {
      title: 'Inclusion list',
      outcome: 'fail',
      sentence: 'Isn’t in “Customers”, so nothing moves in either direction.',
      details: [
        { text: 'City is “Bonn”: it is “Köln”', holds: false },
        { text: 'Last synced', holds: null, at: '2026-11-23T10:00:00.000Z' },
      ],
    },
  ],
  verdict: {
    outcome: 'doesNotSync',
    sentence: 'Doesn’t sync: it is not in the list.',
    fix: 'Change the contact.',
    retryAt: null,
  },
};
