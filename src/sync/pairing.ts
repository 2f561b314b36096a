// Pinning and breaking a pair: a person's decision is written down in one transaction, with history, and
// then everybody concerned is synced the one way everything goes.
import { breakPair, pin, type Decided } from '../engine/pairing-decisions.ts';
import type { RecordKey, SalesforceRecord } from '../engine/records.ts';
import type { Pipeline } from './pipeline.ts';

export type PairingOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly why: 'recordNotFound' | 'contactNotFound' | 'notPaired' | 'changed';
    };

/** Somebody may be syncing the same people at this moment: then the decision is made from a fresh look. */
const MOST_TRIES = 3;

/** Pairs a contact with a Salesforce record for good; null parts it from the one it has. */
export async function changePairing(
  pipeline: Pipeline,
  hubspotId: string,
  salesforceId: string | null,
  by?: string,
): Promise<PairingOutcome> {
  const contacts = await pipeline.ports.hubspot.contacts.readByIds([hubspotId], ['email']);
  if (contacts.get(hubspotId)?.id !== hubspotId) return { ok: false, why: 'contactNotFound' };
  const record = salesforceId === null ? null : await readRecord(pipeline, salesforceId);
  if (salesforceId !== null && record === null) return { ok: false, why: 'recordNotFound' };
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const decided = await decide(pipeline, hubspotId, record);
    if (decided.length === 0) return { ok: false, why: 'notPaired' };
    if (!(await save(pipeline, decided, by))) continue;
    const sightings = decided.flatMap(({ content }) => keyOf(content));
    await pipeline.sync(
      sightings.map((key) => ({ key, campaigns: true })),
      { cause: 'admin', runId: null, recheck: true, by },
    );
    return { ok: true };
  }
  return { ok: false, why: 'changed' };
}

async function decide(
  { ports }: Pipeline,
  hubspotId: string,
  record: SalesforceRecord | null,
): Promise<readonly Decided[]> {
  const links = await ports.store.links.find({
    hubspot: [hubspotId],
    salesforce: record === null ? [] : [record.id],
  });
  const now = new Date(ports.now()).toISOString();
  const ofContact = links.find((link) => link.hubspotId === hubspotId) ?? null;
  if (record === null) return ofContact ? breakPair(ofContact, now) : [];
  const ofRecord = links.find((link) => link.salesforceId === record.id) ?? null;
  const together = { hubspotId, salesforceId: record.id, salesforceObject: record.object };
  return pin(together, { ofContact, ofRecord }, now);
}

/** All rows or none: each needs an id that another lets go. */
async function save(
  { ports }: Pipeline,
  decided: readonly Decided[],
  by: string | undefined,
): Promise<boolean> {
  const links = decided.map(({ existing, absorbs, content }) => ({
    existing: existing && { id: existing.id, version: existing.version },
    absorbs: absorbs.map(({ id, version }) => ({ id, version })),
    content,
  }));
  const saved = await ports.store.links.record({ links, changes: historyOf(decided, by) });
  return !saved.includes(null);
}

async function readRecord(pipeline: Pipeline, id: string): Promise<SalesforceRecord | null> {
  const ids = { Lead: [], Contact: [], [id.startsWith('003') ? 'Contact' : 'Lead']: [id] };
  const { salesforceFields } = await pipeline.workspaces.current();
  const records = await pipeline.ports.salesforce.records.read(
    { ids, emails: [] },
    salesforceFields,
  );
  const [record] = records;
  return record && !record.isConverted && !record.isDeleted ? record : null;
}

const historyOf = (decided: readonly Decided[], by: string | undefined) =>
  decided.flatMap(({ content, changes }) =>
    changes.map((change) => ({
      ...change,
      hubspotId: content.hubspotId,
      salesforceId: content.salesforceId,
      runId: null,
      cause: 'admin' as const,
      by,
    })),
  );

function keyOf({ hubspotId, salesforceId, salesforceObject }: Decided['content']): RecordKey[] {
  if (hubspotId !== null) return [{ side: 'hubspot', id: hubspotId }];
  return salesforceId !== null && salesforceObject !== null
    ? [{ side: 'salesforce', object: salesforceObject, id: salesforceId }]
    : [];
}
