// Problems as Tandem tells them, for the tests of that tab.
import type { CallAnswer, ProblemRecord } from '../../../src/api/contract.ts';

export const RULE = {
  code: 'SALESFORCE_VALIDATION_RULE',
  sentence: 'A rule in Salesforce refused the change: Leads are frozen.',
  fix: 'Change the record or the rule.',
} as const;

export const PROBLEMS: CallAnswer<'get-problems'> = {
  problems: [
    {
      category: 'customSalesforceCode',
      label: 'Custom Salesforce code',
      count: 1_200,
      reasons: [
        {
          state: 'problem',
          code: 'SALESFORCE_VALIDATION_RULE',
          count: 1_200,
          reason: RULE,
          isExample: true,
        },
      ],
    },
  ],
  leftOut: [
    {
      category: 'propertyValue',
      label: 'Property value',
      count: 1,
      reasons: [
        {
          state: 'skipped',
          code: 'NO_EMAIL',
          count: 1,
          reason: { code: 'NO_EMAIL', sentence: 'It has no e-mail address.', fix: 'Add one.' },
          isExample: false,
        },
      ],
    },
  ],
  fields: [
    {
      mapping: 'jobtitle',
      hubspotProperty: 'jobtitle',
      hubspotLabel: 'Job Title',
      salesforceLabel: 'Title',
      code: 'VALUE_TOO_LONG',
      count: 3,
      reason: { code: 'VALUE_TOO_LONG', sentence: 'The value is too long.', fix: 'Shorten it.' },
      isExample: true,
    },
  ],
};

export const problemRecord = (changes: Partial<ProblemRecord> = {}): ProblemRecord => ({
  hubspotId: '51',
  salesforceId: '00Q1',
  salesforceObject: 'Lead',
  salesforceUrl: 'https://example.my.salesforce.com/lightning/r/Lead/00Q1/view',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  reason: RULE,
  since: '2026-11-20T10:00:00.000Z',
  attempts: 3,
  retryAt: '2026-11-24T14:20:00.000Z',
  ...changes,
});
