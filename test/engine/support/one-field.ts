// One mapped field of one pair, planned for real: what both sides hold and last agreed on goes in, what is
// written where, and the sentence that explains it, comes out.
import type { CanonicalValue, Link } from '../../../src/engine/link.ts';
import type { Pair } from '../../../src/engine/match.ts';
import { plan, type Plan } from '../../../src/engine/plan.ts';
import { explain } from '../../../src/engine/reasons.ts';
import type { SalesforceRecord, SalesforceValue } from '../../../src/engine/records.ts';
import type { Schemas } from '../../../src/engine/fields.ts';
import { contact, context, lead, link, SCHEMAS, tableFor } from '../fixtures.ts';

export const LEAD = '00Q000000000001AAA';

/** `never`: the two sides never agreed on a value. `blank`: there is none. Underscores are blanks in a value. */
export const valueOf = (cell: string): string | null =>
  cell === 'blank' ? null : cell.replaceAll('_', ' ');
export const baseOf = (cell: string): CanonicalValue | undefined =>
  cell === 'never' ? undefined : valueOf(cell);

export const pairOf = (facts: Partial<Pair>): Pair => ({
  link: null,
  base: facts.link?.base ?? {},
  absorbs: [],
  hubspot: null,
  salesforce: null,
  found: 'linked',
  blocked: null,
  deleted: null,
  givesUp: null,
  ...facts,
});

export interface OneField {
  readonly property: string;
  /** Settings, as an admin saves them. */
  readonly settings?: object;
  readonly schemas?: Schemas;
  readonly base: CanonicalValue | undefined;
  readonly hubspot: string | null;
  readonly salesforce: { readonly field: string; readonly value: SalesforceValue };
  readonly record?: (fields: Record<string, SalesforceValue>) => SalesforceRecord;
  readonly link?: Partial<Link>;
  /** When the HubSpot property, and the Salesforce record, were last changed, ISO. */
  readonly changed?: { readonly hubspot: string | null; readonly salesforce: string };
}

export interface Outcome {
  /** `Salesforce := A`, `HubSpot := blank`, `nothing`, `same`, `asks who changed it last`. */
  readonly outcome: string;
  /** The sentence for the rep; blank where nothing needs explaining. */
  readonly because: string;
}

const shown = (value: CanonicalValue): string => (value === null ? 'blank' : String(value));

export function outcomeOf(field: OneField): Outcome {
  const planned = planOf(field);
  if (planned.kind === 'needsPropertyTimes')
    return { outcome: 'asks who changed it last', because: '' };
  if (planned.kind !== 'update') throw new Error(`planned ${planned.kind}`);
  const one = planned.fields.find(({ pair }) => pair.property.name === field.property);
  if (!one) throw new Error(`${field.property} is not mapped`);
  if (one.kind === 'same' || one.kind === 'unread') return { outcome: one.kind, because: '' };
  const because = one.reason === null ? '' : explain(one.reason).sentence;
  if (one.kind === 'left') return { outcome: 'nothing', because };
  const to = one.kind === 'toHubSpot' ? 'HubSpot' : 'Salesforce';
  return { outcome: `${to} := ${shown(one.value)}`, because };
}

export function planOf({
  property,
  settings = {},
  schemas = SCHEMAS,
  base,
  hubspot,
  salesforce,
  record = (fields) => lead(LEAD, fields),
  link: more = {},
  changed,
}: OneField): Plan {
  const table = tableFor(settings, schemas);
  const key = table.mappings.find(({ hubspotProperty }) => hubspotProperty === property)?.key;
  const remembered = base === undefined ? {} : { [key ?? property]: base };
  const person = contact('1', { email: 'ada@example.com', [property]: hubspot });
  const made = record({ Email: 'ada@example.com', [salesforce.field]: salesforce.value });
  const modified = changed ? { ...made, modifiedAt: changed.salesforce } : made;
  const times =
    changed === undefined
      ? new Map()
      : new Map([['1', changed.hubspot === null ? {} : { [property]: changed.hubspot }]]);
  return plan(
    pairOf({
      link: link({
        hubspotId: '1',
        salesforceId: made.id,
        salesforceObject: made.object,
        base: remembered,
        ...more,
      }),
      hubspot: person,
      salesforce: modified,
    }),
    context({ propertyTimes: times, table }, settings),
  );
}
