// States and countries in orgs that keep them as picklists of codes (native-connector §3.3 row 4, pain point
// 15): HubSpot keeps names as people write them, Salesforce takes codes, and a state belongs to its country.
import { describe, expect, it } from 'vitest';
import { conversionFor } from '../../../src/engine/conversion.ts';
import type { HubSpotProperty, SalesforceField } from '../../../src/engine/fields.ts';
import { plan } from '../../../src/engine/plan.ts';
import { explain } from '../../../src/engine/reasons.ts';
import { contact, context, field, lead, link, OWNERS, property, tableFor } from '../fixtures.ts';
import { LEAD, pairOf } from '../support/one-field.ts';
import { withFields } from '../support/schemas.ts';

const COUNTRY = field('CountryCode', 'picklist', {
  restrictedPicklist: true,
  picklistValues: [
    { value: 'US', label: 'United States' },
    { value: 'DE', label: 'Germany' },
    { value: 'GB', label: 'United Kingdom' },
    { value: 'NL', label: 'Netherlands' },
    { value: 'CZ', label: 'Czechia' },
    { value: 'GE', label: 'Georgia' },
  ],
});
const STATE = field('StateCode', 'picklist', {
  restrictedPicklist: true,
  picklistValues: [
    { value: 'CA', label: 'California' },
    { value: 'GA', label: 'Georgia' },
    { value: 'BY', label: 'Bavaria' },
    { value: 'WA', label: 'Washington' },
    { value: 'ZZ', label: 'Punjab' },
    { value: 'PB', label: 'Punjab' },
  ],
});

const text = property('country');
const place = (one: HubSpotProperty, other: SalesforceField) =>
  conversionFor({
    property: one,
    field: other,
    valueMap: [],
    valueMapIsDefault: true,
    special: 'place',
    owners: OWNERS,
    timeZone: 'UTC',
  });

/** What Salesforce gets: a code, or the sentence that says why none. */
function sent(one: HubSpotProperty, other: SalesforceField, raw: string): string {
  const between = place(one, other);
  const meant = between.fromHubSpot(raw);
  if (!meant.ok || meant.value === null) throw new Error(`${raw} means nothing`);
  const written = between.toSalesforce(meant.value);
  return written.ok ? String(written.value) : explain(written.reason).sentence;
}

const notAnOption = (value: string, label: string): string =>
  `“${value}” is not one of the options of ${label} in Salesforce; it was left out.`;

