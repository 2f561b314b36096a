// What becomes of somebody new in Salesforce: whether they enter HubSpot, on which condition, and which company
// they join there (native-connector §6, §11.6).
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { linkOf, linkOfRecord, properties } from './support/people.ts';
import { expectQuiet, inHubSpot, inOrg } from './support/quiet.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  // What the native connector leaves behind on companies.
  world.hubspot.portal.addCompanyProperty('salesforceaccountid', 'Salesforce Account ID');
});
afterAll(() => world.close());
afterEach(() => world.configure({}));

let sequence = 0;
const nextEmail = (): string => `arrival${(sequence += 1)}@globex.example`;

const anAccount = (): string =>
  world.salesforce.org.insert('Account', { Name: `Account ${(sequence += 1)}` });

const aCompany = (accountId: string): string =>
  world.hubspot.portal.createCompany({
    name: `Company ${(sequence += 1)}`,
    salesforceaccountid: accountId,
  });

describe('A Salesforce contact on an account', () => {
  it('joins the company that has the account, and keeps those it has', async () => {
    const [accountId, otherAccountId] = [anAccount(), anAccount()];
    const [company, other] = [aCompany(accountId), aCompany(otherAccountId)];
    const email = nextEmail();
    const contactId = world.salesforce.org.insert('Contact', {
      LastName: 'Arrival',
      Email: email,
      AccountId: accountId,
    });
    await world.settle();
    const id = world.hubspot.portal.byEmail(email)?.id ?? '';
    expect(properties(world, id)).toMatchObject({ tandem_account_id: accountId });
    expect(world.hubspot.portal.companiesOf(id)).toEqual([company]);
    world.salesforce.org.update('Contact', contactId, { AccountId: otherAccountId });
    await world.settle();
    expect(properties(world, id)).toMatchObject({ tandem_account_id: otherAccountId });
    expect(world.hubspot.portal.companiesOf(id)).toEqual([company, other]);
    await expectQuiet(world, inHubSpot(id));
  });

  it('of a company HubSpot does not know has its account id all the same', async () => {
    const accountId = anAccount();
    const email = nextEmail();
    world.salesforce.org.insert('Contact', {
      LastName: 'Arrival',
      Email: email,
      AccountId: accountId,
    });
    await world.settle();
    const id = world.hubspot.portal.byEmail(email)?.id ?? '';
    expect(properties(world, id)).toMatchObject({ tandem_account_id: accountId });
    expect(world.hubspot.portal.companiesOf(id)).toEqual([]);
    await expectQuiet(world, inHubSpot(id));
  });
});

describe('A new Salesforce record', () => {
  const arrive = async (object: 'Lead' | 'Contact', fields: Record<string, string> = {}) => {
    const email = nextEmail();
    const id = world.salesforce.org.insert(object, {
      LastName: 'Arrival',
      ...(object === 'Lead' ? { Company: 'Globex' } : {}),
      Email: email,
      ...fields,
    });
    await world.settle();
    const reason = (await linkOfRecord(world, id))?.reason ?? null;
    return {
      id,
      email,
      isInHubSpot: world.hubspot.portal.byEmail(email) !== undefined,
      why: reason && [reason.code, explain(reason).sentence],
    };
  };

  it.each([
    ['Lead', { Lead: false }, false],
    ['Contact', { Lead: false }, true],
    ['Lead', { Contact: false }, true],
    ['Contact', { Contact: false }, false],
  ] as const)('(%s) with creation %o enters HubSpot: %s', async (object, switches, enters) => {
    await world.configure({ creation: { inHubSpot: switches } });
    const { id, isInHubSpot, why } = await arrive(object);
    expect(isInHubSpot).toBe(enters);
    expect(why).toEqual(
      enters
        ? null
        : [
            'CREATION_OFF_IN_HUBSPOT',
            `HubSpot has no contact with this e-mail address, and creating contacts from a Salesforce ${object.toLowerCase()} is turned off.`,
          ],
    );
    await expectQuiet(world, inOrg(object, id));
  });

  it('that was kept out comes in when it changes after the switch was turned on', async () => {
    await world.configure({ creation: { inHubSpot: { Lead: false } } });
    const { id, email } = await arrive('Lead');
    await world.configure({});
    world.salesforce.org.update('Lead', id, { Title: 'Chief' });
    await world.settle();
    expect(world.hubspot.portal.byEmail(email)?.properties).toMatchObject({ jobtitle: 'Chief' });
  });

  it.each([
    ['Lead', { Rating: 'Cold' }, { Rating: 'Hot' }, 'Rating', 'Hot'],
    ['Contact', { Department: 'Sales' }, { Department: 'Research' }, 'Department', 'Research'],
  ] as const)(
    '(%s) with %o does not meet the condition, and comes in once it has %o',
    async (object, outside, inside, field, value) => {
      const condition = { clauses: [{ field, comparison: 'is', values: [value] }] };
      await world.configure({ creation: { inHubSpotWhen: { [object]: condition } } });
      const { id, email, isInHubSpot, why } = await arrive(object, outside);
      expect(isInHubSpot).toBe(false);
      expect(why).toEqual([
        'CREATION_CONDITION_NOT_MET',
        `HubSpot has no contact with this e-mail address, and the Salesforce ${object.toLowerCase()} does not meet the condition for creating one.`,
      ]);
      await expectQuiet(world, inOrg(object, id));
      expect((await arrive(object, inside)).isInHubSpot).toBe(true);
      expect((await arrive(object === 'Lead' ? 'Contact' : 'Lead')).isInHubSpot).toBe(true);
      world.salesforce.org.update(object, id, inside);
      await world.settle();
      expect(world.hubspot.portal.byEmail(email)).toBeDefined();
      expect((await linkOfRecord(world, id))?.reason).toBeNull();
      await expectQuiet(world, inOrg(object, id));
    },
  );

  it('that is in HubSpot already is paired, whatever the condition says', async () => {
    const isHot = { clauses: [{ field: 'Rating', comparison: 'is', values: ['Hot'] }] };
    await world.configure({
      creation: { inSalesforce: 'nothing', inHubSpotWhen: { Lead: isHot } },
    });
    const email = nextEmail();
    const { id } = world.hubspot.portal.create({ email, lastname: 'Newcomer' });
    const leadId = world.salesforce.org.insert('Lead', {
      LastName: 'Arrival',
      Company: 'Globex',
      Email: email,
    });
    await world.settle();
    expect(await linkOf(world, id)).toMatchObject({ state: 'inSync', salesforceId: leadId });
    await expectQuiet(world, inHubSpot(id));
  });
});
