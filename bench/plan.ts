// npm run bench:plan [-- --json]: how many pairs one core plans in a second, with 40 mappings of the usual
// kinds. Nothing is read or written: this is the pure part of a sync (pairing, planning, settling).
import { DEFAULT_MAPPINGS } from '../src/engine/defaults.ts';
import type {
  HubSpotProperty,
  SalesforceField,
  SalesforceFieldType,
  Schemas,
} from '../src/engine/fields.ts';
import { mappingTable } from '../src/engine/mapping.ts';
import { pairUp, type Pair } from '../src/engine/match.ts';
import { ownerMap } from '../src/engine/owners.ts';
import { plan, type PlanContext } from '../src/engine/plan.ts';
import { NOT_HELD_BACK } from '../src/engine/plan-fields.ts';
import type { HubSpotContact, RecordKey, SalesforceRecord } from '../src/engine/records.ts';
import { settingsSchema } from '../src/engine/settings.ts';
import { NOTHING_SENT } from '../src/engine/outcome.ts';
import { settle } from '../src/engine/settle.ts';
import type { Link } from '../src/engine/link.ts';

const MAPPINGS = 40;
const BATCH = 1_000;
const NOW = '2026-11-23T10:00:00.000Z';
const SECONDS = 4;

const KINDS: readonly (readonly [HubSpotProperty['type'], string, SalesforceFieldType])[] = [
  ['string', 'text', 'string'],
  ['number', 'number', 'double'],
  ['bool', 'booleancheckbox', 'boolean'],
  ['date', 'date', 'date'],
  ['enumeration', 'select', 'picklist'],
];
const OPTIONS = ['Red', 'Green', 'Blue'].map((value) => ({ value, label: value }));

const property = (name: string, type: HubSpotProperty['type'] = 'string', fieldType = 'text') => ({
  name,
  label: name,
  type,
  fieldType,
  options: type === 'enumeration' ? OPTIONS : [],
  readOnly: false,
  hasUniqueValue: false,
  referencedObjectType: name === 'hubspot_owner_id' ? 'OWNER' : null,
});
const field = (name: string, type: SalesforceFieldType = 'string'): SalesforceField => ({
  name,
  label: name,
  type,
  length: 255,
  precision: type === 'double' ? 18 : 0,
  scale: type === 'double' ? 2 : 0,
  nillable: name !== 'LastName' && name !== 'Company',
  createable: true,
  updateable: true,
  defaultedOnCreate: false,
  calculated: false,
  restrictedPicklist: false,
  picklistValues: type === 'picklist' ? OPTIONS : [],
  referenceTo: type === 'reference' ? ['User'] : [],
  externalId: false,
  unique: false,
});

const fieldTypes: Readonly<Record<string, SalesforceFieldType>> = {
  OwnerId: 'reference',
  HasOptedOutOfEmail: 'boolean',
  Email: 'email',
};
const defaults = DEFAULT_MAPPINGS.filter(({ leadField }) => leadField !== null);
const custom = Array.from({ length: MAPPINGS - defaults.length - 1 }, (_, index) => {
  const [type, fieldType, salesforceType] = KINDS[index % KINDS.length] ?? [
    'string',
    'text',
    'string',
  ];
  return { name: `custom_${index}`, field: `Custom_${index}__c`, type, fieldType, salesforceType };
});
const schemas: Schemas = {
  hubspot: new Map(
    [
      ...DEFAULT_MAPPINGS.map(({ hubspotProperty: name }) =>
        property(name, name === 'hs_email_optout' ? 'bool' : 'string'),
      ),
      property('tandem_campaign_ids'),
      ...custom.map(({ name, type, fieldType }) => property(name, type, fieldType)),
    ].map((one) => [one.name, one]),
  ),
  salesforce: {
    Lead: new Map(
      [
        ...defaults.map(({ leadField }) => field(leadField ?? '', fieldTypes[leadField ?? ''])),
        ...custom.map(({ field: name, salesforceType }) => field(name, salesforceType)),
      ].map((one) => [one.name, one]),
    ),
    Contact: new Map(),
  },
};
const settings = settingsSchema.parse({
  mappings: {
    custom: custom.map(({ name, field: leadField }) => ({
      hubspotProperty: name,
      leadField,
      contactField: null,
      rule: 'twoWay',
    })),
  },
});
const table = mappingTable(settings, schemas, ownerMap({ owners: [], users: [] }));
const context: PlanContext = {
  settings,
  table,
  now: NOW,
  externalIdOn: { Lead: true, Contact: true },
  heldBack: () => NOT_HELD_BACK,
  propertyTimes: new Map(),
  companyOf: () => null,
  companyForAccount: () => null,
};

