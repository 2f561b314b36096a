// Dropdowns, checkboxes and picklists: which option of one side is which of the other, by the admin's value
// map, by name, by the built-in map (native-connector §3.3 row 5, §3.4; pain point 14: a value that is no
// option stays behind alone).
import { describe, expect, it } from 'vitest';
import { conversionFor } from '../../../src/engine/conversion.ts';
import { DEFAULT_MAPPINGS, type ValuePair } from '../../../src/engine/defaults.ts';
import type { HubSpotProperty, SalesforceField } from '../../../src/engine/fields.ts';
import { explain } from '../../../src/engine/reasons.ts';
import { field, options, OWNERS, property } from '../fixtures.ts';

interface Sides {
  readonly hubspot: HubSpotProperty;
  readonly salesforce: SalesforceField;
  readonly map?: readonly ValuePair[];
  readonly isBuiltIn?: boolean;
}

const conversion = ({ hubspot, salesforce, map = [], isBuiltIn = false }: Sides) =>
  conversionFor({
    property: hubspot,
    field: salesforce,
    valueMap: map,
    valueMapIsDefault: isBuiltIn,
    special: null,
    owners: OWNERS,
    timeZone: 'UTC',
  });

/** What the other side gets: a value, `blank`, or the sentence that says why none. */
function toSalesforce(sides: Sides, raw: string): string {
  const between = conversion(sides);
  const meant = between.fromHubSpot(raw);
  if (!meant.ok) return explain(meant.reason).sentence;
  if (meant.value === null) return 'blank';
  const written = between.toSalesforce(meant.value);
  return written.ok ? String(written.value) : explain(written.reason).sentence;
}
function toHubSpot(sides: Sides, raw: string): string {
  const between = conversion(sides);
  const meant = between.fromSalesforce(raw);
  if (meant === null) return 'blank';
  const written = between.toHubSpot(meant);
  return written.ok ? written.value : explain(written.reason).sentence;
}

const notIn = (crm: string, value: string, label: string): string =>
  `“${value}” is not one of the options of ${label} in ${crm}; it was left out.`;

const select = (...chosenFrom: { value: string; label: string }[]): HubSpotProperty =>
  property('status', { type: 'enumeration', fieldType: 'select', options: chosenFrom });
const picklist = (isRestricted: boolean, ...values: string[]): SalesforceField =>
  field('Status', 'picklist', {
    length: 40,
    restrictedPicklist: isRestricted,
    picklistValues: options(...values),
  });

describe('Lead statuses, by the built-in map (native-connector §3.3 row 5)', () => {
  const status = DEFAULT_MAPPINGS.find((one) => one.hubspotProperty === 'hs_lead_status');
  const sides: Sides = {
    hubspot: property('hs_lead_status', {
      type: 'enumeration',
      fieldType: 'radio',
      options: [
        { value: 'NEW', label: 'New' },
        { value: 'OPEN', label: 'Open' },
        { value: 'IN_PROGRESS', label: 'In Progress' },
        { value: 'OPEN_DEAL', label: 'Open Deal' },
        { value: 'UNQUALIFIED', label: 'Unqualified' },
        { value: 'ATTEMPTED_TO_CONTACT', label: 'Attempted to Contact' },
        { value: 'CONNECTED', label: 'Connected' },
        { value: 'BAD_TIMING', label: 'Bad Timing' },
      ],
    }),
    salesforce: picklist(
      true,
      'Open - Not Contacted',
      'Working - Contacted',
      'Closed - Converted',
      'Closed - Not Converted',
    ),
    map: status?.valueMap ?? [],
    isBuiltIn: true,
  };
  it.each([
    ['NEW', 'Open - Not Contacted'],
    ['OPEN', 'Open - Not Contacted'],
    ['IN_PROGRESS', 'Working - Contacted'],
    ['ATTEMPTED_TO_CONTACT', 'Working - Contacted'],
    ['CONNECTED', 'Working - Contacted'],
    ['OPEN_DEAL', 'Closed - Converted'],
    ['UNQUALIFIED', 'Closed - Not Converted'],
    ['BAD_TIMING', 'Closed - Not Converted'],
  ])('%s is %s', (inHubSpot, inSalesforce) => {
    expect(toSalesforce(sides, inHubSpot)).toBe(inSalesforce);
  });
  it.each([
    ['Open - Not Contacted', 'NEW'],
    ['Working - Contacted', 'IN_PROGRESS'],
    ['Closed - Converted', 'OPEN_DEAL'],
    ['Closed - Not Converted', 'UNQUALIFIED'],
  ])('%s comes to HubSpot as %s', (inSalesforce, inHubSpot) => {
    expect(toHubSpot(sides, inSalesforce)).toBe(inHubSpot);
  });
  it('a status the map doesn’t know goes by its name, or stays behind with its reason', () => {
    const renamed = { ...sides, salesforce: picklist(true, 'Open', 'Nurture') };
    expect(toSalesforce(renamed, 'OPEN')).toBe('Open');
    expect(toSalesforce(renamed, 'CONNECTED')).toBe(notIn('Salesforce', 'CONNECTED', 'Status'));
    expect(toHubSpot(renamed, 'Nurture')).toBe(notIn('HubSpot', 'Nurture', 'hs_lead_status'));
  });
});

