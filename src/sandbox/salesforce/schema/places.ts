// Countries and states of an org with state and country picklists: Salesforce's own labels and ISO codes,
// a subset. Codes are unique within a country only: WA is Washington and Western Australia.
import { field, picklist, type FieldSpec, type PicklistValue } from './field.ts';

interface Place {
  readonly code: string;
  readonly label: string;
}

export interface Country extends Place {
  readonly states: readonly Place[];
}

const places = (list: string): Place[] =>
  list.split(', ').map((entry) => {
    const [code = '', label = ''] = entry.split(':');
    return { code, label };
  });

const US_STATES = places(
  'AL:Alabama, AK:Alaska, AZ:Arizona, AR:Arkansas, CA:California, CO:Colorado, CT:Connecticut, ' +
    'DE:Delaware, DC:District of Columbia, FL:Florida, GA:Georgia, HI:Hawaii, ID:Idaho, ' +
    'IL:Illinois, IN:Indiana, IA:Iowa, KS:Kansas, KY:Kentucky, LA:Louisiana, ME:Maine, ' +
    'MD:Maryland, MA:Massachusetts, MI:Michigan, MN:Minnesota, MS:Mississippi, MO:Missouri, ' +
    'MT:Montana, NE:Nebraska, NV:Nevada, NH:New Hampshire, NJ:New Jersey, NM:New Mexico, ' +
    'NY:New York, NC:North Carolina, ND:North Dakota, OH:Ohio, OK:Oklahoma, OR:Oregon, ' +
    'PA:Pennsylvania, RI:Rhode Island, SC:South Carolina, SD:South Dakota, TN:Tennessee, ' +
    'TX:Texas, UT:Utah, VT:Vermont, VA:Virginia, WA:Washington, WV:West Virginia, ' +
    'WI:Wisconsin, WY:Wyoming',
);
const CANADIAN_PROVINCES = places(
  'AB:Alberta, BC:British Columbia, MB:Manitoba, NB:New Brunswick, NL:Newfoundland and Labrador, ' +
    'NT:Northwest Territories, NS:Nova Scotia, NU:Nunavut, ON:Ontario, PE:Prince Edward Island, ' +
    'QC:Quebec, SK:Saskatchewan, YT:Yukon Territories',
);
const AUSTRALIAN_STATES = places(
  'ACT:Australian Capital Territory, NSW:New South Wales, NT:Northern Territory, QLD:Queensland, ' +
    'SA:South Australia, TAS:Tasmania, VIC:Victoria, WA:Western Australia',
);

/** Countries without states here have none to choose from, as in a new org. */
export const COUNTRIES: readonly Country[] = [
  { code: 'AU', label: 'Australia', states: AUSTRALIAN_STATES },
  { code: 'CA', label: 'Canada', states: CANADIAN_PROVINCES },
  ...places(
    'AT:Austria, BE:Belgium, BR:Brazil, CH:Switzerland, CN:China, DE:Germany, DK:Denmark, ES:Spain, ' +
      'FI:Finland, FR:France, GB:United Kingdom, IE:Ireland, IN:India, IT:Italy, JP:Japan, ' +
      'MX:Mexico, NL:Netherlands, NO:Norway, NZ:New Zealand, PL:Poland, PT:Portugal, SE:Sweden',
  ).map((country) => ({ ...country, states: [] })),
  { code: 'US', label: 'United States', states: US_STATES },
];

const LONGEST_CODE = 10;

const valueOf = ({ code, label }: Place, validFor: string | null): PicklistValue => ({
  value: code,
  label,
  isDefault: false,
  active: true,
  validFor,
});

/** A bit for each value of the controlling field, from the left, as describe writes it. */
function validForOnly(place: number): string {
  const bits = new Uint8Array(Math.ceil(COUNTRIES.length / 8));
  bits[place >> 3] = 0x80 >> (place & 7);
  return Buffer.from(bits).toString('base64');
}

/** The code fields beside State and Country of one address. */
export function placeCodeFields(prefix: string): FieldSpec[] {
  const label = prefix === '' ? '' : `${prefix} `;
  const part = { partOf: `${prefix}Address`, length: LONGEST_CODE, restricted: true };
  const controller = `${prefix}CountryCode`;
  return [
    picklist(`${prefix}StateCode`, `${label}State/Province Code`, [], {
      ...part,
      controller,
      values: COUNTRIES.flatMap(({ states }, place) =>
        states.map((state) => valueOf(state, validForOnly(place))),
      ),
    }),
    field(controller, `${label}Country Code`, 'picklist', {
      ...part,
      values: COUNTRIES.map((country) => valueOf(country, null)),
    }),
  ];
}
