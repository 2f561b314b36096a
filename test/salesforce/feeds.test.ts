import { describe, expect, it } from 'vitest';
import type { SalesforceCursors } from '../../src/salesforce/port.ts';
import { FIELDS, seedContacts, seedLeads, startSignedIn } from './fixture.ts';

describe('Walking through all leads', () => {
  it('goes in ascending id, 2,000 a call', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = seedLeads(org, 4_500);
    const walked: string[] = [];
    let afterId: string | null = null;
    do {
      const page = await salesforce.records.list('Lead', afterId, FIELDS.Lead);
      walked.push(...page.records.map(({ id }) => id));
      afterId = page.afterId;
    } while (afterId !== null);
    expect(walked).toEqual([...ids].sort());
    expect(standIn.apiUsage.used).toBe(3);
    expect(await salesforce.records.count(['Contact', 'Lead'])).toEqual([0, 4_500]);
  });

  it('ends after a page that is exactly full', async () => {
    const { salesforce, org } = await startSignedIn();
    seedLeads(org, 2_000);
    const first = await salesforce.records.list('Lead', null, FIELDS.Lead);
    const rest = await salesforce.records.list('Lead', first.afterId, FIELDS.Lead);
    expect(rest).toMatchObject({ records: [], afterId: null });
  });
});

