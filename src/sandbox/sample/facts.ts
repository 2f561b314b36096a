// What is true of a person, in neither CRM's words; null is blank. `salesforce-rows.ts` and
// `hubspot-rows.ts` say it in theirs.
import { PEOPLE_PER_COMPANY, type Company } from './companies.ts';
import { nth, type Dice } from './dice.ts';
import type { SampleOwner } from './rows.ts';

export type LeadStatus = 'new' | 'working' | 'notConverted';

export interface Facts {
  readonly salutation: string | null;
  readonly firstName: string | null;
  readonly lastName: string;
  readonly title: string | null;
  readonly company: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobilePhone: string | null;
  readonly fax: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
  readonly country: string | null;
  readonly website: string | null;
  readonly industry: string | null;
  readonly annualRevenue: number | null;
  readonly employees: number | null;
  readonly leadSource: string | null;
  readonly leadStatus: LeadStatus;
  readonly rating: string | null;
  readonly description: string | null;
  readonly optedOut: boolean;
  readonly owner: SampleOwner | null;
}

const person = (email: string): SampleOwner => ({ kind: 'person', email });

export const OWNERS = {
  maya: person('maya.okafor@example.com'),
  jonas: person('jonas.lindqvist@example.com'),
  priya: person('priya.raman@example.com'),
  /** Inactive in Salesforce. */
  tom: person('tom.becker@example.com'),
  /** Has no Salesforce user. */
  elena: person('elena.petrova@example.com'),
} as const;
export const USUAL_OWNERS = [OWNERS.maya, OWNERS.jonas, OWNERS.priya];

const TITLES = [
  ...['CEO', 'Head of Purchasing', 'VP Sales & Marketing', 'Office Manager', 'CTO'],
  ...['Einkaufsleiter (m/w/d)', 'Développeuse', 'Sr. Account Executive, EMEA', 'Intern'],
];
const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
const RATINGS = ['Hot', 'Warm', 'Cold'];
const LEAD_STATUSES: readonly LeadStatus[] = ['new', 'working', 'working', 'notConverted'];
const DESCRIPTIONS = [
  'Met at the autumn fair.\nWants a call back next quarter.',
  'Asked for a quote (3 seats); "price is an issue".',
  '<b>Imported</b> from an old list & never cleaned up.',
];

/** The `index`th person, who works for `company`. Fields are filled as often as in a tended CRM. */
export function factsOf(index: number, company: Company, dice: Dice): Facts {
  const { culture, place } = company;
  const given = dice.pick(culture.givenNames);
  // Colleagues have different family names, so that e-mail addresses are unique.
  const family = nth(culture.familyNames, company.index + (index % PEOPLE_PER_COMPANY));
  const maybe = <Value>(percent: number, value: Value): Value | null =>
    dice.chance(percent) ? value : null;
  const number = (digits: number): string =>
    String(dice.between(10 ** (digits - 1), 10 ** digits - 1));
  return {
    salutation: maybe(70, dice.chance(15) ? 'Dr.' : given.salutation),
    firstName: given.name,
    lastName: family.name,
    title: maybe(85, dice.pick(TITLES)),
    company: company.name,
    email: `${given.latin}.${family.latin}@${company.domain}`,
    phone: maybe(90, `${culture.phonePrefix} ${number(3)} ${number(4)}`),
    mobilePhone: maybe(40, `${culture.phonePrefix} ${number(7)}`),
    fax: maybe(45, `${culture.phonePrefix} ${number(3)}-${number(4)}`),
    street: maybe(85, company.street),
    city: maybe(92, place.city),
    state: maybe(85, place.state),
    zip: maybe(85, place.zip),
    country: maybe(92, culture.country),
    website: maybe(80, company.website),
    industry: maybe(85, company.industry),
    annualRevenue: maybe(75, company.annualRevenue),
    employees: maybe(80, company.employees),
    leadSource: maybe(80, dice.pick(LEAD_SOURCES)),
    leadStatus: dice.pick(LEAD_STATUSES),
    rating: maybe(70, dice.pick(RATINGS)),
    description: maybe(50, dice.pick(DESCRIPTIONS)),
    optedOut: dice.chance(4),
    owner: dice.pick(USUAL_OWNERS),
  };
}
