// What somebody new becomes on the other side: ordered rules, the account of their company, conditions, and
// what required fields are filled with (native-connector §6).
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { inSalesforce, linkOf, linkOfRecord, properties } from './support/people.ts';
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

const aCompany = (accountId: string | null): string =>
  world.hubspot.portal.createCompany({
    name: `Company ${(sequence += 1)}`,
    ...(accountId === null ? {} : { salesforceaccountid: accountId }),
  });

interface Newcomer {
  readonly id: string;
  readonly email: string;
}

/** Somebody new in HubSpot, at a company or at none. */
async function aNewcomer(
  values: Readonly<Record<string, string>> = {},
  companyId: string | null = null,
): Promise<Newcomer> {
  const email = nextEmail();
  const { id } = world.hubspot.portal.create({ email, lastname: 'Newcomer', ...values });
  if (companyId !== null) world.hubspot.portal.associateCompany(id, companyId);
  await world.settle();
  return { id, email };
}

/** What they became, with the fields asked for. */
function became({ email }: Newcomer, ...fields: string[]): unknown {
  const found = inSalesforce(world, email);
  expect(found.length).toBeLessThan(2);
  const [record] = found;
  if (!record) return 'nothing';
  const object = String(record.Id).startsWith('003') ? 'Contact' : 'Lead';
  return fields.length === 0 ? object : [object, ...fields.map((field) => record[field] ?? null)];
}

async function told({ id }: Newcomer): Promise<readonly unknown[]> {
  const link = await linkOf(world, id);
  return [link?.state, link?.reason?.code, link?.reason && explain(link.reason).sentence];
}

/** A look at everybody writes nothing any more. */
async function isQuiet(): Promise<void> {
  world.resetCalls();
  await world.settle();
  const written = Object.keys({
    ...world.hubspot.calls.byEndpoint(),
    ...world.salesforce.calls.byEndpoint(),
  }).filter((endpoint) => /batch\/(update|create|associate)|composite\/sobjects$/.test(endpoint));
  expect(written).toEqual([]);
}

describe('The native switch', () => {
  it.each([
    ['lead', 'Lead'],
    ['contact', 'Contact'],
    ['nothing', 'nothing'],
  ] as const)('%s makes everybody a %s', async (inSalesforceSetting, expected) => {
    await world.configure({ creation: { inSalesforce: inSalesforceSetting } });
    const newcomer = await aNewcomer();
    expect(became(newcomer)).toBe(expected);
    await isQuiet();
  });
});

describe('Ordered rules', () => {
  const byAccount = {
    creation: {
      rules: [{ companyHasAccount: true, becomes: 'contact' }],
      inSalesforce: 'lead',
    },
  };

  it('make somebody whose company has an account a contact of it', async () => {
    await world.configure(byAccount);
    const accountId = anAccount();
    const newcomer = await aNewcomer({}, aCompany(accountId));
    expect(became(newcomer, 'AccountId')).toEqual(['Contact', accountId]);
    expect(properties(world, newcomer.id)).toMatchObject({ tandem_account_id: accountId });
    await isQuiet();
  });

  it.each([
    ['whose company has none', () => aCompany(null)],
    ['without a company', () => null],
  ])('make somebody %s what the switch says', async (_, company) => {
    await world.configure(byAccount);
    expect(became(await aNewcomer({}, company()))).toBe('Lead');
  });

  it('are asked in order, and the first that holds decides', async () => {
    const isPartner = { clauses: [{ field: 'jobtitle', comparison: 'is', values: ['Partner'] }] };
    const isTest = { clauses: [{ field: 'lastname', comparison: 'startsWith', values: ['Test'] }] };
    await world.configure({
      creation: {
        rules: [
          { properties: isTest, becomes: 'nothing' },
          { properties: isPartner, becomes: 'contact' },
        ],
        inSalesforce: 'lead',
      },
    });
    expect(became(await aNewcomer({ jobtitle: 'partner' }))).toBe('Contact');
    expect(became(await aNewcomer({ jobtitle: 'Engineer' }))).toBe('Lead');
    const test = await aNewcomer({ jobtitle: 'Partner', lastname: 'Testperson' });
    expect(became(test)).toBe('nothing');
    expect(await told(test)).toEqual([
      'skipped',
      'CREATION_RULE_SAYS_NOTHING',
      expect.stringMatching(/^[A-Z].*\.$/),
    ]);
  });
});