describe('The country Salesforce gets', () => {
  it.each([
    ['Germany', 'DE'],
    ['germany', 'DE'],
    [' DE ', 'DE'],
    ['de', 'DE'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['USA', 'US'],
    ['U.S.', 'US'],
    ['United States of America', 'US'],
    ['Vereinigte Staaten', 'US'],
    ['UK', 'GB'],
    ['England', 'GB'],
    ['Holland', 'NL'],
    ['Czech Republic', 'CZ'],
    ['Atlantis', notAnOption('Atlantis', 'CountryCode')],
    // Known to every dictionary, but the org's picklist doesn't have it.
    ['France', notAnOption('France', 'CountryCode')],
  ])('for %j is %j', (raw, expected) => {
    expect(sent(text, COUNTRY, raw)).toBe(expected);
  });
});

describe('The state Salesforce gets', () => {
  it.each([
    ['California', 'CA'],
    ['california', 'CA'],
    ['CA', 'CA'],
    ['ca', 'CA'],
    ['Bavaria', 'BY'],
    ['Atlantis', notAnOption('Atlantis', 'StateCode')],
    [
      'Punjab',
      '“Punjab” is a state of more than one country, so it is not clear which one StateCode should take; it was left out.',
    ],
  ])('for %j is %j', (raw, expected) => {
    expect(sent(property('state'), STATE, raw)).toBe(expected);
  });
  it('is unmistakable where HubSpot keeps the code', () => {
    expect(sent(property('hs_state_code'), STATE, 'PB')).toBe('PB');
  });
});

describe('What HubSpot gets', () => {
  const dropdown = (name: string, values: { value: string; label: string }[]) =>
    property(name, { type: 'enumeration', fieldType: 'select', options: values });
  it.each([
    ['the name, in a text property', text, COUNTRY, 'DE', 'Germany'],
    ['the code, in a property of codes', property('hs_country_region_code'), COUNTRY, 'DE', 'DE'],
    ['the name of the state', property('state'), STATE, 'CA', 'California'],
    [
      'the option of that name',
      dropdown('country', [{ value: 'germany', label: 'Germany' }]),
      COUNTRY,
      'DE',
      'germany',
    ],
    [
      'the option of that code',
      dropdown('country', [{ value: 'DE', label: 'Deutschland' }]),
      COUNTRY,
      'DE',
      'DE',
    ],
  ] as const)('is %s', (_, one, other, code, expected) => {
    const between = place(one, other);
    const meant = between.fromSalesforce(code);
    expect(between.toHubSpot(String(meant))).toEqual({ ok: true, value: expected });
  });
  it('is nothing where the dropdown has no such option', () => {
    const between = place(dropdown('country', [{ value: 'US', label: 'US' }]), COUNTRY);
    expect(between.toHubSpot('DE')).toMatchObject({
      ok: false,
      reason: { code: 'NOT_A_HUBSPOT_OPTION', details: { value: 'Germany' } },
    });
  });
});

describe('Both sides', () => {
  it.each([
    ['Germany', 'DE', COUNTRY],
    ['deutschland', 'DE', COUNTRY],
    ['California', 'CA', STATE],
    // A name that stands for two codes is the same to both sides: nobody is moved to another country.
    ['Punjab', 'PB', STATE],
    ['Punjab', 'ZZ', STATE],
  ])('%s and %s are the same', (inHubSpot, inSalesforce, other) => {
    const between = place(text, other);
    expect(between.fromHubSpot(inHubSpot)).toEqual({
      ok: true,
      value: between.fromSalesforce(inSalesforce),
    });
  });
  it.each([null, '', '  '])('%j is blank', (raw) => {
    expect(place(text, COUNTRY).fromHubSpot(raw)).toEqual({ ok: true, value: null });
    expect(place(text, COUNTRY).fromSalesforce(raw)).toBeNull();
  });
});

describe('A state goes with its country (salesforce-api §4)', () => {
  const schemas = withFields([], [COUNTRY, STATE]);
  const NEEDS_COUNTRY =
    'Salesforce takes a state only together with its country, and the country is blank; “CA” was left out of StateCode.';
  it.each([
    [
      'both are new',
      'California',
      'United States',
      null,
      { StateCode: 'CA', CountryCode: 'US' },
      undefined,
    ],
    ['Salesforce has the country', 'California', null, 'US', { StateCode: 'CA' }, undefined],
    ['nobody has the country', 'California', null, null, {}, NEEDS_COUNTRY],
    ['the country is none of the org’s', 'California', 'Atlantis', null, {}, NEEDS_COUNTRY],
  ] as const)('%s', (_, state, country, known, written, because) => {
    const planned = plan(
      pairOf({
        link: link({ hubspotId: '1', salesforceId: LEAD, salesforceObject: 'Lead' }),
        hubspot: contact('1', { email: 'a@x.co', state, country }),
        salesforce: lead(LEAD, { Email: 'a@x.co', CountryCode: known, StateCode: null }),
      }),
      context({ table: tableFor({}, schemas) }),
    );
    if (planned.kind !== 'update') throw new Error(`planned ${planned.kind}`);
    const { StateCode, CountryCode } = planned.salesforce;
    expect({ StateCode, CountryCode }).toEqual({
      StateCode: undefined,
      CountryCode: undefined,
      ...written,
    });
    const field = planned.fields.find(({ pair }) => pair.field.name === 'StateCode');
    const why = field?.kind === 'left' ? field.reason : null;
    expect(why ? explain(why).sentence : undefined).toBe(because);
  });
});
