// What the card shows of one contact, in one call: where it stands, its Salesforce record, its campaigns, what
// was written last, every mapped field on both sides and what the next sync would do. Made from a dry run, so
// it says what a sync would say.
import type { Link, LinkState } from '../engine/link.ts';
import type { Pair } from '../engine/match.ts';
import type { Plan } from '../engine/plan.ts';
import { explain, type Reason } from '../engine/reasons.ts';
import type { SalesforceRecord } from '../engine/records.ts';
import type { CampaignMembership } from '../salesforce/port.ts';
import type { HistoryEntry } from '../store/history-port.ts';
import type { PlannedPair } from '../sync/apply.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { RecordView } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { isOneSync } from './history-view.ts';
import { fieldViews, leftOutMappings, reasonView } from './field-views.ts';

const STATES: Readonly<Record<LinkState, RecordView['state']>> = {
  inSync: 'inSync',
  waiting: 'waiting',
  problem: 'problem',
  skipped: 'notSyncing',
};

/** One sync of one person leaves a few entries: one for each side, and one for a pairing. */
const ENTRIES_OF_A_SYNC = 4;

/** Reads both sides of one contact. Fails with CONTACT_NOT_FOUND when HubSpot has no such contact. */
export async function recordView(pipeline: Pipeline, contactId: string): Promise<RecordView> {
  const { store, salesforce } = pipeline.ports;
  // First of all: two who ask for it at once would both read the schemas.
  const workspace = await pipeline.workspaces.current();
  const [[planned], known, entries, { instanceUrl }, begunAt] = await Promise.all([
    pipeline.dryRun([{ key: { side: 'hubspot', id: contactId } }]),
    knownCampaigns(pipeline, contactId, workspace),
    store.history.page({ hubspotId: contactId }, null, ENTRIES_OF_A_SYNC),
    salesforce.schema.organization(),
    pipeline.firstSync.begunAt(),
  ]);
  if (!planned || (planned.pair.hubspot === null && planned.pair.link === null)) {
    throw contactNotFound(contactId);
  }
  const isPairKnown = planned.pair.salesforce?.id === known.salesforceId;
  const campaigns = isPairKnown ? known.campaigns : [];
  const surroundings = { instanceUrl, entries, campaigns, hasBegun: begunAt !== null };
  return view(contactId, planned, workspace, surroundings);
}

export const contactNotFound = (contactId: string): ApiFailure =>
  new ApiFailure({
    code: 'CONTACT_NOT_FOUND',
    message: `HubSpot has no contact ${contactId} that Tandem may see.`,
    fix: 'Check the record, and that the app has the scope crm.objects.contacts.read.',
    field: 'contactId',
  });

interface KnownCampaigns {
  readonly salesforceId: string | null;
  readonly campaigns: readonly CampaignMembership[];
}

/**
 * Read beside the rest, of the record that the contact is known to have: they are for people to see, and no part of
 * what the sync compares.
 */
async function knownCampaigns(
  { ports: { store, salesforce } }: Pipeline,
  contactId: string,
  { settings }: Workspace,
): Promise<KnownCampaigns> {
  const links = await store.links.find({ hubspot: [contactId], salesforce: [] });
  const link = links.find(({ hubspotId }) => hubspotId === contactId);
  const { salesforceId = null, salesforceObject = null } = link ?? {};
  if (salesforceId === null || salesforceObject === null || !settings.settings.campaigns.sync)
    return { salesforceId, campaigns: [] };
  const campaigns = await salesforce.records.memberships(salesforceObject, salesforceId);
  return { salesforceId, campaigns };
}

interface Surroundings {
  readonly instanceUrl: string;
  readonly entries: readonly HistoryEntry[];
  readonly campaigns: readonly CampaignMembership[];
  readonly hasBegun: boolean;
}

