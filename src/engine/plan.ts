// The plan for one pair: what to write where, and a reason for everything that is not written. Pure: the
// same plan serves the sync, the dry run and the card's explanation.
import type { SalesforceObject } from './fields.ts';
import type { Link, LinkState } from './link.ts';
import type { MappingTable } from './mapping.ts';
import {
  EXTERNAL_ID_FIELD,
  emailOfContact,
  emailOfRecord,
  storedHubSpotId,
  type Pair,
} from './match.ts';
import {
  planHubSpotContact,
  planSalesforceRecord,
  type NewHubSpotContact,
  type NewSalesforceRecord,
} from './plan-create.ts';
import { hasConflict, planFields, type FieldPlan, type PropertyTimes } from './plan-fields.ts';
import { reason, type Reason } from './reasons.ts';
import type { HubSpotContact, SalesforceRecord, SalesforceValue } from './records.ts';
import type { Settings } from './settings.ts';

export interface PlanContext {
  readonly settings: Settings;
  readonly table: MappingTable;
  /** ISO. */
  readonly now: string;
  /** Objects whose org has the external-ID field: a create there can be repeated safely. */
  readonly externalIdOn: Readonly<Record<SalesforceObject, boolean>>;
  /** Why a HubSpot contact may not sync (inclusion), or null when it may. */
  readonly ineligible: (contactId: string) => Reason | null;
  /** Times of HubSpot's properties by contact id, for contacts whose conflicts need them. */
  readonly propertyTimes: ReadonlyMap<string, PropertyTimes>;
}

export type Plan =
  | {
      readonly kind: 'leave';
      readonly state: LinkState;
      readonly reason: Reason;
      readonly retryAt: string | null;
    }
  /** Two-way conflicts: plan again with the contact's property times. */
  | { readonly kind: 'needsPropertyTimes'; readonly contactId: string }
  | ({ readonly kind: 'createInSalesforce' } & NewSalesforceRecord)
  | ({ readonly kind: 'createInHubSpot' } & NewHubSpotContact)
  | {
      readonly kind: 'update';
      readonly fields: readonly FieldPlan[];
      /** What is sent: mapped values, plus our stamps where something is sent anyway. Empty: nothing to send. */
      readonly hubspot: Readonly<Record<string, string>>;
      readonly salesforce: Readonly<Record<string, SalesforceValue>>;
      /** E-mail to unsubscribe in HubSpot, which no property write can do. */
      readonly unsubscribe: string | null;
    };

/** How long a create without an external id may still be on its way after its answer was lost. */
const LOST_ANSWER_WAIT_MS = 2 * 60_000;

/** Ages of a contact's last change at which its membership is read again: a list notices changes late (native-connector §5.8). */
const LIST_LOOKS_MS = [60_000, 10 * 60_000] as const;
/** How often membership is read of pairs whose changes wait for it: most of a portal may be outside a list. */
const WAITING_LOOK_MS = 24 * 60 * 60_000;

/** When to look whether a contact has entered the inclusion list; null: when it changes again. */
function membershipLookAt(contact: HubSpotContact, now: string, isPaired: boolean): string | null {
  const changedAt = Date.parse(contact.modifiedAt);
  const looks = LIST_LOOKS_MS.map((age) => new Date(changedAt + age).toISOString());
  const next = looks.find((at) => at > now);
  if (next !== undefined || !isPaired) return next ?? null;
  return new Date(Date.parse(now) + WAITING_LOOK_MS).toISOString();
}

const leave = (state: LinkState, why: Reason, retryAt: string | null = null): Plan => ({
  kind: 'leave',
  state,
  reason: why,
  retryAt,
});

const BLOCKED_STATE: Partial<Record<Reason['code'], LinkState>> = {
  DUPLICATE_IN_SALESFORCE: 'problem',
  PAIRED_WITH_ANOTHER_CONTACT: 'problem',
};

export function plan(pair: Pair, context: PlanContext): Plan {
  const { hubspot, salesforce, blocked } = pair;
  if (blocked) return leave(BLOCKED_STATE[blocked.code] ?? 'skipped', blocked);
  if (hubspot && salesforce) return planUpdate(pair, hubspot, salesforce, context);
  if (hubspot) return planContactAlone(pair.link, hubspot, context);
  if (salesforce) return planRecordAlone(pair.link, salesforce, context);
  return leave('skipped', gone(pair.link));
}