describe('Polling for changes', () => {
  const newYear = { stamp: '2026-01-01T00:00:00.000Z', id: '' };
  const start: SalesforceCursors = { Lead: newYear, Contact: newYear, CampaignMember: newYear };
  const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

  it('asks for leads and contacts in one call, deleted ones included', async () => {
    const { salesforce, standIn, org, clock } = await startSignedIn();
    const leads = seedLeads(org, 3);
    const contacts = seedContacts(org, 2);
    org.remove('Lead', leads[1] ?? '');
    const until = new Date(clock.now());
    const page = await salesforce.records.changed(start, until, FIELDS);
    expect(page.records.map(({ id }) => id).sort()).toEqual([...leads, ...contacts].sort());
    expect(page.records.filter(({ isDeleted }) => isDeleted).map(({ id }) => id)).toEqual([
      leads[1],
    ]);
    expect(page.done).toBe(true);
    const reached = { stamp: until.toISOString(), id: '' };
    expect(page.cursors).toEqual({ Lead: reached, Contact: reached, CampaignMember: reached });
    expect(standIn.apiUsage.used).toBe(1);
  });

  it('walks through thousands of rows of one second, none twice, none lost', async () => {
    const { salesforce, org } = await startSignedIn();
    const ids = [
      ...seedLeads(org, 3_000, () => ({ SystemModstamp: at(10) })),
      ...seedLeads(org, 1_500, (index) => ({ SystemModstamp: at(11 + (index % 2)) })),
    ];
    const seen: string[] = [];
    let cursors = start;
    let done: boolean;
    do {
      const page = await salesforce.records.changed(cursors, new Date(at(12)), FIELDS);
      seen.push(...page.records.map(({ id }) => id));
      ({ cursors, done } = page);
    } while (!done);
    expect(seen).toHaveLength(4_500);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  it('looks neither before its cursor nor past its end', async () => {
    const { salesforce, org } = await startSignedIn();
    const ids = seedLeads(org, 6, (index) => ({ SystemModstamp: at(index) }));
    const cursors = { ...start, Lead: { stamp: at(2), id: ids[2] ?? '' } };
    const page = await salesforce.records.changed(cursors, new Date(at(4)), FIELDS);
    expect(page.records.map(({ id }) => id)).toEqual([ids[3], ids[4]]);
  });

  describe('among campaign members', () => {
    const until = (clock: { now: () => number }): Date => new Date(clock.now());
    const since = (clock: { now: () => number }): SalesforceCursors => {
      const now = { stamp: new Date(clock.now()).toISOString(), id: '' };
      return { Lead: now, Contact: now, CampaignMember: now };
    };

    it('names the people who were added or whose status changed, each once', async () => {
      const { salesforce, standIn, org, clock } = await startSignedIn();
      const [campaign = '', other = ''] = ['Spring', 'Autumn'].map((Name) =>
        org.insert('Campaign', { Name }),
      );
      const [lead = '', unchanged = ''] = seedLeads(org, 2);
      const [contact = ''] = seedContacts(org, 1);
      org.insert('CampaignMember', { CampaignId: campaign, LeadId: unchanged });
      const earlier = org.insert('CampaignMember', { CampaignId: campaign, ContactId: contact });
      clock.advance(60_000);
      const cursors = since(clock);
      org.insert('CampaignMember', { CampaignId: campaign, LeadId: lead });
      org.insert('CampaignMember', { CampaignId: other, LeadId: lead });
      org.update('CampaignMember', earlier, { Status: 'Responded' });
      const page = await salesforce.records.changed(cursors, until(clock), FIELDS);
      expect(page).toMatchObject({ records: [], removedCampaignMembers: [], done: true });
      expect(page.campaignsChanged).toEqual([
        { object: 'Contact', id: contact },
        { object: 'Lead', id: lead },
      ]);
      expect(standIn.apiUsage.used).toBe(1);
    });

    it('names lead and contact of a converted lead', async () => {
      const { salesforce, org, clock } = await startSignedIn();
      const campaign = org.insert('Campaign', { Name: 'Spring' });
      const [lead = ''] = seedLeads(org, 1);
      org.insert('CampaignMember', { CampaignId: campaign, LeadId: lead });
      clock.advance(60_000);
      const cursors = since(clock);
      const { contactId } = org.convertLead(lead);
      const page = await salesforce.records.changed(cursors, until(clock), FIELDS);
      expect(page.campaignsChanged).toEqual([
        { object: 'Lead', id: lead },
        { object: 'Contact', id: contactId },
      ]);
    });

    it('tells which members were removed, of whom Salesforce keeps nothing', async () => {
      const { salesforce, org, clock } = await startSignedIn();
      const campaign = org.insert('Campaign', { Name: 'Spring' });
      const [lead = ''] = seedLeads(org, 1);
      const member = org.insert('CampaignMember', { CampaignId: campaign, LeadId: lead });
      clock.advance(60_000);
      const cursors = since(clock);
      org.remove('CampaignMember', member);
      const page = await salesforce.records.changed(cursors, until(clock), FIELDS);
      expect(page).toMatchObject({ campaignsChanged: [], removedCampaignMembers: [member] });
    });

    it('cannot tell removals of months ago, and says so', async () => {
      const { salesforce } = await startSignedIn();
      const page = await salesforce.records.changed(start, new Date(at(12)), FIELDS);
      expect(page.removedCampaignMembers).toBeNull();
    });

    it('pages on while leads and contacts have nothing new', async () => {
      const { salesforce, org, clock } = await startSignedIn();
      const CampaignId = org.insert('Campaign', { Name: 'Spring' });
      const leads = seedLeads(org, 2_500, () => ({ SystemModstamp: at(0) }));
      const cursors = since(clock);
      org.seed(
        leads.map((LeadId) => ({ object: 'CampaignMember', fields: { CampaignId, LeadId } })),
      );
      const first = await salesforce.records.changed(cursors, until(clock), FIELDS);
      expect(first.done).toBe(false);
      const rest = await salesforce.records.changed(first.cursors, until(clock), FIELDS);
      expect(rest.done).toBe(true);
      const named = [...first.campaignsChanged, ...rest.campaignsChanged].map(({ id }) => id);
      expect(named).toEqual(leads);
    });

    it('sees nobody, and nothing wrong, when the user can’t see campaign members', async () => {
      const { salesforce, org, clock } = await startSignedIn();
      const cursors = since(clock);
      const leads = seedLeads(org, 1);
      org.hideObject('CampaignMember', true);
      const page = await salesforce.records.changed(cursors, until(clock), FIELDS);
      expect(page.records.map(({ id }) => id)).toEqual(leads);
      expect(page).toMatchObject({
        campaignsChanged: [],
        removedCampaignMembers: null,
        done: true,
      });
    });
  });
});
