import { describe, expect, it } from 'vitest';
import { create, remove, seedContacts, seedLeads, startSignedIn } from './fixture.ts';

describe('Deleting', () => {
  it('puts records into the recycle bin, together with other writes in one call', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const leads = seedLeads(org, 300);
    const [contact = ''] = seedContacts(org, 1);
    const outcomes = await salesforce.records.write([
      ...leads.map(remove),
      remove(contact),
      create('101'),
    ]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(standIn.calls.total).toBe(1);
    expect(org.get('Lead', leads[299] ?? '')).toMatchObject({ IsDeleted: true });
    expect(org.all('Lead')).toHaveLength(1);
    expect(org.all('Contact')).toHaveLength(0);
  });

  it('counts what is gone already as deleted', async () => {
    const { salesforce, org } = await startSignedIn();
    const [id = ''] = seedLeads(org, 1);
    const unknown = '00Q000000000999';
    const first = await salesforce.records.write([remove(id)]);
    const second = await salesforce.records.write([remove(id), remove(unknown)]);
    expect([...first, ...second].map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  it('is repeated when the answer is lost', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const [id = ''] = seedLeads(org, 1);
    standIn.faults.plan(/DELETE/, { kind: 'resetAfterCommit' });
    expect(await salesforce.records.write([remove(id)])).toEqual([{ ok: true, id }]);
    expect(standIn.calls.total).toBe(2);
  });

  it('is refused row by row', async () => {
    const { salesforce, org } = await startSignedIn();
    const [locked = '', free = ''] = seedLeads(org, 2);
    org.lock(locked);
    expect(await salesforce.records.write([remove(locked), remove(free)])).toMatchObject([
      { ok: false, error: { code: 'UNABLE_TO_LOCK_ROW', retryable: true } },
      { ok: true },
    ]);
  });
});
