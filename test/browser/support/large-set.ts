// An installation as large as they come: 1,200 properties of its own in HubSpot, 900 fields of its own on leads and
// contacts in Salesforce, 475 custom mappings beside the 25 default ones.
import { Client } from '@hubspot/api-client';
import type { CustomMapping } from '../../../src/engine/settings.ts';
import type { RealConfiguration } from '../../../src/api/environment.ts';
import { SANDBOX_UI_TOKEN } from '../../../src/sandbox/hubspot/stand-in.ts';
import {
  date,
  flag,
  number,
  picklist,
  text,
  type FieldSpec,
} from '../../../src/sandbox/salesforce/schema/field.ts';

const PROPERTIES = 1_200;
const FIELDS = 900;
const MAPPINGS = 475;
/** HubSpot's own, of a batch. */
const BATCH = 100;

const SUBJECTS = ['Renewal', 'Onboarding', 'Support', 'Billing', 'Event', 'Partner', 'Product'];
const FACTS = ['tier', 'owner note', 'last review', 'score', 'region', 'budget', 'risk', 'consent'];
const COLOURS = ['Red', 'Green', 'Blue'];

const KINDS = [
  {
    property: { type: 'string', fieldType: 'text', options: [] },
    field: (name: string, label: string) => text(name, label, 255),
  },
  {
    property: { type: 'number', fieldType: 'number', options: [] },
    field: (name: string, label: string) => number(name, label, 18, 2),
  },
  {
    property: { type: 'date', fieldType: 'date', options: [] },
    field: (name: string, label: string) => date(name, label),
  },
  {
    property: {
      type: 'bool',
      fieldType: 'booleancheckbox',
      options: [
        { label: 'Yes', value: 'true', displayOrder: 0, hidden: false },
        { label: 'No', value: 'false', displayOrder: 1, hidden: false },
      ],
    },
    field: (name: string, label: string) => flag(name, label),
  },
  {
    property: {
      type: 'enumeration',
      fieldType: 'select',
      options: COLOURS.map((value, displayOrder) => ({
        label: value,
        value,
        displayOrder,
        hidden: false,
      })),
    },
    field: (name: string, label: string) => picklist(name, label, COLOURS),
  },
] as const;

const kindOf = (index: number): (typeof KINDS)[number] => KINDS[index % KINDS.length] ?? KINDS[0];

const propertyName = (index: number): string => `large_${index}`;
const fieldName = (index: number): string => `Large_${index}__c`;
const labelOf = (index: number): string =>
  `${SUBJECTS[index % SUBJECTS.length] ?? ''} ${FACTS[index % FACTS.length] ?? ''} ${index}`;

/** Of one Salesforce object. */
export const LARGE_FIELDS: readonly FieldSpec[] = Array.from({ length: FIELDS }, (_, index) =>
  kindOf(index).field(fieldName(index), labelOf(index)),
);

export const LARGE_MAPPINGS: readonly CustomMapping[] = Array.from(
  { length: MAPPINGS },
  (_, index) => ({
    hubspotProperty: propertyName(index),
    leadField: fieldName(index),
    contactField: index % 3 === 0 ? null : fieldName(index),
    rule: index % 2 === 0 ? 'twoWay' : 'preferSalesforceUnlessBlank',
    valueMap: [],
  }),
);

/** Creates the properties, as an admin of the portal would. */
export async function addLargeProperties({ hubspot }: RealConfiguration): Promise<void> {
  const client = new Client({ accessToken: SANDBOX_UI_TOKEN, basePath: hubspot.baseUrl });
  for (let start = 0; start < PROPERTIES; start += BATCH) {
    const inputs = Array.from({ length: BATCH }, (_, step) => ({
      ...kindOf(start + step).property,
      name: propertyName(start + step),
      label: labelOf(start + step),
      groupName: 'contactinformation',
    }));
    const answer = await client.apiRequest({
      method: 'POST',
      path: '/crm/properties/2026-03/contacts/batch/create',
      body: { inputs },
    });
    if (answer.status !== 201) throw new Error(`creating was answered with ${answer.status}`);
  }
}