describe('A contact whose company has no account yet', () => {
  it('is made without one unless it is to wait', async () => {
    await world.configure({ creation: { inSalesforce: 'contact' } });
    expect(became(await aNewcomer({}, aCompany(null)), 'AccountId')).toEqual(['Contact', null]);
  });

  it('waits with a reason, and goes once the company has one', async () => {
    await world.configure({
      creation: { inSalesforce: 'contact', contactWithoutAccount: 'wait' },
    });
    const company = aCompany(null);
    const newcomer = await aNewcomer({}, company);
    expect(became(newcomer)).toBe('nothing');
    expect(await told(newcomer)).toEqual([
      'waiting',
      'WAITING_FOR_ACCOUNT',
      `The new Salesforce contact waits for the account of its company (${company}), which HubSpot does not know yet.`,
    ]);
    expect((await linkOf(world, newcomer.id))?.retryAt).not.toBeNull();
    const accountId = anAccount();
    world.hubspot.portal.updateCompany(company, { salesforceaccountid: accountId });
    world.hubspot.portal.update(newcomer.id, { city: 'Bonn' });
    await world.settle();
    expect(became(newcomer, 'AccountId', 'MailingCity')).toEqual(['Contact', accountId, 'Bonn']);
    await isQuiet();
  });
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
    await isQuiet();
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
  ] as const)('(%s) with creation %o enters HubSpot: %s', async (object, inHubSpot, enters) => {
    await world.configure({ creation: { inHubSpot } });
    const { isInHubSpot, why } = await arrive(object);
    expect(isInHubSpot).toBe(enters);
    if (!enters)
      expect(why).toEqual([
        'CREATION_OFF_IN_HUBSPOT',
        expect.stringContaining(object.toLowerCase()),
      ]);
    await isQuiet();
  });

  it('enters on a condition only, and comes in when it meets it', async () => {
    const isHot = { clauses: [{ field: 'Rating', comparison: 'is', values: ['Hot'] }] };
    await world.configure({ creation: { inHubSpotWhen: { Lead: isHot } } });
    const cold = await arrive('Lead', { Rating: 'Cold' });
    expect(cold.isInHubSpot).toBe(false);
    expect(cold.why?.[0]).toBe('CREATION_CONDITION_NOT_MET');
    expect((await arrive('Lead', { Rating: 'Hot' })).isInHubSpot).toBe(true);
    expect((await arrive('Contact')).isInHubSpot).toBe(true);
    world.salesforce.org.update('Lead', cold.id, { Rating: 'Hot' });
    await world.settle();
    expect(world.hubspot.portal.byEmail(cold.email)).toBeDefined();
  });

  it('that is in HubSpot already is paired, whatever the condition says', async () => {
    const isHot = { clauses: [{ field: 'Rating', comparison: 'is', values: ['Hot'] }] };
    await world.configure({
      creation: { inSalesforce: 'nothing', inHubSpotWhen: { Lead: isHot } },
    });
    const { id, email } = await aNewcomer();
    const leadId = world.salesforce.org.insert('Lead', {
      LastName: 'Arrival',
      Company: 'Globex',
      Email: email,
    });
    await world.settle();
    expect(await linkOf(world, id)).toMatchObject({ state: 'inSync', salesforceId: leadId });
  });
});

describe('Fields that Salesforce requires', () => {
  it('are filled by the templates, and shown as filled in', async () => {
    await world.configure({
      creation: { templates: { LastName: '{firstname} (?) || n/a', Company: '{email.domain}' } },
    });
    const newcomer = await aNewcomer({ lastname: '', firstname: 'Ada' });
    expect(became(newcomer, 'LastName', 'Company')).toEqual(['Lead', 'Ada (?)', 'globex.example']);
    const history = await world.pipeline.ports.store.links.history(newcomer.id, 50);
    expect(
      history.filter(({ why }) => why === 'FILLED_IN').map(({ field, after }) => [field, after]),
    ).toEqual(
      expect.arrayContaining([
        ['LastName', 'Ada (?)'],
        ['Company', 'globex.example'],
      ]),
    );
  });

  it('take what HubSpot has first', async () => {
    const newcomer = await aNewcomer({ lastname: 'Lovelace', company: 'Analytical Engines' });
    expect(became(newcomer, 'LastName', 'Company')).toEqual([
      'Lead',
      'Lovelace',
      'Analytical Engines',
    ]);
  });
});
