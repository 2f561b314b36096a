import { describe, expect, it } from 'vitest';
import { DIFFERENCES, LONGEST_DESCRIPTION } from '../../../src/sandbox/sample/differences.ts';
import { KINDS, type PersonKind } from '../../../src/sandbox/sample/kinds.ts';
import {
  sampleCampaigns,
  samplePeople,
  type SamplePerson,
} from '../../../src/sandbox/sample/people.ts';
import type { SalesforceRow } from '../../../src/sandbox/sample/rows.ts';

const options = { count: 300, seed: 20_261_123, now: Date.UTC(2026, 10, 23, 10) };
const people = [...samplePeople(options)];
const salesforce = [...sampleCampaigns(options), ...people.flatMap((one) => one.salesforce)];
const hubspot = people.flatMap((one) => one.hubspot);
const leads = salesforce.filter(({ object }) => object === 'Lead');
const contacts = salesforce.filter(({ object }) => object === 'Contact');
const persons = [...leads, ...contacts];

const emailOf = ({ fields }: SalesforceRow): string | null =>
  typeof fields['Email'] === 'string' ? fields['Email'].toLowerCase() : null;
const withField = (rows: readonly SalesforceRow[], field: string): number =>
  rows.filter(({ fields }) => fields[field] !== undefined).length;
const ofKind = (kind: PersonKind): SamplePerson[] => people.filter((one) => one.kind === kind);

describe('The sample', () => {
  it('is the same for the same seed', () => {
    expect([...samplePeople(options)]).toEqual(people);
  });

  it('begins with the same people, however many are wanted', () => {
    const more = samplePeople({ ...options, count: 1_000 });
    for (const person of people) expect(more.next().value).toEqual(person);
  });

  it('is another for another seed', () => {
    expect([...samplePeople({ ...options, seed: 7 })]).not.toEqual(people);
  });

  it('makes a hundred thousand people in seconds, one at a time', () => {
    const startedAt = performance.now();
    let rows = 0;
    for (const one of samplePeople({ ...options, count: 100_000 })) {
      rows += one.salesforce.length + one.hubspot.length;
    }
    expect(rows).toBeGreaterThan(150_000);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });

  it.each(Object.entries(KINDS))('has of a hundred people %s: %i', (kind, ofHundred) => {
    expect(people.filter((one) => one.kind === kind)).toHaveLength(ofHundred * 3);
  });
});

describe('Its rows', () => {
  it('have unique keys, and refer only to rows before them', () => {
    const keys = new Set<string>();
    for (const { key, refs } of salesforce) {
      for (const ref of Object.values(refs)) expect(keys).toContain(ref);
      expect(keys).not.toContain(key);
      keys.add(key);
    }
    expect(new Set(hubspot.map(({ key }) => key)).size).toBe(hubspot.length);
  });

  it('give every HubSpot contact an e-mail address of its own, in lower case', () => {
    const many = [...samplePeople({ ...options, count: 5_000 })].flatMap((one) => one.hubspot);
    const emails = many.flatMap(({ properties }) => properties['email'] ?? []);
    expect(emails.length).toBeGreaterThan(3_000);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.filter((email) => email !== email.toLowerCase())).toEqual([]);
  });

  it('were made and changed before now, but not in the last hour', () => {
    const latest = options.now - 3_599_000;
    for (const { createdAt, modifiedAt } of hubspot) {
      expect(createdAt.getTime()).toBeLessThanOrEqual(modifiedAt.getTime());
      expect(modifiedAt.getTime()).toBeLessThan(latest);
    }
    for (const { fields } of persons) {
      const [created, modified] = [fields['CreatedDate'], fields['SystemModstamp']].map(String);
      expect(created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(Date.parse(created ?? '')).toBeLessThanOrEqual(Date.parse(modified ?? ''));
      expect(Date.parse(modified ?? '')).toBeLessThan(latest);
    }
  });

  it.each([
    ...['Salutation', 'FirstName', 'LastName', 'Title', 'Company', 'Email', 'Phone', 'MobilePhone'],
    ...['Fax', 'Street', 'City', 'State', 'PostalCode', 'Country', 'Website', 'Description'],
    ...['LeadSource', 'Status', 'Industry', 'Rating', 'AnnualRevenue', 'NumberOfEmployees'],
    'HasOptedOutOfEmail',
  ])('fill %s on many leads', (field) => {
    expect(withField(leads, field)).toBeGreaterThan(leads.length / 3);
  });

  it.each([
    ...['Salutation', 'FirstName', 'LastName', 'Title', 'Email', 'Phone', 'Fax', 'LeadSource'],
    ...['MailingStreet', 'MailingCity', 'MailingState', 'MailingPostalCode', 'MailingCountry'],
    ...['Description', 'HasOptedOutOfEmail'],
  ])('fill %s on many contacts', (field) => {
    expect(withField(contacts, field)).toBeGreaterThan(contacts.length / 3);
  });

  it.each([
    ...['salutation', 'firstname', 'lastname', 'jobtitle', 'company', 'email', 'phone', 'fax'],
    ...['address', 'city', 'state', 'zip', 'country', 'website', 'industry', 'annualrevenue'],
    ...['numemployees', 'hs_lead_status'],
  ])('fill %s on many HubSpot contacts', (property) => {
    const filled = hubspot.filter(({ properties }) => properties[property] !== undefined);
    expect(filled.length).toBeGreaterThan(hubspot.length / 3);
  });
});

