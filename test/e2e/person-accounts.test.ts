// Person accounts: contacts that are their own account. They sync as contacts; what belongs to the account is
// changed there (salesforce-api §6).
import { afterAll, beforeAll, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { linkOf, properties } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ personAccounts: true });
  await world.configure({
    mappings: { defaultRules: { lastname: 'twoWay', jobtitle: 'twoWay' } },
  });
});
afterAll(() => world.close());

let sequence = 0;

async function aPersonAccount(): Promise<{ id: string; contactId: string; accountId: string }> {
  const email = `solo${(sequence += 1)}@example.com`;
  const { accountId, contactId } = world.salesforce.org.insertPerson({
    LastName: 'Solo',
    Email: email,
  });
  await world.settle();
  return { id: world.hubspot.portal.byEmail(email)?.id ?? '', contactId, accountId };
}

it('A person account enters HubSpot as a contact, with its account', async () => {
  const { id, contactId, accountId } = await aPersonAccount();
  expect(await linkOf(world, id)).toMatchObject({
    state: 'inSync',
    salesforceObject: 'Contact',
    salesforceId: contactId,
  });
  expect(properties(world, id)).toMatchObject({
    lastname: 'Solo',
    tandem_contact_id: contactId,
    tandem_account_id: accountId,
  });
});

it('Its name can be changed on the account only: left out in words, the rest goes', async () => {
  const { id, contactId } = await aPersonAccount();
  world.hubspot.portal.update(id, { lastname: 'Duet', jobtitle: 'Singer' });
  await world.settle();
  expect(world.salesforce.org.get('Contact', contactId)).toMatchObject({
    LastName: 'Solo',
    Title: 'Singer',
  });
  const why = (await linkOf(world, id))?.fieldReasons.lastname;
  expect(why && [why.code, explain(why).sentence]).toEqual([
    'PERSON_ACCOUNT_NAME',
    'Last Name of a person account can be changed on its account only; it was left out.',
  ]);
});
