import { describe, expect, it } from 'vitest';
import { seedContacts, seedLeads, startSignedIn } from './fixture.ts';

describe('The campaigns of people (native-connector §11)', () => {
  it('are told for everybody asked, in order, none as none', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const [spring = '', autumn = ''] = ['Spring', 'Autumn'].map((Name) =>
      org.insert('Campaign', { Name }),
    );
    const [lead = '', loner = ''] = seedLeads(org, 2);
    const [contact = ''] = seedContacts(org, 1);
    for (const CampaignId of [autumn, spring])
      org.insert('CampaignMember', { CampaignId, LeadId: lead });
    org.insert('CampaignMember', { CampaignId: autumn, ContactId: contact });
    const asked = { Lead: [lead.slice(0, 15), loner, 'nonsense'], Contact: [contact] };
    expect(await salesforce.records.campaigns(asked)).toEqual(
      new Map([
        [lead.slice(0, 15), [spring, autumn]],
        [loner, []],
        ['nonsense', []],
        [contact, [autumn]],
      ]),
    );
    expect(standIn.calls.total).toBe(1);
  });

  it('go with a converted lead to its contact, and no longer count once removed', async () => {
    const { salesforce, org } = await startSignedIn();
    const campaign = org.insert('Campaign', { Name: 'Spring' });
    const [lead = ''] = seedLeads(org, 1);
    const member = org.insert('CampaignMember', { CampaignId: campaign, LeadId: lead });
    const { contactId } = org.convertLead(lead);
    const ids = { Lead: [lead], Contact: [contactId] };
    expect([...(await salesforce.records.campaigns(ids)).values()]).toEqual([
      [campaign],
      [campaign],
    ]);
    org.remove('CampaignMember', member);
    expect([...(await salesforce.records.campaigns(ids)).values()]).toEqual([[], []]);
  });

  it('take one call for 2,500 people in one campaign each', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const CampaignId = org.insert('Campaign', { Name: 'Spring' });
    const ids = { Lead: seedLeads(org, 1_500), Contact: seedContacts(org, 1_000) };
    org.seed([
      ...ids.Lead.map((LeadId) => ({ object: 'CampaignMember', fields: { CampaignId, LeadId } })),
      ...ids.Contact.map((ContactId) => ({
        object: 'CampaignMember',
        fields: { CampaignId, ContactId },
      })),
    ]);
    const campaigns = await salesforce.records.campaigns(ids);
    expect([...campaigns.values()].every((of) => of.join() === CampaignId)).toBe(true);
    expect(campaigns.size).toBe(2_500);
    expect(standIn.calls.total).toBe(1);
  });

  it('are read to the end when people are in many', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const campaigns = org.seed(
      Array.from({ length: 6 }, (_, index) => ({
        object: 'Campaign',
        fields: { Name: `Campaign ${index}` },
      })),
    );
    const leads = seedLeads(org, 500);
    org.seed(
      leads.flatMap((LeadId) =>
        campaigns.map((CampaignId) => ({
          object: 'CampaignMember',
          fields: { CampaignId, LeadId },
        })),
      ),
    );
    const found = await salesforce.records.campaigns({ Lead: leads, Contact: [] });
    expect([...found.values()].every((of) => of.length === campaigns.length)).toBe(true);
    expect(standIn.calls.total).toBe(2);
  });

  it('are none for a user who can’t see campaign members', async () => {
    const { salesforce, org } = await startSignedIn();
    const [lead = ''] = seedLeads(org, 1);
    org.hideObject('CampaignMember', true);
    const found = await salesforce.records.campaigns({ Lead: [lead], Contact: [] });
    expect(found).toEqual(new Map([[lead, []]]));
  });
});