function gone(link: Link | null): Reason {
  return reason('SALESFORCE_RECORD_DELETED', {
    object: link?.salesforceObject ?? 'record',
    id: link?.salesforceId ?? '',
  });
}

function planUpdate(
  pair: Pair,
  contact: HubSpotContact,
  record: SalesforceRecord,
  context: PlanContext,
): Plan {
  const ineligible = context.ineligible(contact.id);
  if (ineligible) return leave('waiting', ineligible, membershipLookAt(contact, context.now, true));
  const pairs = context.table.pairs[record.object];
  const times = context.propertyTimes.get(contact.id) ?? null;
  if (times === null && hasConflict(pairs, contact, record, pair.link)) {
    return { kind: 'needsPropertyTimes', contactId: contact.id };
  }
  const fields = planFields(pairs, contact, record, pair.link, times);
  const hubspot: Record<string, string> = {};
  const salesforce: Record<string, SalesforceValue> = {};
  let unsubscribe: string | null = null;
  for (const field of fields) {
    if (field.kind === 'toSalesforce') salesforce[field.pair.field.name] = field.raw;
    else if (field.kind === 'toHubSpot') {
      if (field.pair.mapping.rule === 'optOut') unsubscribe = emailOfContact(contact);
      else hubspot[field.pair.property.name] = field.raw;
    }
  }
  if (Object.keys(hubspot).length > 0)
    Object.assign(hubspot, hubspotStamps(record, contact, context.now));
  if (
    Object.keys(salesforce).length > 0 &&
    context.externalIdOn[record.object] &&
    storedHubSpotId(record) !== contact.id
  ) {
    salesforce[EXTERNAL_ID_FIELD] = contact.id;
  }
  return { kind: 'update', fields, hubspot, salesforce, unsubscribe };
}

/** Our own properties, written only together with something else (design §6). */
function hubspotStamps(
  record: SalesforceRecord,
  contact: HubSpotContact | null,
  now: string,
): Record<string, string> {
  const property = record.object === 'Lead' ? 'tandem_lead_id' : 'tandem_contact_id';
  return contact?.properties[property] === record.id
    ? { tandem_last_sync: now }
    : { [property]: record.id, tandem_last_sync: now };
}

function planContactAlone(link: Link | null, contact: HubSpotContact, context: PlanContext): Plan {
  if (link?.salesforceId) return leave('skipped', gone(link));
  const ineligible = context.ineligible(contact.id);
  if (ineligible)
    return leave('skipped', ineligible, membershipLookAt(contact, context.now, false));
  if (emailOfContact(contact) === null) return leave('skipped', reason('NO_EMAIL'));
  const { inSalesforce } = context.settings.creation;
  if (inSalesforce === 'nothing') return leave('skipped', reason('CREATION_OFF_IN_SALESFORCE'));
  const object: SalesforceObject = inSalesforce === 'lead' ? 'Lead' : 'Contact';
  if (link?.creatingSince && !context.externalIdOn[object]) {
    const settledAt = new Date(Date.parse(link.creatingSince) + LOST_ANSWER_WAIT_MS).toISOString();
    if (settledAt > context.now) return leave('waiting', reason('ANSWER_LOST'), settledAt);
  }
  return { kind: 'createInSalesforce', ...planSalesforceRecord(contact, object, context.table) };
}

function planRecordAlone(link: Link | null, record: SalesforceRecord, context: PlanContext): Plan {
  if (link?.hubspotId)
    return leave('skipped', reason('HUBSPOT_CONTACT_DELETED', { id: link.hubspotId }));
  const email = emailOfRecord(record);
  if (email === null) return leave('skipped', reason('NO_EMAIL'));
  if (!context.settings.creation.inHubSpot[record.object]) {
    return leave(
      'skipped',
      reason('CREATION_OFF_IN_HUBSPOT', { object: record.object.toLowerCase() }),
    );
  }
  const created = planHubSpotContact(record, email, context.table);
  return {
    kind: 'createInHubSpot',
    ...created,
    properties: { ...created.properties, ...hubspotStamps(record, null, context.now) },
  };
}

/** Whether a plan sends anything at all. */
export function sendsSomething(planned: Plan): boolean {
  switch (planned.kind) {
    case 'leave':
    case 'needsPropertyTimes':
      return false;
    case 'createInHubSpot':
    case 'createInSalesforce':
      return true;
    case 'update':
      return (
        Object.keys(planned.hubspot).length > 0 ||
        Object.keys(planned.salesforce).length > 0 ||
        planned.unsubscribe !== null
      );
  }
}
