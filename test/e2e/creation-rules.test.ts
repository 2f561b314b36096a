// What somebody new in HubSpot becomes in Salesforce: ordered rules, the account of their company, and what
// required fields are filled with (native-connector §6).
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { passingTime } from './support/inclusion.ts';
import { inSalesforce, linkOf, properties } from './support/people.ts';
import { expectQuiet, inHubSpot } from './support/quiet.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
let time: ReturnType<typeof passingTime>;
beforeAll(async () => {
  time = passingTime();
  world = await createWorld();
  // What the native connector leaves behind on companies.
  world.hubspot.portal.addCompanyProperty('salesforceaccountid', 'Salesforce Account ID');
});
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});
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

const isQuiet = ({ id }: Newcomer): Promise<void> => expectQuiet(world, inHubSpot(id));

describe('The native switch', () => {
  const CASES = [
    ['lead', 'Lead', null],
    ['contact', 'Contact', null],
    ['nothing', 'nothing', 'CREATION_OFF_IN_SALESFORCE'],
  ] as const;

  it.each(CASES)('%s makes everybody a %s', async (becomes, expected, why) => {
    await world.configure({ creation: { inSalesforce: becomes } });
    const newcomer = await aNewcomer();
    expect(became(newcomer)).toBe(expected);
    expect(await told(newcomer)).toEqual(
      why === null
        ? ['inSync', undefined, null]
        : [
            'skipped',
            why,
            'Salesforce has no record with this e-mail address, and creating one is turned off.',
          ],
    );
    await isQuiet(newcomer);
  });

  it.each(CASES)('%s is the same as a single rule for everybody: %s', async (becomes, expected) => {
    const other = becomes === 'lead' ? 'contact' : 'lead';
    await world.configure({ creation: { rules: [{ becomes }], inSalesforce: other } });
    const newcomer = await aNewcomer();
    expect(became(newcomer)).toBe(expected);
    await isQuiet(newcomer);
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
    const company = aCompany(accountId);
    const newcomer = await aNewcomer({}, company);
    expect(became(newcomer, 'AccountId')).toEqual(['Contact', accountId]);
    expect(properties(world, newcomer.id)).toMatchObject({ tandem_account_id: accountId });
    expect(world.hubspot.portal.companiesOf(newcomer.id)).toEqual([company]);
    await isQuiet(newcomer);
  });

  it.each([
    ['whose company has none', () => aCompany(null)],
    ['without a company', () => null],
  ])('make somebody %s what the switch says', async (_, company) => {
    await world.configure(byAccount);
    const newcomer = await aNewcomer({}, company());
    expect(became(newcomer)).toBe('Lead');
    await isQuiet(newcomer);
  });

  it('can ask for a company without an account', async () => {
    await world.configure({
      creation: {
        rules: [{ companyHasAccount: false, becomes: 'nothing' }],
        inSalesforce: 'contact',
      },
    });
    expect(became(await aNewcomer({}, aCompany(null)))).toBe('nothing');
    expect(became(await aNewcomer({}, aCompany(anAccount())))).toBe('Contact');
  });

  it('never make a second record of somebody whom Salesforce has', async () => {
    await world.configure(byAccount);
    const leadId = world.salesforce.org.insert('Lead', {
      LastName: 'Known',
      Company: 'Globex',
      Email: 'known@globex.example',
    });
    const { id } = world.hubspot.portal.create({ email: 'known@globex.example' });
    world.hubspot.portal.associateCompany(id, aCompany(anAccount()));
    await world.settle();
    expect(inSalesforce(world, 'known@globex.example')).toMatchObject([{ Id: leadId }]);
    expect(await linkOf(world, id)).toMatchObject({ salesforceId: leadId, state: 'inSync' });
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
      'Salesforce has no record with this e-mail address, and a creation rule says that none is made for this contact.',
    ]);
    await isQuiet(test);
  });
});

describe('A contact whose company has no account yet', () => {
  it('is made without one unless it is to wait', async () => {
    await world.configure({ creation: { inSalesforce: 'contact' } });
    expect(became(await aNewcomer({}, aCompany(null)), 'AccountId')).toEqual(['Contact', null]);
  });

  it('goes by itself when the account is there, though nobody touches the contact', async () => {
    await world.configure({
      creation: { inSalesforce: 'contact', contactWithoutAccount: 'wait' },
    });
    const company = aCompany(null);
    const newcomer = await aNewcomer({}, company);
    const accountId = anAccount();
    world.hubspot.portal.updateCompany(company, { salesforceaccountid: accountId });
    await world.settle();
    expect(became(newcomer)).toBe('nothing');
    time.pass(61);
    await world.settle();
    expect(became(newcomer, 'AccountId')).toEqual(['Contact', accountId]);
    expect(await told(newcomer)).toEqual(['inSync', undefined, null]);
    await isQuiet(newcomer);
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
    await isQuiet(newcomer);
    const accountId = anAccount();
    world.hubspot.portal.updateCompany(company, { salesforceaccountid: accountId });
    world.hubspot.portal.update(newcomer.id, { city: 'Bonn' });
    await world.settle();
    expect(became(newcomer, 'AccountId', 'MailingCity')).toEqual(['Contact', accountId, 'Bonn']);
    expect(await told(newcomer)).toEqual(['inSync', undefined, null]);
    await isQuiet(newcomer);
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
    // The default rule then brings them to HubSpot, where anybody can see and correct them.
    expect(properties(world, newcomer.id)).toMatchObject({
      lastname: 'Ada (?)',
      company: 'globex.example',
    });
    await isQuiet(newcomer);
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
