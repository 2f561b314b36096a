import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX_QUEUE } from '../../../src/sandbox/salesforce/stand-in.ts';
import { refusalOf, startSandbox, type Sandbox } from './fixture.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

describe('Campaign members (salesforce-api §6)', () => {
  it('are found by lead, by contact and by stamp', async () => {
    const campaign = sandbox.org.insert('Campaign', { Name: 'Spring' });
    const lead = sandbox.org.insert('Lead', { LastName: 'A', Company: 'C' });
    const contact = sandbox.org.insert('Contact', { LastName: 'B' });
    const ofLead = sandbox.org.insert('CampaignMember', { CampaignId: campaign, LeadId: lead });
    sandbox.clock.advance(60_000);
    const ofContact = sandbox.org.insert('CampaignMember', {
      CampaignId: campaign,
      ContactId: contact,
      Status: 'Responded',
    });
    const fields = 'Id, LeadId, ContactId, CampaignId, Status, IsDeleted, SystemModstamp';
    const found = async (where: string): Promise<unknown[]> => {
      const soql = `SELECT ${fields} FROM CampaignMember WHERE ${where}`;
      return (await sandbox.connection.query(soql, { scanAll: true })).records;
    };
    expect(await found(`LeadId IN ('${lead}')`)).toMatchObject([
      { Id: ofLead, ContactId: null, Status: 'Sent', IsDeleted: false },
    ]);
    expect(await found(`ContactId IN ('${contact.slice(0, 15)}')`)).toMatchObject([
      { Id: ofContact, LeadId: null, CampaignId: campaign, Status: 'Responded' },
    ]);
    expect(await found('SystemModstamp > 2026-11-23T10:00:00Z')).toMatchObject([{ Id: ofContact }]);
  });

  it('leave nothing behind when removed: only getDeleted knows of them', async () => {
    const campaign = sandbox.org.insert('Campaign', { Name: 'Spring' });
    const contact = sandbox.org.insert('Contact', { LastName: 'B' });
    const member = sandbox.org.insert('CampaignMember', {
      CampaignId: campaign,
      ContactId: contact,
    });
    sandbox.org.remove('CampaignMember', member);
    const all = await sandbox.connection.query('SELECT Id FROM CampaignMember', { scanAll: true });
    expect(all.totalSize).toBe(0);
    const { json } = await sandbox.call(
      'GET',
      '/sobjects/CampaignMember/deleted?start=2026-11-23T10:00:00Z&end=2026-11-23T10:01:00Z',
    );
    expect(json).toMatchObject({ deletedRecords: [{ id: member }] });
    expect(() => {
      sandbox.org.undelete('CampaignMember', member);
    }).toThrow();
  });

  it('can be hidden from the integration user as a whole', async () => {
    const soql = 'SELECT Id FROM CampaignMember';
    sandbox.org.hideObject('CampaignMember', true);
    expect(await refusalOf(sandbox.connection.query(soql))).toMatchObject({
      errorCode: 'INVALID_TYPE',
      message: expect.stringContaining("sObject type 'CampaignMember' is not supported") as string,
    });
    expect((await sandbox.call('GET', '/sobjects/CampaignMember/describe')).status).toBe(404);
    sandbox.org.hideObject('CampaignMember', false);
    expect((await sandbox.connection.query(soql)).totalSize).toBe(0);
  });
});

describe('Queues', () => {
  it('are groups, and say what their members may own', async () => {
    const id = sandbox.org.addQueue('Partners');
    const groups = await sandbox.connection.query(
      "SELECT Id, Name, Email, Type FROM Group WHERE Type = 'Queue' ORDER BY Name",
    );
    expect(groups.records).toMatchObject([
      { Id: SANDBOX_QUEUE.id, Name: 'Inbound Leads', Email: null, Type: 'Queue' },
      { Id: id, Name: 'Partners' },
    ]);
    const leads = await sandbox.connection.query(
      "SELECT QueueId, Queue.Name FROM QueueSobject WHERE SobjectType = 'Lead' ORDER BY QueueId",
    );
    expect(leads.records).toMatchObject([
      { QueueId: SANDBOX_QUEUE.id, Queue: { Name: 'Inbound Leads' } },
      { QueueId: id, Queue: { Name: 'Partners' } },
    ]);
  });

  it('own leads under their name', async () => {
    sandbox.org.insert('Lead', { LastName: 'A', Company: 'C', OwnerId: SANDBOX_QUEUE.id });
    const { records } = await sandbox.connection.query(
      "SELECT Owner.Name, OwnerId FROM Lead WHERE Owner.Name = 'Inbound Leads'",
    );
    expect(records).toMatchObject([
      { OwnerId: SANDBOX_QUEUE.id, Owner: { Name: 'Inbound Leads' } },
    ]);
  });
});
