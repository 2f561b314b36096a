// Answers for the tests of the tab “Creating and deleting”.
import type {
  CallAnswer,
  ConditionFieldView,
  HolderView,
  OwnerView,
  TriedCreation,
} from '../../../src/api/contract.ts';
import type { Replies } from './fake-tandem.ts';
import { CONDITION, exact } from './inclusion.ts';

export const CONDITION_FIELDS: readonly ConditionFieldView[] = [
  { name: 'city', label: 'City', type: 'Text', kind: 'text', options: [] },
  { name: 'closedate', label: 'Close date', type: 'Date', kind: 'date', options: [] },
  {
    name: 'industry',
    label: 'Industry',
    type: 'Dropdown',
    kind: 'option',
    options: [
      { value: 'RETAIL', label: 'Retail' },
      { value: 'ENERGY', label: 'Energy' },
    ],
  },
  { name: 'optedin', label: 'Opted in', type: 'Checkbox', kind: 'checkbox', options: [] },
];

export const REQUIRED: CallAnswer<'get-required-fields'> = {
  fields: [
    {
      name: 'LastName',
      label: 'Last Name',
      type: 'Text',
      objects: ['Lead', 'Contact'],
      mappedTo: 'Last name',
      unmappedOn: [],
      options: [],
      takesText: true,
    },
    {
      name: 'Region__c',
      label: 'Region',
      type: 'Picklist',
      objects: ['Lead'],
      mappedTo: null,
      unmappedOn: ['Lead'],
      options: ['EMEA', 'APAC'],
      takesText: true,
    },
  ],
};

export const TRIED: TriedCreation = {
  person: { contactId: '51', name: 'Ada Lovelace', email: 'ada@example.com' },
  meanwhile: null,
  rules: [],
  decidedBy: null,
  outcome: 'lead',
  reason: null,
  accountId: null,
  required: [{ field: 'LastName', label: 'Last Name', value: 'Lovelace', isFilledIn: false }],
  others: 4,
};

export const owner = (id: string, changes: Partial<OwnerView> = {}): OwnerView => ({
  id,
  name: `Owner ${id}`,
  email: `${id}@example.com`,
  archived: false,
  sameEmail: null,
  contacts: null,
  ...changes,
});

export const holder = (id: string, changes: Partial<HolderView> = {}): HolderView => ({
  id: id.padEnd(18, '0'),
  name: `User ${id}`,
  email: `user.${id}@example.com`,
  kind: 'user',
  isActive: true,
  ...changes,
});

export const OWNERS: CallAnswer<'get-owners'> = {
  owners: [
    owner('maya', { name: 'Maya Okafor', sameEmail: holder('005maya').id }),
    owner('elena', { name: 'Elena Rossi', contacts: 12 }),
    owner('tom', { name: 'Tom Baker', sameEmail: holder('005tom').id }),
  ],
  holders: [
    holder('005maya', { name: 'Maya Okafor', email: 'maya@example.com' }),
    holder('00Ginbound', { name: 'Inbound', kind: 'queue', email: null }),
    holder('005tom', { name: 'Tom Baker', email: 'tom@example.com', isActive: false }),
  ],
};

export const CREATION_ANSWERS: Replies = {
  'get-condition-choices': () => ({ fields: [...CONDITION_FIELDS] }),
  'preview-conditions': () => ({
    previews: [
      {
        ...CONDITION,
        object: 'Lead',
        soql: 'SELECT Id FROM Lead',
        meeting: exact(2),
        unpaired: exact(1),
      },
    ],
  }),
  'get-required-fields': () => REQUIRED,
  'get-owners': () => OWNERS,
  'try-creation': () => TRIED,
  'find-people': () => ({
    people: [{ contactId: '51', name: 'Ada Lovelace', email: 'ada@example.com' }],
  }),
  'try-templates': ({ templates }) => ({
    sample: { contactId: '51', name: 'Ada Lovelace' },
    templates: Object.fromEntries(
      Object.entries(templates).map(([field, template]) => [
        field,
        template.includes('{{')
          ? { problem: 'The template has a brace too many.', example: null }
          : { problem: null, example: `example of ${field}` },
      ]),
    ),
  }),
};
