import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './fixture.ts';

describe('Deleted rows (salesforce-api §3)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const deleted = async (object: string): Promise<unknown[]> => {
    const now = sandbox.clock.now();
    const { deletedRecords } = await sandbox.connection
      .sobject(object)
      .deleted(new Date(now - 3_600_000), new Date(now + 60_000));
    return deletedRecords;
  };

  it('are named by getDeleted and found by queryAll on their stamp', async () => {
    const id = sandbox.org.insert('Lead', { LastName: 'A', Company: 'C' });
    sandbox.clock.advance(90_000);
    sandbox.org.remove('Lead', id);
    expect(await deleted('Lead')).toEqual([{ deletedDate: '2026-11-23T10:01:30.000+0000', id }]);
    const { records } = await sandbox.connection.query(
      'SELECT Id, MasterRecordId FROM Lead WHERE IsDeleted = true AND SystemModstamp >= 2026-11-23T10:01:30Z',
      { scanAll: true },
    );
    expect(records).toMatchObject([{ Id: id, MasterRecordId: null }]);
  });

  it('reappear under the same id when undeleted', async () => {
    const id = sandbox.org.insert('Contact', { LastName: 'A' });
    sandbox.org.remove('Contact', id);
    sandbox.org.undelete('Contact', id);
    expect(await deleted('Contact')).toEqual([]);
    expect((await sandbox.connection.query('SELECT Id FROM Contact')).totalSize).toBe(1);
  });

  it('take the campaign memberships of a person with them, without a trace but getDeleted', async () => {
    const campaign = sandbox.org.insert('Campaign', { Name: 'Spring' });
    const contact = sandbox.org.insert('Contact', { LastName: 'A' });
    const member = sandbox.org.insert('CampaignMember', {
      CampaignId: campaign,
      ContactId: contact,
    });
    sandbox.org.remove('Contact', contact);
    const all = await sandbox.connection.query('SELECT Id FROM CampaignMember', { scanAll: true });
    expect(all.totalSize).toBe(0);
    expect(await deleted('CampaignMember')).toMatchObject([{ id: member }]);
  });

  it('leave getUpdated, which names what changed', async () => {
    const kept = sandbox.org.insert('Lead', { LastName: 'A', Company: 'C' });
    const gone = sandbox.org.insert('Lead', { LastName: 'B', Company: 'C' });
    sandbox.org.remove('Lead', gone);
    const { ids } = await sandbox.connection
      .sobject('Lead')
      .updated('2026-11-23T09:00:00Z', '2026-11-23T10:05:00Z');
    expect(ids).toEqual([kept]);
  });

  it('cannot be asked for over less than a minute or more than 30 days back', async () => {
    const asked = (start: string, end: string) =>
      sandbox.call('GET', `/sobjects/Lead/deleted?start=${start}&end=${end}`);
    const short = await asked('2026-11-23T10:00:00Z', '2026-11-23T10:00:30Z');
    expect(short.json).toMatchObject([{ errorCode: 'INVALID_REPLICATION_DATE' }]);
    const old = await asked('2026-10-01T10:00:00Z', '2026-11-23T10:00:00Z');
    expect(old.status).toBe(400);
  });
});