/** A person both sides know; one in five has a change on one side. */
function person(index: number): { contact: HubSpotContact; record: SalesforceRecord } {
  const fields: Record<string, string | number | boolean | null> = { CampaignIds: null };
  const properties: Record<string, string | null> = {};
  for (const { mapping, property: inHubSpot, field: inSalesforce } of table.pairs.Lead) {
    if (mapping.special !== null) continue;
    const text = `Value ${index % 100}`;
    const [hubspot, salesforce] =
      inSalesforce.type === 'double'
        ? [String(index), index]
        : inSalesforce.type === 'boolean'
          ? ['true', true]
          : inSalesforce.type === 'date'
            ? ['2026-11-23', '2026-11-23']
            : inSalesforce.type === 'picklist'
              ? ['Red', 'Red']
              : inSalesforce.type === 'email'
                ? [`p${index}@example.com`, `p${index}@example.com`]
                : [text, text];
    properties[inHubSpot.name] = hubspot;
    fields[inSalesforce.name] = salesforce;
  }
  if (index % 10 === 0) properties.city = `Moved ${index}`;
  if (index % 10 === 5) fields.Title = `Promoted ${index}`;
  const id = `00Q5g${String(index).padStart(10, '0')}AAA`;
  return {
    contact: { id: String(index + 1), properties, modifiedAt: NOW, archived: false },
    record: {
      object: 'Lead',
      id,
      fields,
      modifiedAt: NOW,
      createdAt: NOW,
      isDeleted: false,
      isConverted: false,
      convertedContactId: null,
    },
  };
}

/** Rows and links come out of JSON, which gives them another shape in memory than assignments do. */
const fromJson = <Thing>(thing: Thing): Thing => JSON.parse(JSON.stringify(thing)) as Thing;

const people = fromJson(Array.from({ length: BATCH }, (_, index) => person(index)));
const contacts = new Map(people.map(({ contact }) => [contact.id, contact]));
const records = new Map(people.map(({ record }) => [record.id, record]));
const subjects: RecordKey[] = people.map(({ contact: { id } }) => ({ side: 'hubspot', id }));
const sight = (links: readonly Link[]) => ({
  links,
  contacts,
  contactsByEmail: new Map(),
  records,
  contactFates: new Map(),
  recordFates: new Map(),
});

function planAll(links: readonly Link[]): { pairs: Pair[]; writes: number; saved: Link[] } {
  const pairs = pairUp(subjects, sight(links));
  let writes = 0;
  const saved = pairs.map((pair, index): Link => {
    const planned = plan(pair, context);
    if (planned.kind === 'needsPropertyTimes') throw new Error('no times are known here');
    if (planned.kind === 'update')
      writes += planned.fields.filter(
        ({ kind }) => kind === 'toHubSpot' || kind === 'toSalesforce',
      ).length;
    const { content } = settle(pair, planned, NOTHING_SENT, NOW);
    return { ...content, id: String(index + 1), version: 1 };
  });
  return { pairs, writes, saved };
}

// The first plan remembers what both sides hold; the changes stay open, and are planned over and over.
const agreed = fromJson(planAll([]).saved);
planAll(agreed);
const started = process.hrtime.bigint();
let planned = 0;
let writes = 0;
let seconds = 0;
while (seconds < SECONDS) {
  writes = planAll(agreed).writes;
  planned += BATCH;
  seconds = Number(process.hrtime.bigint() - started) / 1e9;
}
const perSecond = Math.round(planned / seconds);
const used = table.pairs.Lead.length;
if (process.argv.includes('--json'))
  process.stdout.write(`${JSON.stringify({ pairsPerSecond: perSecond, mappings: used })}\n`);
else
  process.stdout.write(
    `${perSecond.toLocaleString('en-US')} pairs a second on one core, ${used} mappings, ${writes} of ${(BATCH * used).toLocaleString('en-US')} fields to write\n`,
  );
