// Salesforce campaigns on the contact: additions and removals, read in bulk (native-connector §11.1).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/sync/runs/control.ts';
import { aPerson, properties } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
let spring = '';
let autumn = '';
beforeAll(async () => {
  world = await createWorld();
  spring = world.salesforce.org.insert('Campaign', { Name: 'Spring' });
  autumn = world.salesforce.org.insert('Campaign', { Name: 'Autumn' });
});
afterAll(() => world.close());

const campaigns = (contactId: string): string[] =>
  (properties(world, contactId).tandem_campaign_ids ?? '').split(';').filter(Boolean).sort();

const add = (campaignId: string, leadId: string): string =>
  world.salesforce.org.insert('CampaignMember', { CampaignId: campaignId, LeadId: leadId });

describe('campaigns of a lead', () => {
  it('come with a new person, and every addition and removal follows', async () => {
    const leadId = world.salesforce.org.insert('Lead', {
      LastName: 'Ada',
      Company: 'Acme',
      Email: 'ada@example.com',
    });
    add(spring, leadId);
    await world.settle();
    const contactId = world.hubspot.portal.byEmail('ada@example.com')?.id ?? '';
    expect(campaigns(contactId)).toEqual([spring]);
    const membership = add(autumn, leadId);
    await world.settle();
    expect(campaigns(contactId)).toEqual([spring, autumn].sort());
    world.salesforce.org.remove('CampaignMember', membership);
    await world.settle();
    expect(campaigns(contactId)).toEqual([spring]);
  });

  it('move along when the lead is converted', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    add(spring, salesforceId);
    await world.settle();
    world.salesforce.org.convertLead(salesforceId);
    await world.settle();
    expect(campaigns(contactId)).toEqual([spring]);
  });

  it('are set back when somebody edits the property in HubSpot', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    add(spring, salesforceId);
    await world.settle();
    world.hubspot.portal.update(contactId, { tandem_campaign_ids: 'nonsense' });
    await world.settle();
    expect(campaigns(contactId)).toEqual([spring]);
  });

  it('that were removed unseen are noticed by an import', async () => {
    const { contactId, salesforceId } = await aPerson(world);
    const membership = add(spring, salesforceId);
    await world.settle();
    world.salesforce.org.remove('CampaignMember', membership);
    await run(world.pipeline, { kind: 'import', scope: {} });
    expect(campaigns(contactId)).toEqual([]);
  });

  it('of many people cost a fixed handful of calls', async () => {
    const people = Array.from({ length: 300 }, (_, index) =>
      world.salesforce.org.insert('Lead', {
        LastName: `Many ${index}`,
        Company: 'Acme',
        Email: `many${index}@example.com`,
      }),
    );
    for (const id of people) add(autumn, id);
    world.resetCalls();
    await world.settle();
    expect(world.hubspot.portal.byEmail('many299@example.com')?.properties).toMatchObject({
      tandem_campaign_ids: autumn,
    });
    expect(world.salesforce.calls.total).toBeLessThan(40);
  });
});