describe('An admin’s value map', () => {
  const map = [
    { hubspot: 'hot', salesforce: 'A' },
    { hubspot: 'boiling', salesforce: 'A' },
    { hubspot: 'cold', salesforce: 'C' },
  ];
  const sides: Sides = {
    hubspot: select(...options('hot', 'boiling', 'cold', 'A', 'other')),
    salesforce: picklist(true, 'A', 'B', 'C', 'hot'),
    map,
  };
  it.each([
    ['what the map says', 'hot', 'A'],
    ['what it says, before an option of the same name', 'hot', 'A'],
    ['one of Salesforce for two of HubSpot', 'boiling', 'A'],
    ['an option of the same name, where the map says nothing', 'A', 'A'],
    ['nothing, where there is neither', 'other', notIn('Salesforce', 'other', 'Status')],
  ])('to Salesforce: %s', (_, raw, expected) => {
    expect(toSalesforce(sides, raw)).toBe(expected);
  });
  it.each([
    ['the first pair speaks for a value that several mean', 'A', 'hot'],
    ['what the map says', 'C', 'cold'],
    ['nothing, where there is neither', 'B', notIn('HubSpot', 'B', 'status')],
  ])('to HubSpot: %s', (_, raw, expected) => {
    expect(toHubSpot(sides, raw)).toBe(expected);
  });
  it('works for texts, too, and leaves other texts as they are', () => {
    const free: Sides = { hubspot: property('note'), salesforce: field('Note__c'), map };
    expect(toSalesforce(free, 'hot')).toBe('A');
    expect(toSalesforce(free, 'lukewarm')).toBe('lukewarm');
    expect(toHubSpot(free, 'C')).toBe('cold');
  });
  it('with an option that Salesforce doesn’t have any more names it', () => {
    const gone = { ...sides, salesforce: picklist(true, 'B') };
    expect(toSalesforce(gone, 'hot')).toBe(notIn('Salesforce', 'A', 'Status'));
  });
});

describe('Options that differ on both sides', () => {
  const sides: Sides = {
    hubspot: select({ value: 'opt_1', label: 'Red' }, { value: 'Blue', label: 'Sky' }),
    salesforce: picklist(true, 'Red', 'Blue', 'Green'),
  };
  it.each([
    ['by label', 'opt_1', 'Red'],
    ['by value, before the label', 'Blue', 'Blue'],
    ['in other letters', 'OPT_1', 'Red'],
    ['not at all', 'Yellow', notIn('Salesforce', 'Yellow', 'Status')],
    ['blank', '  ', 'blank'],
  ])('%s', (_, raw, expected) => {
    expect(toSalesforce(sides, raw)).toBe(expected);
  });
  it('that HubSpot lacks stay in Salesforce', () => {
    expect(toHubSpot(sides, 'Green')).toBe(notIn('HubSpot', 'Green', 'status'));
  });
});

describe('A picklist that isn’t restricted', () => {
  const sides: Sides = { hubspot: property('industry'), salesforce: picklist(false, 'Banking') };
  it.each([
    ['Banking', 'Banking'],
    ['banking', 'Banking'],
    ['Beekeeping', 'Beekeeping'],
    ['x'.repeat(41), 'The value has 41 characters and Status takes 40; it was left out.'],
  ])('takes %s as %s', (raw, expected) => {
    expect(toSalesforce(sides, raw)).toBe(expected);
  });
});

describe('Several options at once (native-connector §3.2: sets, their order ignored)', () => {
  const sides: Sides = {
    hubspot: property('interests', {
      type: 'enumeration',
      fieldType: 'checkbox',
      options: [
        { value: 'a', label: 'Apples' },
        { value: 'b', label: 'Bees' },
        { value: 'c', label: 'Cars' },
      ],
    }),
    salesforce: field('Interests__c', 'multipicklist', {
      restrictedPicklist: true,
      picklistValues: options('Apples', 'Bees', 'Dogs'),
    }),
  };
  it.each([
    ['b;a', 'Apples;Bees'],
    [';a;b', 'Apples;Bees'],
    ['a;a', 'Apples'],
    ['a;c', notIn('Salesforce', 'c', 'Interests__c')],
    [';', 'blank'],
  ])('%s goes to Salesforce as %s', (raw, expected) => {
    expect(toSalesforce(sides, raw)).toBe(expected);
  });
  it.each([
    ['Bees;Apples', 'a;b'],
    ['Apples;Dogs', notIn('HubSpot', 'Dogs', 'interests')],
  ])('%s comes to HubSpot as %s', (raw, expected) => {
    expect(toHubSpot(sides, raw)).toBe(expected);
  });
  it('in another order are the same', () => {
    const between = conversion(sides);
    expect(between.fromHubSpot('b;a')).toEqual({
      ok: true,
      value: between.fromSalesforce('Apples;Bees'),
    });
  });
});

describe('A dropdown on an e-mail field', () => {
  const sides: Sides = {
    hubspot: select(...options('ada@x.co', 'red')),
    salesforce: field('Other_Email__c', 'email', { length: 80 }),
  };
  it('sends addresses only', () => {
    expect(toSalesforce(sides, 'ada@x.co')).toBe('ada@x.co');
    expect(toSalesforce(sides, 'red')).toBe(
      'Salesforce does not accept the e-mail address “red”; it was left out.',
    );
  });
});
