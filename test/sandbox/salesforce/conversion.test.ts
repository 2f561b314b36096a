import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX_QUEUE, SANDBOX_USERS } from '../../../src/sandbox/salesforce/stand-in.ts';
import { startSandbox, type Sandbox } from './fixture.ts';

const LEAD = {
  FirstName: 'Ada',
  LastName: 'Lovelace',
  Company: 'Engines',
  Email: 'ada@example.com',
  City: 'London',
  Score__c: 7,
};

describe('Converting a lead (salesforce-api §6)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const lead = (fields: Record<string, string> = {}): string =>
    sandbox.org.insert('Lead', { ...LEAD, ...fields });
  const found = async (soql: string): Promise<unknown[]> =>
    (await sandbox.connection.query(soql)).records;

  it('makes a contact and an account, and the lead points at both', async () => {
    const id = lead();
    sandbox.clock.advance(60_000);
    const { contactId, accountId } = sandbox.org.convertLead(id);
    expect(
      await found(
        'SELECT IsConverted, ConvertedContactId, ConvertedAccountId, ConvertedDate, Status, SystemModstamp FROM Lead',
      ),
    ).toMatchObject([
      {
        IsConverted: true,
        ConvertedContactId: contactId,
        ConvertedAccountId: accountId,
        ConvertedDate: '2026-11-23',
        Status: 'Closed - Converted',
        SystemModstamp: '2026-11-23T10:01:00.000+0000',
      },
    ]);
    expect(
      await found('SELECT Id, Name, Email, MailingCity, Score__c, Account.Name FROM Contact'),
    ).toMatchObject([
      {
        Id: contactId,
        Name: 'Ada Lovelace',
        Email: 'ada@example.com',
        MailingCity: 'London',
        Score__c: 7,
        Account: { Name: 'Engines' },
      },
    ]);
  });

  it('leaves the lead read-only', async () => {
    const id = lead();
    sandbox.org.convertLead(id);
    const { json } = await sandbox.call('PATCH', `/sobjects/Lead/${id}`, { Title: 'x' });
    expect(json).toMatchObject([{ errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD' }]);
    expect(() => sandbox.org.convertLead(id)).toThrow('cannot reference converted lead');
  });

  it('takes a contact that is there, fills what is blank and keeps the rest', () => {
    const account = sandbox.org.insert('Account', { Name: 'Analytical' });
    const contact = sandbox.org.insert('Contact', {
      LastName: 'Byron',
      Email: 'byron@example.com',
      AccountId: account,
    });
    const converted = sandbox.org.convertLead(lead(), { contactId: contact.slice(0, 15) });
    expect(converted).toEqual({ contactId: contact, accountId: account });
    expect(sandbox.org.get('Contact', contact)).toMatchObject({
      FirstName: 'Ada',
      LastName: 'Byron',
      Email: 'byron@example.com',
      MailingCity: 'London',
    });
    expect(sandbox.org.all('Contact')).toHaveLength(1);
    expect(sandbox.org.all('Account')).toHaveLength(1);
  });

  it('takes an account that is there', () => {
    const accountId = sandbox.org.insert('Account', { Name: 'Analytical' });
    const { contactId } = sandbox.org.convertLead(lead(), { accountId });
    expect(sandbox.org.get('Contact', contactId)).toMatchObject({ AccountId: accountId });
  });

  it('hands the HubSpot id on, unless another contact has it', () => {
    const first = sandbox.org.convertLead(lead({ Tandem_HubSpot_Id__c: '101' }));
    const second = sandbox.org.convertLead(lead({ Tandem_HubSpot_Id__c: '102' }));
    sandbox.org.insert('Contact', { LastName: 'C', Tandem_HubSpot_Id__c: '103' });
    const third = sandbox.org.convertLead(lead({ Tandem_HubSpot_Id__c: '103' }));
    expect(
      [first, second, third].map(
        ({ contactId }) => sandbox.org.get('Contact', contactId)?.['Tandem_HubSpot_Id__c'],
      ),
    ).toEqual(['101', '102', null]);
  });

  it('keeps the owner, but for a queue', () => {
    const owned = sandbox.org.convertLead(lead({ OwnerId: SANDBOX_USERS.jonas.id }));
    const queued = sandbox.org.convertLead(lead({ OwnerId: SANDBOX_QUEUE.id }));
    expect(sandbox.org.get('Contact', owned.contactId)?.OwnerId).toBe(SANDBOX_USERS.jonas.id);
    expect(sandbox.org.get('Contact', queued.contactId)?.OwnerId).toBe(SANDBOX_USERS.maya.id);
  });

  it('lets its campaign members stand for the contact too, one for a campaign', () => {
    const [spring, autumn] = ['Spring', 'Autumn'].map((Name) =>
      sandbox.org.insert('Campaign', { Name }),
    ) as [string, string];
    const contactId = sandbox.org.insert('Contact', { LastName: 'A' });
    const leadId = lead();
    const alone = sandbox.org.insert('CampaignMember', { CampaignId: spring, LeadId: leadId });
    sandbox.org.insert('CampaignMember', { CampaignId: autumn, LeadId: leadId });
    const twin = sandbox.org.insert('CampaignMember', { CampaignId: autumn, ContactId: contactId });
    sandbox.clock.advance(5_000);
    sandbox.org.convertLead(leadId, { contactId });
    expect(sandbox.org.all('CampaignMember')).toMatchObject([
      { Id: alone, LeadId: leadId, ContactId: contactId, CampaignId: spring },
      { Id: twin, LeadId: leadId, ContactId: contactId, CampaignId: autumn },
    ]);
    expect(sandbox.org.get('CampaignMember', alone)?.SystemModstamp).toBe(
      '2026-11-23T10:00:05.000+0000',
    );
  });

  it('changes nothing when it fails', () => {
    const id = lead();
    const gone = sandbox.org.insert('Contact', { LastName: 'Gone' });
    sandbox.org.remove('Contact', gone);
    expect(() => sandbox.org.convertLead(id, { contactId: gone })).toThrow();
    expect(sandbox.org.get('Lead', id)).toMatchObject({ IsConverted: false });
    expect(sandbox.org.all('Account')).toHaveLength(0);
  });
});