describe('The mess in it', () => {
  it('has every difference several times in people who are in both', () => {
    const seen = [...ofKind('leadInBoth'), ...ofKind('contactInBoth')].map((one) => one.difference);
    for (const name of Object.keys(DIFFERENCES)) {
      expect(seen.filter((one) => one === name).length, name).toBeGreaterThanOrEqual(3);
    }
  });

  it('has two Salesforce records with one e-mail address', () => {
    const twins = (kind: PersonKind): (string | null)[][] =>
      ofKind(kind).map((one) =>
        one.salesforce
          .filter(({ object }) => object === 'Lead' || object === 'Contact')
          .map(emailOf),
      );
    const all = [...twins('leadAndContact'), ...twins('twoLeads'), ...twins('twoContacts')];
    expect(all).toHaveLength(24);
    for (const emails of all) {
      expect(emails).toHaveLength(2);
      expect(new Set(emails).size).toBe(1);
      expect(emails).not.toContain(null);
    }
  });

  it('has people without an e-mail address on each side', () => {
    expect(persons.filter((row) => emailOf(row) === null)).toHaveLength(15);
    expect(hubspot.filter(({ properties }) => properties['email'] === undefined)).toHaveLength(12);
  });

  it('has converted leads, each with the contact it became', () => {
    const converted = leads.filter(({ fields }) => fields['IsConverted'] === true);
    expect(converted).toHaveLength(18);
    for (const { fields, refs } of converted) {
      expect(fields).toMatchObject({ Status: 'Closed - Converted' });
      expect(contacts.map(({ key }) => key)).toContain(refs['ConvertedContactId']);
    }
  });

  it('has contacts with and without an account', () => {
    const withAccount = contacts.filter(({ refs }) => refs['AccountId'] !== undefined);
    expect(withAccount.length).toBeGreaterThan(50);
    expect(withAccount.length).toBeLessThan(contacts.length);
  });

  it.each([
    ['accents', /[äöüßøåéñłçşğı]/iu],
    ['日本語', /\p{Script=Han}/u],
    ['Кириллица', /\p{Script=Cyrillic}/u],
    ['العربية', /\p{Script=Arabic}/u],
    ['Ελληνικά', /\p{Script=Greek}/u],
  ])('has names with %s on both sides', (_, letters) => {
    const inSalesforce = persons.filter(({ fields }) => letters.test(String(fields['LastName'])));
    const inHubSpot = hubspot.filter(({ properties }) =>
      letters.test(properties['lastname'] ?? ''),
    );
    expect(inSalesforce.length).toBeGreaterThan(0);
    expect(inHubSpot.length).toBeGreaterThan(0);
  });

  it('has descriptions with emoji, and some as long as Salesforce takes', () => {
    const descriptions = persons.map(({ fields }) => String(fields['Description'] ?? ''));
    expect(descriptions.filter((text) => text.includes('👩‍👩‍👧‍👦')).length).toBeGreaterThan(3);
    const longest = descriptions.filter((text) => text.length === LONGEST_DESCRIPTION);
    expect(longest.length).toBeGreaterThan(2);
    for (const text of longest) expect(encodeURIComponent(text)).not.toBe('');
  });

  it.each([
    ['an extension', /ext\. 12/],
    ['letters', /FLOWERS/],
    ['an impossible country', /^\+00/],
    ['no number at all', /^ask for/],
    ['other digits', /^[٠-٩]+$/],
  ])('has phone numbers with %s', (_, odd) => {
    const phones = [
      ...persons.map(({ fields }) => String(fields['Phone'] ?? '')),
      ...hubspot.map(({ properties }) => properties['phone'] ?? ''),
    ];
    expect(phones.filter((phone) => odd.test(phone)).length).toBeGreaterThan(0);
  });

  it.each([
    ['a city longer than Salesforce takes', 'city', /^.{41,}$/],
    ['a job title longer than Salesforce takes', 'jobtitle', /^.{129,}$/],
    ['an industry that is no option in Salesforce', 'industry', /we make boats|agri-tech|SaaS/],
    ['a revenue with thousands separators', 'annualrevenue', /^1,200,000$/],
    ['a revenue that is no number', 'annualrevenue', /about/],
    ['blanks around a name', 'lastname', /^\s|\s$/],
    ['a lead status only HubSpot has', 'hs_lead_status', /^(OPEN|CONNECTED|ATTEMPTED_TO_CONTACT)$/],
    ['an opt-out', 'hs_email_optout', /^true$/],
  ])('has %s in HubSpot', (_, property, value) => {
    const found = hubspot.filter(({ properties }) => value.test(properties[property] ?? ''));
    expect(found.length).toBeGreaterThan(2);
  });

  it('has people who opted out on one side only, and on both', () => {
    const optOuts = [...ofKind('leadInBoth'), ...ofKind('contactInBoth')].map((one) => {
      const record = one.salesforce.find(({ fields }) => 'HasOptedOutOfEmail' in fields);
      const contact = one.hubspot[0];
      return `${record?.fields['HasOptedOutOfEmail'] === true} ${contact?.properties['hs_email_optout'] === 'true'}`;
    });
    expect(new Set(optOuts)).toEqual(
      new Set(['true true', 'true false', 'false true', 'false false']),
    );
  });

  it('has owners who are only in HubSpot, inactive in Salesforce, a queue, or nobody', () => {
    const inHubSpot = hubspot.map(({ ownerEmail }) => ownerEmail);
    expect(inHubSpot).toContain('elena.petrova@example.com');
    expect(inHubSpot).toContain(null);
    const inSalesforce = persons.map(({ owner }) => JSON.stringify(owner));
    expect(inSalesforce.join()).not.toContain('elena.petrova');
    expect(inSalesforce.join()).toContain('tom.becker@example.com');
    expect(leads.filter(({ owner }) => owner?.kind === 'queue').length).toBeGreaterThan(2);
    expect(contacts.filter(({ owner }) => owner?.kind === 'queue')).toEqual([]);
  });
});

describe('Campaigns', () => {
  it('are a handful, with leads and contacts as members', () => {
    expect(salesforce.filter(({ object }) => object === 'Campaign')).toHaveLength(5);
    const members = salesforce.filter(({ object }) => object === 'CampaignMember');
    expect(members.filter(({ refs }) => refs['LeadId'] !== undefined).length).toBeGreaterThan(10);
    expect(members.filter(({ refs }) => refs['ContactId'] !== undefined).length).toBeGreaterThan(
      10,
    );
    expect(new Set(members.map(({ fields }) => fields['Status']))).toEqual(
      new Set(['Sent', 'Responded']),
    );
  });
});
