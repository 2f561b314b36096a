import { describe, expect, it } from 'vitest';
import { seedContacts, seedLeads, startSignedIn } from './fixture.ts';

describe('What became of records that were not found (salesforce-api §3)', () => {
  it('tells deleted, merged and living ones apart, and nothing of unknown ones', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const [deleted = '', living = ''] = seedLeads(org, 2);
    const [master = '', merged = ''] = seedContacts(org, 2);
    org.remove('Lead', deleted);
    org.merge('Contact', master, [merged]);
    const fates = await salesforce.records.fates({
      Lead: [deleted.slice(0, 15), living, '00Q000000000999', 'nonsense'],
      Contact: [merged],
    });
    expect(fates).toEqual(
      new Map([
        [deleted.slice(0, 15), { isDeleted: true, masterRecordId: null }],
        [living, { isDeleted: false, masterRecordId: null }],
        [merged, { isDeleted: true, masterRecordId: master }],
      ]),
    );
    expect(standIn.calls.total).toBe(1);
  });

  it('forgets the deletion and the merge of what was restored', async () => {
    const { salesforce, org } = await startSignedIn();
    const [master = '', merged = ''] = seedContacts(org, 2);
    org.merge('Contact', master, [merged]);
    org.undelete('Contact', merged);
    const fates = await salesforce.records.fates({ Lead: [], Contact: [merged] });
    expect(fates.get(merged)).toEqual({ isDeleted: false, masterRecordId: null });
  });

  it('asks about 2,500 in one call', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = { Lead: seedLeads(org, 1_500), Contact: seedContacts(org, 1_000) };
    for (const id of ids.Lead) org.remove('Lead', id);
    const fates = await salesforce.records.fates(ids);
    expect([...fates.values()].filter(({ isDeleted }) => isDeleted)).toHaveLength(1_500);
    expect(fates.size).toBe(2_500);
    expect(standIn.calls.total).toBe(1);
  });

  it('asks nobody about nothing', async () => {
    const { salesforce, standIn } = await startSignedIn();
    expect(await salesforce.records.fates({ Lead: [], Contact: ['nonsense'] })).toEqual(new Map());
    expect(standIn.calls.total).toBe(0);
  });
});
