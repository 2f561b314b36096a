import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './fixture.ts';

describe('Merging (salesforce-api §3)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const contact = (LastName: string): string => sandbox.org.insert('Contact', { LastName });

  it('deletes the losers, which name their master, and stamps the master', async () => {
    const [master, one, other] = ['A', 'B', 'C'].map(contact) as [string, string, string];
    sandbox.clock.advance(90_000);
    sandbox.org.merge('Contact', master, [one, other.slice(0, 15)]);
    const { records } = await sandbox.connection.query(
      'SELECT Id, LastName, IsDeleted, MasterRecordId, SystemModstamp FROM Contact ORDER BY Id',
      { scanAll: true },
    );
    const SystemModstamp = '2026-11-23T10:01:30.000+0000';
    expect(records).toMatchObject([
      { Id: master, LastName: 'A', IsDeleted: false, MasterRecordId: null, SystemModstamp },
      { Id: one, IsDeleted: true, MasterRecordId: master, SystemModstamp },
      { Id: other, IsDeleted: true, MasterRecordId: master, SystemModstamp },
    ]);
    expect((await sandbox.connection.query('SELECT Id FROM Contact')).totalSize).toBe(1);
  });

  it('moves campaign members to the master, one for a campaign', () => {
    const [spring, autumn] = ['Spring', 'Autumn'].map((Name) =>
      sandbox.org.insert('Campaign', { Name }),
    ) as [string, string];
    const [master, loser] = ['A', 'B'].map(contact) as [string, string];
    const member = (ContactId: string, CampaignId: string): string =>
      sandbox.org.insert('CampaignMember', { ContactId, CampaignId });
    const own = member(master, spring);
    member(loser, spring);
    const moved = member(loser, autumn);
    sandbox.org.merge('Contact', master, [loser]);
    expect(sandbox.org.all('CampaignMember')).toMatchObject([
      { Id: own, ContactId: master, CampaignId: spring },
      { Id: moved, ContactId: master, CampaignId: autumn },
    ]);
  });

  it('moves the contacts of accounts and the leads converted into contacts', () => {
    const [kept, gone] = ['A', 'B'].map((Name) => sandbox.org.insert('Account', { Name })) as [
      string,
      string,
    ];
    const leadId = sandbox.org.insert('Lead', { LastName: 'L', Company: 'C' });
    const { contactId } = sandbox.org.convertLead(leadId, { accountId: gone });
    const master = contact('M');
    sandbox.org.merge('Account', kept, [gone]);
    sandbox.org.merge('Contact', master, [contactId]);
    expect(sandbox.org.get('Contact', contactId)).toMatchObject({ AccountId: kept });
    expect(sandbox.org.get('Lead', leadId)).toMatchObject({
      ConvertedAccountId: kept,
      ConvertedContactId: master,
    });
  });

  it('is over when a loser is taken out of the recycle bin: same id, nobody’s loser', () => {
    const [master, loser] = ['A', 'B'].map(contact) as [string, string];
    sandbox.org.merge('Contact', master, [loser]);
    sandbox.clock.advance(5_000);
    sandbox.org.undelete('Contact', loser);
    expect(sandbox.org.get('Contact', loser)).toMatchObject({
      IsDeleted: false,
      MasterRecordId: null,
      SystemModstamp: '2026-11-23T10:00:05.000+0000',
    });
  });

  it.each(['the master itself', 'a deleted record'])('refuses %s as a loser', (kind) => {
    const [master, deleted] = ['A', 'B'].map(contact) as [string, string];
    sandbox.org.remove('Contact', deleted);
    const loser = kind === 'a deleted record' ? deleted : master;
    expect(() => {
      sandbox.org.merge('Contact', master, [loser]);
    }).toThrow();
    expect(sandbox.org.get('Contact', master)).toMatchObject({ IsDeleted: false });
  });
});
