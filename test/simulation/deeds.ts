// Steps carried out by the hands of people in both CRMs. A step that makes no sense any more (nobody left
// to delete, a contact no lead) does nothing.
import { SANDBOX_USERS } from '../../src/sandbox/salesforce/stand-in.ts';
import type { SalesforceObject } from '../../src/engine/fields.ts';
import { FIELDS, type Step } from './script.ts';
import { LISTED, type SimWorld } from './world.ts';

const OWNERS = [
  { hubspot: '71000101', salesforce: SANDBOX_USERS.maya.id },
  { hubspot: '71000102', salesforce: SANDBOX_USERS.jonas.id },
] as const;

/** What an admin may choose from. */
export const CONFIGURATIONS: readonly ((listId: string) => object)[] = [
  () => ({}),
  () => ({ mappings: { defaultRules: RULES } }),
  (listId) => ({ mappings: { defaultRules: RULES }, inclusion: { listId } }),
  () => ({ mappings: { defaultRules: RULES }, creation: { inSalesforce: 'contact' } }),
  () => ({ mappings: { defaultRules: { city: 'off', phone: 'twoWay' } } }),
  () => ({
    mappings: { defaultRules: RULES },
    deletion: { inSalesforce: 'unlink', inHubSpot: 'unlink' },
  }),
  () => ({
    mappings: { defaultRules: RULES },
    deletion: { inSalesforce: 'delete', inHubSpot: 'delete' },
  }),
];

const RULES = {
  city: 'twoWay',
  jobtitle: 'alwaysSalesforce',
  fax: 'preferHubSpotUnlessBlank',
  zip: 'alwaysHubSpot',
  lastname: 'twoWay',
};

interface Row {
  readonly object: SalesforceObject;
  readonly id: string;
}

export function rowsIn({ salesforce }: SimWorld): Row[] {
  return (['Contact', 'Lead'] as const).flatMap((object) =>
    salesforce.org
      .all(object)
      .filter(({ IsConverted }) => IsConverted !== true)
      .map(({ Id }) => ({ object, id: String(Id) })),
  );
}

const nth = <Value>(values: readonly Value[], number: number): Value | undefined =>
  values[number % Math.max(1, values.length)];

/** What everybody has a value in from the beginning: what can be cleared. */
const BEGINNING = FIELDS.slice(0, 3);

export const emailOf = (number: number): string => `p${number}@example.com`;

