// What Tandem promises (design §7), checked against what both CRMs and the store hold in the end. The
// rules are judged by a few lines of their own, written from the spec and not from the engine.
import { SANDBOX_USERS } from '../../src/sandbox/salesforce/stand-in.ts';
import type { Link } from '../../src/engine/link.ts';
import type { Rule } from '../../src/engine/rules.ts';
import { mappingsOf } from '../../src/engine/mapping.ts';
import { writtenAtOnce, writtenContacts, writtenRecords } from './hands.ts';
import { gone, lastWord } from './last-word.ts';
import { overspent } from './limits.ts';
import { isExcused, liveRecords, peopleIn, settledPairs, text, type People } from './people.ts';
import { runsLeft } from './runs.ts';
import { FIELDS, type Script } from './script.ts';
import type { SimWorld } from './world.ts';

/** A write may be on its way this long after the contact left the list, or the admin chose one. */
const IN_FLIGHT_MS = 60_000;

export async function brokenPromises(world: SimWorld, script: Script): Promise<string[]> {
  const people = await peopleIn(world);
  return [
    ...convergence(world, people),
    ...(await lastWord(world, people, script)),
    ...gone(world, script),
    ...(await writtenAtOnce(world, people)),
    ...forwarded(world, people),
    ...duplicates(world, script),
    ...eligibility(world, people),
    ...reasons(world, people),
    ...(await runsLeft(world, script)),
    ...overspent(world),
  ];
}

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
