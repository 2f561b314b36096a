// What Tandem promises (design §7), checked against what both CRMs and the store hold in the end. The
// rules are judged by a few lines of their own, written from the spec and not from the engine.
import { SANDBOX_USERS } from '../../src/sandbox/salesforce/stand-in.ts';
import type { Link } from '../../src/engine/link.ts';
import type { Rule } from '../../src/engine/rules.ts';
import { mappingsOf } from '../../src/engine/mapping.ts';
import { overspent } from './limits.ts';
import { runsLeft } from './runs.ts';
import { FIELDS, type Script, type Step } from './script.ts';
import type { Entry, SimWorld } from './world.ts';

/** A write may be on its way this long after the contact left the list, or the admin chose one. */
const IN_FLIGHT_MS = 60_000;

export async function brokenPromises(world: SimWorld, script: Script): Promise<string[]> {
  const people = await peopleIn(world);
  return [
    ...convergence(world, people),
    ...(await lastWord(world, people, script)),
    ...forwarded(world, people),
    ...duplicates(world, script),
    ...eligibility(world, people),
    ...reasons(world, people),
    ...(await runsLeft(world, script)),
    ...overspent(world),
  ];
}

interface People {
  readonly links: readonly Link[];
  readonly byContact: ReadonlyMap<string, Link>;
  readonly byRecord: ReadonlyMap<string, Link>;
}

const liveRecords = ({ salesforce: { org } }: SimWorld) =>
  (['Lead', 'Contact'] as const).flatMap((object) =>
    org.all(object).filter(({ IsConverted }) => IsConverted !== true),
  );

async function peopleIn(world: SimWorld): Promise<People> {
  const links = await world.store.links.find({
    hubspot: world.hubspot.portal.all().map(({ id }) => id),
    salesforce: liveRecords(world).map(({ Id }) => String(Id)),
  });
  return {
    links,
    byContact: new Map(links.flatMap((link) => (link.hubspotId ? [[link.hubspotId, link]] : []))),
    byRecord: new Map(
      links.flatMap((link) => (link.salesforceId ? [[link.salesforceId, link]] : [])),
    ),
  };
}

const text = (value: unknown): string => (value == null ? '' : String(value).trim());

/** Whether two values may stand side by side under a rule, once everything has settled (native-connector §2). */
const ACCEPTABLE: Readonly<Record<Rule, (hubspot: string, salesforce: string) => boolean>> = {
  preferSalesforceUnlessBlank: (h, s) => h === s,
  alwaysSalesforce: (h, s) => s === '' || h === s,
  twoWay: (h, s) => h === s,
  preferHubSpotUnlessBlank: (h, s) => h === s,
  alwaysHubSpot: (h, s) => h === '' || h === s,
  fillHubSpotIfBlank: (h, s) => s === '' || h !== '',
  fillSalesforceIfBlank: (h, s) => h === '' || s !== '',
  off: () => true,
  optOut: (h, s) => h === s,
  mirror: (h, s) => h === s,
};

/** Whether the link says why a field is not as its rule says. Nothing here changes back what Tandem writes. */
const isExcused = ({ fieldReasons }: Link, property: string): boolean =>
  fieldReasons[property] !== undefined && !fieldReasons[property].code.startsWith('CHANGED_BACK');

/** The living pairs that may sync both ways. */
function* settledPairs(world: SimWorld, { links }: People) {
  const { listId } = world.chosen.inclusion;
  const members = listId === null ? null : new Set(world.hubspot.portal.members(listId));
  for (const link of links) {
    if (!link.hubspotId || !link.salesforceId || !link.salesforceObject) continue;
    const contact = world.hubspot.portal.get(link.hubspotId);
    const record = world.salesforce.org.get(link.salesforceObject, link.salesforceId);
    if (!contact || contact.archived || contact.id !== link.hubspotId) continue;
    if (!record || record.IsDeleted === true || record.IsConverted === true) continue;
    if (members && !members.has(link.hubspotId)) continue;
    yield { link, contact: contact.properties, record };
  }
}