/** Carries a step out; refusals of the CRMs are answers like any other. */
export async function carryOut(step: Step, world: SimWorld): Promise<void> {
  try {
    await act(step, world);
    world.tell(`people: ${JSON.stringify(step)}`);
  } catch (error) {
    world.tell(
      `people: ${JSON.stringify(step)} refused: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

const binned = {
  hubspot: new WeakMap<SimWorld, string[]>(),
  salesforce: new WeakMap<SimWorld, Row[]>(),
};

async function act(step: Step, world: SimWorld): Promise<void> {
  const { portal } = world.hubspot;
  const { org } = world.salesforce;
  const contact = (who: number) => nth(portal.all(), who);
  const row = (who: number) => nth(rowsIn(world), who);
  switch (step.do) {
    case 'edit': {
      const [property, leadField, contactField] = FIELDS[step.field] ?? FIELDS[0];
      if (step.side === 'hubspot') {
        const found = contact(step.who);
        if (!found) return;
        portal.update(found.id, { [property]: step.value });
        enter(world, 'hubspot', found.id, property, step.value);
        return;
      }
      const found = row(step.who);
      if (!found) return;
      const field = found.object === 'Lead' ? leadField : contactField;
      org.update(found.object, found.id, { [field]: step.value === '' ? null : step.value });
      enter(world, 'salesforce', found.id, property, step.value);
      return;
    }
    case 'create': {
      const email = emailOf(step.email);
      if (step.side === 'hubspot') {
        const entered = Object.fromEntries(BEGINNING.map(([property]) => [property, 'first']));
        const { id } = portal.create({ email, lastname: `Person ${step.email}`, ...entered });
        for (const [property] of BEGINNING) enter(world, 'hubspot', id, property, 'first');
        return;
      }
      const object = step.asContact ? 'Contact' : 'Lead';
      const fields = BEGINNING.map(([, leadField, contactField]): [string, string] => [
        step.asContact ? contactField : leadField,
        'first',
      ]);
      const id = org.insert(object, {
        LastName: `Person ${step.email}`,
        Email: email,
        ...(step.asContact ? {} : { Company: 'Acme' }),
        ...Object.fromEntries(fields),
      });
      for (const [property] of BEGINNING) enter(world, 'salesforce', id, property, 'first');
      return;
    }
    case 'expire':
      world.salesforce.expireSessions();
      world.expiredAt = world.clock.now();
      return;
    case 'email': {
      const [found, record] = [contact(step.who), row(step.who)];
      if (step.side === 'hubspot' && found) portal.update(found.id, { email: emailOf(step.email) });
      if (step.side === 'salesforce' && record)
        org.update(record.object, record.id, { Email: emailOf(step.email) });
      return;
    }
    case 'delete': {
      const [found, record] = [contact(step.who), row(step.who)];
      if (step.side === 'hubspot' && found) {
        portal.archive(found.id);
        remember(binned.hubspot, world, found.id);
      }
      if (step.side === 'salesforce' && record) {
        org.remove(record.object, record.id);
        remember(binned.salesforce, world, record);
      }
      return;
    }
    case 'restore':
      if (step.side === 'hubspot') {
        const id = nth(binned.hubspot.get(world) ?? [], step.who);
        if (id !== undefined) portal.restore(id);
      } else {
        const record = nth(binned.salesforce.get(world) ?? [], step.who);
        if (record) org.undelete(record.object, record.id);
      }
      return;
    case 'merge':
      if (step.side === 'hubspot') {
        const [one, other] = [contact(step.into), contact(step.who)];
        if (one && other && one.id !== other.id)
          portal.merge(one.id, other.id, step.who % 2 === 0 ? 'newId' : 'primaryId');
      } else {
        const [one, other] = [row(step.into), row(step.who)];
        if (one && other && one.id !== other.id && one.object === other.object)
          org.merge(one.object, one.id, [other.id]);
      }
      return;
    case 'convert': {
      const leads = rowsIn(world).filter(({ object }) => object === 'Lead');
      const lead = nth(leads, step.who);
      if (lead) org.convertLead(lead.id);
      return;
    }
    case 'join':
    case 'leave': {
      const found = contact(step.who);
      if (!found) return;
      const joins = step.do === 'join';
      if (world.followsContacts)
        portal.update(found.id, { [LISTED.property]: joins ? LISTED.value : '' });
      else if (joins) portal.addMembers(world.listId, [found.id]);
      else portal.removeMembers(world.listId, [found.id]);
      return;
    }
    case 'owner': {
      const owner = OWNERS[step.owner] ?? OWNERS[0];
      const [found, record] = [contact(step.who), row(step.who)];
      if (step.side === 'hubspot' && found)
        portal.update(found.id, { hubspot_owner_id: owner.hubspot });
      if (step.side === 'salesforce' && record)
        org.update(record.object, record.id, { OwnerId: owner.salesforce });
      return;
    }
    case 'optOut': {
      const [found, record] = [contact(step.who), row(step.who)];
      if (step.side === 'hubspot' && found?.properties.email !== undefined)
        portal.unsubscribe(found.properties.email);
      if (step.side === 'salesforce' && record)
        org.update(record.object, record.id, { HasOptedOutOfEmail: true });
      return;
    }
    case 'campaign': {
      const record = row(step.who);
      const CampaignId = world.campaigns[step.campaign] ?? '';
      if (!record) return;
      const person = record.object === 'Lead' ? 'LeadId' : 'ContactId';
      const member = org
        .all('CampaignMember')
        .find((one) => one.CampaignId === CampaignId && one[person] === record.id);
      if (member) org.remove('CampaignMember', String(member.Id));
      else org.insert('CampaignMember', { CampaignId, [person]: record.id });
      return;
    }
    case 'configure':
      await world.configure(CONFIGURATIONS[step.settings]?.(world.listId) ?? {});
      return;
    case 'doom':
      world.doomMs = step.afterMs;
      return;
    case 'crash':
    case 'syncNow':
    case 'run':
    case 'control':
      // Whoever runs the processes does these.
      return;
  }
}

function enter(
  world: SimWorld,
  side: 'hubspot' | 'salesforce',
  id: string,
  property: string,
  value: string,
): void {
  const at = world.clock.now();
  const visibleAt = side === 'salesforce' ? at + world.commitTakesMs : at;
  world.entered.push({ at, side, id, property, value, visibleAt });
}

function remember<Thing>(bins: WeakMap<SimWorld, Thing[]>, world: SimWorld, thing: Thing): void {
  const bin = bins.get(world) ?? [];
  bin.push(thing);
  bins.set(world, bin);
}