function view(
  contactId: string,
  { pair, plan }: PlannedPair,
  workspace: Workspace,
  { instanceUrl, entries, campaigns, hasBegun }: Surroundings,
): RecordView {
  const { link, salesforce } = pair;
  const pending = pendingFields(link, plan);
  const state = pending > 0 ? 'waiting' : stateOf(link, plan);
  const why = plan.kind === 'leave' ? plan.reason : (link?.reason ?? null);
  const urlOf = (object: string, id: string): string =>
    `${instanceUrl}/lightning/r/${object}/${id}/view`;
  return {
    contactId,
    state,
    headline: pending > 0 ? pendingInWords(pending) : headline(state, pair, plan, why),
    reason: why && reasonView(why),
    retryAt: retryAt(state, link, plan),
    paused: workspace.settings.settings.paused,
    isWaitingForFirstSync: !hasBegun,
    salesforce: salesforce && {
      object: salesforce.object,
      id: salesforce.id,
      name: nameOf(salesforce),
      ownerName: ownerName(salesforce, workspace),
      status: statusOf(salesforce),
      url: urlOf(salesforce.object, salesforce.id),
      pinned: link?.pinned ?? false,
    },
    lastSyncedAt: link?.lastSyncedAt ?? null,
    lastWrite: lastWrite(entries),
    campaigns: campaigns.map(({ campaignId, name, status, hasResponded }) => ({
      id: campaignId,
      name,
      status,
      hasResponded,
      url: urlOf('Campaign', campaignId),
    })),
    fields: fieldViews(pair, plan, workspace, campaigns),
    leftOut: salesforce ? leftOutMappings(salesforce.object, workspace) : [],
  };
}

function stateOf(link: Link | null, plan: Plan): RecordView['state'] {
  if (plan.kind === 'leave') return STATES[plan.state];
  return link?.lastSyncedAt || (link && link.state !== 'inSync')
    ? STATES[link.state]
    : 'neverSynced';
}

/** Values of a pair in sync that the next sync writes. */
function pendingFields(link: Link | null, plan: Plan): number {
  if (plan.kind !== 'update' || !link?.lastSyncedAt || link.state !== 'inSync') return 0;
  return plan.fields.filter(({ kind }) => kind === 'toHubSpot' || kind === 'toSalesforce').length;
}

const pendingInWords = (count: number): string =>
  count === 1
    ? '1 field has changed since the last sync; the next one writes it.'
    : `${count} fields have changed since the last sync; the next one writes them.`;

/** A time that has come already says nothing: somebody is at it. */
function retryAt(state: RecordView['state'], link: Link | null, plan: Plan): string | null {
  if (state !== 'waiting') return null;
  return (plan.kind === 'leave' ? plan.retryAt : null) ?? link?.retryAt ?? null;
}

/** Fields that no sync brings together. */
function stayingInWords(plan: Plan): string {
  const count =
    plan.kind === 'update'
      ? plan.fields.filter((field) => field.kind === 'left' && field.reason !== null).length
      : 0;
  if (count === 0) return '';
  return count === 1 ? ' 1 field stays different.' : ` ${count} fields stay different.`;
}

function headline(
  state: RecordView['state'],
  { salesforce }: Pair,
  plan: Plan,
  why: Reason | null,
): string {
  if (why !== null) return explain(why).sentence;
  if (state === 'inSync' && salesforce) {
    const staying = stayingInWords(plan);
    return `In sync with the Salesforce ${salesforce.object.toLowerCase()} ${nameOf(salesforce)}.${staying}`;
  }
  return salesforce
    ? `Salesforce has a ${salesforce.object.toLowerCase()} with this e-mail address; the next sync pairs them.`
    : 'Not synced yet; the next sync creates this person in Salesforce.';
}

function nameOf(record: SalesforceRecord): string {
  const parts = [record.fields.FirstName, record.fields.LastName].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  return parts.length > 0 ? parts.join(' ') : record.id;
}

function ownerName({ fields }: SalesforceRecord, { owners }: Workspace): string | null {
  return typeof fields.OwnerId === 'string' ? owners.name(fields.OwnerId) : null;
}

const statusOf = ({ object, fields }: SalesforceRecord): string | null =>
  object === 'Lead' && typeof fields.Status === 'string' ? fields.Status : null;

/** The newest entries that came of one sync, by the sides they were written on. */
function lastWrite(entries: readonly HistoryEntry[]): RecordView['lastWrite'] {
  const written = entries.filter(({ side }) => side !== 'pair');
  const [newest] = written;
  if (!newest) return null;
  const together = written.filter((entry) => isOneSync(newest, entry));
  const sides = new Set(together.map(({ side }) => side));
  return {
    at: newest.at,
    direction: sides.size > 1 ? 'bothWays' : sides.has('hubspot') ? 'toHubSpot' : 'toSalesforce',
    fields: together.reduce((sum, { fields }) => sum + fields.length, 0),
  };
}