function convergence(world: SimWorld, people: People): string[] {
  const rules = new Map(mappingsOf(world.chosen).map(({ key, rule }) => [key, rule]));
  const broken: string[] = [];
  for (const { link, contact, record } of settledPairs(world, people)) {
    for (const [property, leadField, contactField] of FIELDS) {
      if (isExcused(link, property)) continue;
      const rule = rules.get(property) ?? 'off';
      const field = link.salesforceObject === 'Lead' ? leadField : contactField;
      const [h, s] = [text(contact[property]), text(record[field])];
      if (!ACCEPTABLE[rule](h, s))
        broken.push(
          `1 convergence: ${property} of ${link.hubspotId ?? ''} is “${h}” in HubSpot and “${s}” in Salesforce under ${rule}`,
        );
    }
    const optedOut = [contact.hs_email_optout === 'true', record.HasOptedOutOfEmail === true];
    if (optedOut[0] !== optedOut[1] && !isExcused(link, 'hs_email_optout'))
      broken.push(`1 convergence: opted out on one side only (${link.hubspotId ?? ''})`);
    const person = link.salesforceObject === 'Lead' ? 'LeadId' : 'ContactId';
    const campaigns = world.salesforce.org
      .all('CampaignMember')
      .filter((member) => member[person] === link.salesforceId)
      .map(({ CampaignId }) => String(CampaignId));
    const shown = text(contact.tandem_campaign_ids).split(';').filter(Boolean);
    if (campaigns.sort().join() !== shown.sort().join())
      broken.push(`1 convergence: campaigns of ${link.hubspotId ?? ''} are ${shown.join()}`);
  }
  return broken;
}

/** An edit has arrived by then, whatever the network does. */
const ARRIVED_MS = 180_000;

/** Who has the last word under a rule: that side's newest entry is what both end with. */
const LAST_WORD: Readonly<Partial<Record<Rule, 'hubspot' | 'salesforce' | 'newest'>>> = {
  preferSalesforceUnlessBlank: 'salesforce',
  alwaysSalesforce: 'salesforce',
  twoWay: 'newest',
  preferHubSpotUnlessBlank: 'hubspot',
  alwaysHubSpot: 'hubspot',
};

/** What people and fate may do without changing who belongs to whom and what the rules are. */
const HARMLESS: readonly Step['do'][] = [
  'edit',
  'create',
  'crash',
  'owner',
  'campaign',
  'syncNow',
  'expire',
  'run',
  'control',
];

/** Where people only edited, both sides end with the entry that has the last word. */
async function lastWord(world: SimWorld, people: People, { steps }: Script): Promise<string[]> {
  if (!steps.every((step) => HARMLESS.includes(step.do) || step.at === 0)) return [];
  // While a limit keeps Tandem from calling nothing arrives.
  const arrivedMs = world.limit.by === 'nothing' ? ARRIVED_MS : Infinity;
  const rules = new Map(mappingsOf(world.chosen).map(({ key, rule }) => [key, rule]));
  const broken: string[] = [];
  for (const { link, contact, record } of settledPairs(world, people)) {
    const pairedAt = await lastPaired(world, link.hubspotId ?? '');
    for (const [property, leadField, contactField] of FIELDS) {
      const word = LAST_WORD[rules.get(property) ?? 'off'];
      const mine = world.entered.filter(
        (entry) =>
          entry.property === property &&
          (entry.id === link.hubspotId || entry.id === link.salesforceId),
      );
      const last = mine.findLast(({ side }) => word === 'newest' || side === word);
      const others = mine.filter(
        (entry) => entry.side !== last?.side && entry.at <= (last?.at ?? 0),
      );
      const field = link.salesforceObject === 'Lead' ? leadField : contactField;
      if (!last || word === undefined || last.at < pairedAt || isExcused(link, property)) continue;
      if (wasWrittenUnseen(world, last) || wasOvertaken(world, last, field)) continue;
      if (word === 'newest' && others.some(({ at }) => last.at - at < arrivedMs)) continue;
      // Where blanks are filled from the other side one has the last word only if it cleared what both sides had.
      const isRefilled = mine.some(({ side, at }) =>
        side !== last.side ? last.at - at < arrivedMs : at < last.at && last.at - at < arrivedMs,
      );
      if (last.value === '' && word !== 'newest' && (isRefilled || last.at - pairedAt < arrivedMs))
        continue;
      const held = [text(contact[property]), text(record[field])];
      if (held.some((value) => value !== last.value))
        broken.push(
          `2 no lost update: “${last.value}” was entered last in ${last.side}, and ${property} holds “${held.join('” and “')}”`,
        );
    }
  }
  return broken;
}

/** A write that waits for a transaction of somebody else follows it: Salesforce tells nobody what it held. */
const wasWrittenUnseen = ({ calls }: SimWorld, { id, at, visibleAt }: Entry): boolean =>
  calls.some((call) => call.at >= at && call.at < visibleAt && call.request.body.includes(id));

