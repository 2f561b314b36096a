// The catalogue of reasons: every record and field that doesn't sync has one (SPEC.md, promise 6), with a
// sentence a rep can read, a fix an admin can act on, and a category of the native Sync Health page
// (native-connector §10.2) or one of the three beside them.
import { describe, expect, it } from 'vitest';
import {
  explain,
  reason,
  REASONS,
  type ReasonCategory,
  type ReasonCode,
} from '../../src/engine/reasons.ts';
import { rowsOf } from './support/table.ts';

const CODES = Object.keys(REASONS) as ReasonCode[];

/** The native page's categories, then Tandem's own. */
const CATEGORIES: Readonly<Record<ReasonCategory, string>> = {
  associations: 'Associations',
  customSalesforceCode: 'Custom Salesforce code',
  deduplication: 'Deduplication',
  permissions: 'Permissions',
  propertyMapping: 'Property mapping',
  propertyValue: 'Property value',
  limits: 'a CRM takes no more',
  policy: 'a setting or a rule decided it',
  waiting: 'tried again without anybody’s help',
};

const namesIn = (text: string | null): string[] =>
  [...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

describe('Every reason', () => {
  it.each(CODES)('%s: a sentence, a fix and a category', (code) => {
    const { sentence, fix, category } = REASONS[code];
    expect(CATEGORIES).toHaveProperty(category);
    // What a CRM said itself comes last, and may end as it likes.
    expect(sentence).toMatch(/^[A-Z“{].*(?:\.|\{message\})$/s);
    if (fix !== null) expect(fix).toMatch(/^[A-Z].*\.$/s);
    for (const text of [sentence, fix ?? '']) {
      expect(text).not.toMatch(/\?|undefined|null| {2}|\n|[a-z]_[a-z]|"|'/);
      expect(text.replaceAll(/\{\w+\}/g, '')).not.toMatch(/[{}]/);
    }
  });

  it.each(CODES)('%s: nothing is left unsaid once its details are known', (code) => {
    const names = [...namesIn(REASONS[code].sentence), ...namesIn(REASONS[code].fix)];
    const details = Object.fromEntries(names.map((name) => [name, `the ${name}`]));
    const { sentence, fix, category } = explain(reason(code, details));
    expect(`${sentence} ${fix ?? ''}`).not.toMatch(/[{}?]|undefined/);
    for (const name of names) expect(`${sentence} ${fix ?? ''}`).toContain(`the ${name}`);
    expect(category).toBe(REASONS[code].category);
  });

  it('that somebody has to act on says how', () => {
    const idle: readonly ReasonCategory[] = ['policy', 'waiting'];
    const silent = CODES.filter(
      (code) => REASONS[code].fix === null && !idle.includes(REASONS[code].category),
    );
    expect(silent).toEqual([]);
  });

  it('that passes by itself asks for nothing', () => {
    const asking = CODES.filter(
      (code) => REASONS[code].category === 'waiting' && REASONS[code].fix !== null,
    );
    expect(asking).toEqual([]);
  });

  it('says something of its own', () => {
    const sentences = CODES.map((code) => REASONS[code].sentence);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

const NATIVE = rowsOf(
  ['category', 'native', 'code'],
  `
  category               | native                                          | code
  Associations           | Association limit reached                       | ASSOCIATION_LIMIT_REACHED
                         | Waiting for account to sync                     | WAITING_FOR_ACCOUNT
  Custom Salesforce code | automation, flows, triggers, validation rules   | SALESFORCE_VALIDATION_RULE
                         | record locked by an approval process            | LOCKED_FOR_APPROVAL
  Deduplication          | Email already in use                            | EMAIL_TAKEN
                         | Salesforce duplicates rule                      | SALESFORCE_DUPLICATE_RULE
                         | Salesforce duplicates rule, record named        | SALESFORCE_DUPLICATE_OF
                         | several Salesforce records with one e-mail      | DUPLICATE_IN_SALESFORCE
                         | record paired with another contact              | PAIRED_WITH_ANOTHER_CONTACT
                         | unique value taken                              | DUPLICATE_VALUE
  Permissions            | Insufficient access or missing Salesforce record | NO_PERMISSION
                         | Salesforce field permission                     | FIELD_PERMISSION
                         | field read-only in Salesforce                   | READ_ONLY_IN_SALESFORCE
                         | encrypted data masked                           | MASKED_IN_SALESFORCE
                         | token over                                      | SIGN_IN_REFUSED
  Property mapping       | type mismatch                                   | TYPE_MISMATCH
                         | field missing, renamed                          | FIELD_MISSING
                         | read-only property                              | READ_ONLY_IN_HUBSPOT
  Property value         | invalid format                                  | VALUE_REFUSED
                         | required blank                                  | REQUIRED_FIELD_MISSING
                         | required cleared                                | REQUIRED_NOT_CLEARED
                         | too long                                        | VALUE_TOO_LONG
                         | bad picklist value in Salesforce                | NOT_A_SALESFORCE_OPTION
                         | bad option in HubSpot                           | NOT_A_HUBSPOT_OPTION
                         | not a number                                    | NOT_A_NUMBER
                         | number out of range                             | NUMBER_OUT_OF_RANGE
                         | not a date                                      | NOT_A_DATE
                         | bad e-mail                                      | INVALID_EMAIL
                         | no e-mail                                       | NO_EMAIL
                         | state without country                           | STATE_NEEDS_COUNTRY
                         | inactive owner                                  | OWNER_INACTIVE
`,
);

describe('Errors the native connector names (native-connector §10.2)', () => {
  it.each(NATIVE)('$category: $native is $code', ({ category, code }) => {
    const known = CODES.find((one) => one === code);
    expect(known && CATEGORIES[REASONS[known].category]).toBe(category);
  });
});
