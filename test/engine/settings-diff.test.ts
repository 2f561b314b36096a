import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../src/engine/settings.ts';
import { settingsDiff } from '../../src/engine/settings-diff.ts';

const names = {
  property: (name: string) => (name === 'city' ? 'City' : name),
  field: (_: string, name: string) => (name === 'MailingCity' ? 'Mailing City' : name),
  list: (id: string) => `“List ${id}”`,
  owner: (id: string) => (id === '7' ? 'Ada' : `user ${id}`),
};

const diff = (before: object, after: object) =>
  settingsDiff(settingsSchema.parse(before), settingsSchema.parse(after), names).map(
    ({ part, setting, before: was, after: is }) => [part, setting, was, is],
  );

const custom = (changes: object = {}) => ({
  hubspotProperty: 'shoe_size',
  leadField: 'Shoe_Size__c',
  contactField: 'Shoe_Size__c',
  rule: 'twoWay',
  valueMap: [],
  ...changes,
});
const mapped = (...mappings: object[]) => ({ mappings: { custom: mappings } });

describe('The difference between two versions of the settings', () => {
  it('is nothing between a version and itself', () => {
    expect(settingsDiff(DEFAULT_SETTINGS, settingsSchema.parse({}), names)).toEqual([]);
  });

  it('names mappings that came and went', () => {
    const whole = 'Shoe_Size__c · Two-way';
    expect(diff({}, mapped(custom()))).toEqual([['mappings', 'Mapping of shoe_size', null, whole]]);
    expect(diff(mapped(custom()), {})).toEqual([['mappings', 'Mapping of shoe_size', whole, null]]);
  });

  it('names what changed of a mapping: fields, rule, value map', () => {
    const pair = { hubspot: 'L', salesforce: 'Large' };
    expect(
      diff(
        mapped(custom({ valueMap: [pair, { hubspot: 'S', salesforce: 'Small' }] })),
        mapped(
          custom({
            leadField: null,
            contactField: 'MailingCity',
            rule: 'alwaysHubSpot',
            valueMap: [pair, { hubspot: 'S', salesforce: 'Tiny' }],
          }),
        ),
      ),
    ).toEqual([
      [
        'mappings',
        'Mapping of shoe_size: Salesforce field',
        'Shoe_Size__c',
        'Mailing City (contact)',
      ],
      ['mappings', 'Mapping of shoe_size: sync rule', 'Two-way', 'Always use HubSpot'],
      ['mappings', 'Mapping of shoe_size: value map', '“S” = “Small”', '“S” = “Tiny”'],
    ]);
  });

  it('says that a value map was only put in another order', () => {
    const pairs = [
      { hubspot: 'L', salesforce: 'Large' },
      { hubspot: 'XL', salesforce: 'Large' },
    ];
    const [row] = diff(
      mapped(custom({ valueMap: pairs })),
      mapped(custom({ valueMap: pairs.toReversed() })),
    );
    expect(row?.[2]).toBe('The same pairs in another order');
  });

  it('compares the rule of a default mapping with the one it has by itself', () => {
    expect(diff({}, { mappings: { defaultRules: { city: 'off' } } })).toEqual([
      ['mappings', 'Mapping of City: sync rule', 'Prefer Salesforce unless blank', 'Don’t sync'],
    ]);
  });

  it('names lists, and who they stand for', () => {
    expect(
      diff({}, { inclusion: { listId: '5', receivers: { listId: '6' }, exclusionListId: '9' } }),
    ).toEqual([
      ['inclusion', 'Who syncs', 'Everybody', '“List 5”'],
      ['inclusion', 'Who receives updates from Salesforce', 'The same members', '“List 6”'],
      ['inclusion', 'Who never syncs', null, '“List 9”'],
    ]);
  });

  it('tells switches, rules, conditions and templates in words', () => {
    expect(
      diff(
        {},
        {
          creation: {
            inHubSpot: { Lead: false },
            rules: [
              { companyHasAccount: true, becomes: 'contact' },
              {
                properties: {
                  clauses: [{ field: 'city', comparison: 'is', values: ['Bonn', 'Ulm'] }],
                },
                becomes: 'nothing',
              },
            ],
            inHubSpotWhen: {
              Contact: {
                match: 'any',
                clauses: [
                  { field: 'Rating', comparison: 'isNotBlank' },
                  { field: 'MailingCity', comparison: 'contains', values: ['B'] },
                ],
              },
            },
            templates: { LastName: 'Unknown' },
          },
        },
      ),
    ).toEqual([
      [
        'creation',
        'Rules for what a HubSpot contact becomes',
        null,
        '1. if the company has an account: a contact; 2. if City is “Bonn” or “Ulm”: nothing',
      ],
      ['creation', 'Create HubSpot contacts from leads', 'On', 'Off'],
      [
        'creation',
        'Condition for creating HubSpot contacts from contacts',
        null,
        'Rating is not blank, or Mailing City contains “B”',
      ],
      [
        'creation',
        'What LastName gets when HubSpot has nothing',
        '{lastname} || {email.local} || Unknown',
        'Unknown',
      ],
      [
        'creation',
        'What Company gets when HubSpot has nothing',
        '{company} || {email.domain} || Unknown',
        null,
      ],
    ]);
  });

  it('tells owners, budgets and times', () => {
    expect(
      diff(
        { owners: { map: [{ hubspotOwnerId: '7', salesforceId: '005000000000001AAA' }] } },
        { budget: { salesforceDaily: 12_000 }, schedule: { reconcileHours: 0 } },
      ),
    ).toEqual([
      ['owners', 'Owner Ada stands for', 'user 005000000000001AAA', null],
      ['budget', 'Salesforce calls', 'The limit less a reserve', '12,000 calls a day'],
      ['schedule', 'Reconciliation', 'Every 24 hours', 'Never'],
    ]);
  });

  it('shows what it has no words for as it is saved', () => {
    const newer = { ...DEFAULT_SETTINGS, schedule: { ...DEFAULT_SETTINGS.schedule, moonPhase: 3 } };
    expect(settingsDiff(DEFAULT_SETTINGS, newer, names)).toEqual([
      {
        part: 'schedule',
        setting: 'As it is saved',
        before: '{"formulaHours":6,"reconcileHours":24}',
        after: '{"formulaHours":6,"moonPhase":3,"reconcileHours":24}',
      },
    ]);
  });

  it('is nothing where only the order or the way of saying it differs', () => {
    const other = custom({ hubspotProperty: 'hat_size', leadField: 'Hat__c', contactField: null });
    expect(diff(mapped(custom(), other), mapped(other, custom()))).toEqual([]);
    const rule = { city: 'preferSalesforceUnlessBlank' };
    expect(diff({ mappings: { defaultRules: rule } }, {})).toEqual([]);
    const { LastName, Company } = DEFAULT_SETTINGS.creation.templates;
    expect(diff({}, { creation: { templates: { Company, LastName } } })).toEqual([]);
  });

  it('passes over no setting there is', () => {
    const other = settingsSchema.parse({
      timeZone: 'Europe/Berlin',
      mappings: { defaultValueMaps: { industry: [{ hubspot: 'A', salesforce: 'B' }] } },
      inclusion: {
        salesforceConditions: { Lead: { clauses: [{ field: 'City', comparison: 'isBlank' }] } },
      },
      creation: { inSalesforce: 'contact', contactWithoutAccount: 'wait' },
      deletion: { inSalesforce: 'unlink', inHubSpot: 'delete' },
      owners: { useAssignmentRules: false },
      campaigns: { sync: false },
      salesforceEvents: true,
      budget: { hubspotDaily: 1 },
      schedule: { formulaHours: 1 },
    });
    const told = settingsDiff(DEFAULT_SETTINGS, other, names);
    expect(told.map(({ setting }) => setting)).not.toContain('As it is saved');
    expect(told).toHaveLength(12);
  });
});