/** Neither CRM takes a write on a condition: an edit between our last read and our write is overwritten. */
const IN_THE_AIR_MS = 12_000;

const wasOvertaken = ({ calls }: SimWorld, { side, id, at, property }: Entry, field: string) =>
  calls.some(
    (call) =>
      call.at >= at &&
      call.at < at + IN_THE_AIR_MS &&
      call.request.body.includes(id) &&
      call.request.body.includes(`"${side === 'hubspot' ? property : field}":`),
  );

async function lastPaired(world: SimWorld, contactId: string): Promise<number> {
  const history = await world.store.links.history(contactId, 1_000);
  return Date.parse(history.find(({ side }) => side === 'pair')?.at ?? '9999-12-31T00:00:00Z');
}

/** Nobody is left paired with a contact that has become part of another. */
function forwarded(world: SimWorld, { links }: People): string[] {
  return links.flatMap(({ hubspotId }) => {
    const contact = hubspotId === null ? undefined : world.hubspot.portal.get(hubspotId);
    return contact && !contact.archived && contact.id !== hubspotId
      ? [
          `1 convergence: contact ${hubspotId ?? ''} was merged into ${contact.id} and is still paired`,
        ]
      : [];
  });
}

function duplicates(world: SimWorld, { steps }: Script): string[] {
  const broken: string[] = [];
  const made = liveRecords(world).filter(
    ({ CreatedById }) => CreatedById === SANDBOX_USERS.integration.id,
  );
  const isMoved = steps.some((step) => ['email', 'restore', 'merge', 'delete'].includes(step.do));
  if (!isMoved)
    for (const [email, rows] of Map.groupBy(made, ({ Email }) => text(Email)))
      if (rows.length > 1)
        broken.push(`3 no duplicates: Tandem made ${rows.length} records for ${email}`);
  const holders = Map.groupBy(
    made.filter(({ Tandem_HubSpot_Id__c: id }) => text(id) !== ''),
    ({ Tandem_HubSpot_Id__c: id }) => text(id),
  );
  for (const [id, rows] of holders)
    if (rows.length > 1)
      broken.push(`3 no duplicates: ${rows.length} records say they are contact ${id}`);
  return broken;
}

function eligibility(world: SimWorld, { byRecord }: People): string[] {
  const broken = new Set<string>();
  for (const [index, call] of world.calls.entries()) {
    if (call.members === null) continue;
    const recent = world.calls.filter(
      ({ at }, position) => position <= index && at >= call.at - IN_FLIGHT_MS,
    );
    const mayBe = (id: string): boolean =>
      recent.some(({ members }) => members === null || members.has(id)) ||
      recent[0]?.at === call.at;
    for (const id of writtenContacts(call.endpoint, call.request.body))
      if (!mayBe(id))
        broken.add(`5 eligibility: HubSpot contact ${id} was written outside the list`);
    for (const id of writtenRecords(call.request.body)) {
      const contactId = byRecord.get(id)?.hubspotId;
      if (contactId && !mayBe(contactId))
        broken.add(`5 eligibility: Salesforce record ${id} was written outside the list`);
    }
  }
  return [...broken];
}

function writtenContacts(endpoint: string, body: string): string[] {
  if (!endpoint.endsWith('contacts/batch/update')) return [];
  return [...body.matchAll(/"id":"(\d+)"/g)].map(([, id = '']) => id);
}

const writtenRecords = (body: string): string[] =>
  body.includes('"attributes"')
    ? [...body.matchAll(/"(?:Id|id)":"((?:00Q|003)\w{15})"/g)].map(([, id = '']) => id)
    : [];

function reasons(world: SimWorld, { byContact, byRecord }: People): string[] {
  const broken: string[] = [];
  const check = (what: string, link: Link | undefined): void => {
    if (!link) broken.push(`6 a reason for every record: nothing is known of ${what}`);
    else if (link.state !== 'inSync' && link.reason === null)
      broken.push(`6 a reason for every record: ${what} is ${link.state} without a reason`);
    else if (link.state === 'inSync' && (!link.hubspotId || !link.salesforceId))
      broken.push(`6 a reason for every record: ${what} is alone and called in sync`);
    else if (link.state === 'waiting' && link.retryAt === null)
      broken.push(`6 a reason for every record: ${what} waits for nothing`);
  };
  for (const { id } of world.hubspot.portal.all()) check(`contact ${id}`, byContact.get(id));
  for (const { Id } of liveRecords(world)) check(`record ${String(Id)}`, byRecord.get(String(Id)));
  return broken;
}
