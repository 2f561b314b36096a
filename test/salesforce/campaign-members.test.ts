import { describe, expect, it } from 'vitest';
import { seedContacts, seedLeads, startSignedIn } from './fixture.ts';

describe('Who is in a campaign', () => {
  it('comes in pages of 2,000; a converted lead is its contact', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const [campaign = '', other = ''] = org.seed([
      { object: 'Campaign', fields: { Name: 'Fair' } },
      { object: 'Campaign', fields: { Name: 'Other' } },
    ]);
    const leads = seedLeads(org, 2_100);
    const [contact = ''] = seedContacts(org, 1);
    org.seed([
      ...leads.map((LeadId) => ({
        object: 'CampaignMember',
        fields: { CampaignId: campaign, LeadId },
      })),
      { object: 'CampaignMember', fields: { CampaignId: campaign, ContactId: contact } },
      { object: 'CampaignMember', fields: { CampaignId: other, ContactId: contact } },
    ]);
    const [converted = ''] = leads;
    const { contactId } = org.convertLead(converted);
    standIn.apiUsage.reset();
    const first = await salesforce.records.campaignMembers(campaign, null);
    const second = await salesforce.records.campaignMembers(campaign, first.afterId);
    expect(standIn.apiUsage.used).toBe(2);
    expect(first.members).toHaveLength(2_000);
    expect(second.afterId).toBe(null);
    const all = [...first.members, ...second.members];
    expect(all).toHaveLength(2_101);
    expect(all).toContainEqual({ object: 'Contact', id: contactId });
    expect(all).toContainEqual({ object: 'Contact', id: contact });
    expect(all).toContainEqual({ object: 'Lead', id: leads[1] });
    expect(all).not.toContainEqual({ object: 'Lead', id: converted });
  });

  it('is nobody when there is no such campaign', async () => {
    const { salesforce } = await startSignedIn();
    for (const id of ['7015g0000000999', 'nonsense'])
      expect(await salesforce.records.campaignMembers(id, null)).toEqual({
        members: [],
        afterId: null,
      });
  });
});
