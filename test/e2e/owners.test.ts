// Owners: two-way whatever the rule says, matched by e-mail address, and not every owner of one side exists
// on the other (native-connector §2, §6).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX_QUEUE, SANDBOX_USERS } from '../../src/sandbox/salesforce/stand-in.ts';
import {
  hubspotUserIn,
  salesforceUserIn,
  type HubSpotUser,
  type SalesforceUser,
} from './support/crm-users.ts';
import { createWorld, type World } from './support/world.ts';

/** HubSpot's owners; Elena has no user in Salesforce. */
const MAYA = '71000101';
const JONAS = '71000102';
const ELENA = '71000105';

let world: World;
let inHubSpot: HubSpotUser;
let inSalesforce: SalesforceUser;

beforeAll(async () => {
  world = await createWorld();
  inHubSpot = hubspotUserIn(world);
  inSalesforce = await salesforceUserIn(world);
});
afterAll(() => world.close());

let sequence = 0;

async function aLeadOf(ownerId: string): Promise<{ leadId: string; hubspotId: string }> {
  sequence += 1;
  const email = `person${sequence}@example.com`;
  const [leadId = ''] = await inSalesforce.create('Lead', [
    { Email: email, LastName: 'Berg', Company: 'Acme', OwnerId: ownerId },
  ]);
  await world.settle();
  const contact = await inHubSpot.readByEmail(email, ['hs_object_id']);
  return { leadId, hubspotId: contact?.hs_object_id ?? '' };
}

const chooseInHubSpot = (hubspotId: string, owner: string): Promise<void> =>
  inHubSpot.update([{ id: hubspotId, properties: { hubspot_owner_id: owner } }]);

async function owners(leadId: string, hubspotId: string): Promise<readonly unknown[]> {
  await world.settle();
  const contacts = await inHubSpot.read([hubspotId], ['hubspot_owner_id']);
  const leads = await inSalesforce.read('Lead', [leadId], ['OwnerId']);
  return [contacts.get(hubspotId)?.hubspot_owner_id ?? null, leads.get(leadId)?.OwnerId];
}

describe('An owner chosen in HubSpot', () => {
  it('is set back to Salesforce’s when Salesforce has no such user', async () => {
    const { leadId, hubspotId } = await aLeadOf(SANDBOX_USERS.maya.id);
    await chooseInHubSpot(hubspotId, ELENA);
    expect(await owners(leadId, hubspotId)).toEqual([MAYA, SANDBOX_USERS.maya.id]);
  });

  it('takes over a lead that belonged to a queue', async () => {
    const { leadId, hubspotId } = await aLeadOf(SANDBOX_QUEUE.id);
    expect(await owners(leadId, hubspotId)).toEqual([null, SANDBOX_QUEUE.id]);
    await chooseInHubSpot(hubspotId, JONAS);
    expect(await owners(leadId, hubspotId)).toEqual([JONAS, SANDBOX_USERS.jonas.id]);
  });

  it('does not take over a lead that somebody took in Salesforce meanwhile', async () => {
    const { leadId, hubspotId } = await aLeadOf(SANDBOX_QUEUE.id);
    await chooseInHubSpot(hubspotId, JONAS);
    await inSalesforce.update('Lead', [{ id: leadId, fields: { OwnerId: SANDBOX_USERS.maya.id } }]);
    expect(await owners(leadId, hubspotId)).toEqual([MAYA, SANDBOX_USERS.maya.id]);
  });
});
