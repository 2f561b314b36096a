// Companies by the native connector's `salesforceaccountid`, and associating contacts with them.
import { describe, expect, it } from 'vitest';
import type { HubSpotStandIn } from '../../src/sandbox/hubspot/stand-in.ts';
import { people, startCanned, startPortal } from './fixture.ts';

const SEARCH = 'POST /crm/objects/companies/search';
const READ = 'POST /crm/objects/companies/batch/read';
const PROPERTY = 'GET /crm/properties/companies/{propertyName}';
const ASSOCIATE = 'POST /crm/associations/contacts/companies/batch/associate/default';

/** An account's id in both lengths. */
const ACME = { short: '001Ax000004TqrS', long: '001Ax000004TqrSIAS' };
const numbered = (index: number): string => `001000000${String(index).padStart(6, '0')}AAA`;

const withAccount = (standIn: HubSpotStandIn, salesforceaccountid: string): string =>
  standIn.portal.createCompany({ name: 'Some company', salesforceaccountid });

describe('Accounts of companies', () => {
  it('are told in 18 characters, 100 companies a call', async () => {
    const { hubspot, standIn } = await startPortal({ nativeConnector: true });
    const ids = Array.from({ length: 120 }, (_, index) => withAccount(standIn, numbered(index)));
    const acme = withAccount(standIn, ACME.short);
    const without = standIn.portal.createCompany({ name: 'No account' });
    const accounts = await hubspot.companies.accountIds([...ids, acme, without, '1', acme]);
    expect(accounts.size).toBe(121);
    expect(accounts.get(ids[7] ?? '')).toBe(numbered(7));
    expect(accounts.get(acme)).toBe(ACME.long);
    expect(standIn.calls.byEndpoint()).toEqual({ [PROPERTY]: 1, [READ]: 2 });
  });
});

describe('Companies of accounts', () => {
  it.each([ACME.short, ACME.long])(
    'are found by a search in lower case, whether HubSpot holds %s (hubspot-api §2.2)',
    async (held) => {
      const { hubspot, standIn } = await startPortal({ nativeConnector: true });
      const acme = withAccount(standIn, held);
      expect(await hubspot.companies.byAccountIds([ACME.long, numbered(1)])).toEqual(
        new Map([[ACME.long, acme]]),
      );
    },
  );

  it('are not mistaken for those of an account that differs by case alone', async () => {
    const { hubspot, standIn } = await startPortal({ nativeConnector: true });
    withAccount(standIn, ACME.short.toLowerCase());
    expect(await hubspot.companies.byAccountIds([ACME.long])).toEqual(new Map());
  });

  it('are those with the lowest id, over all pages of the search', async () => {
    const { hubspot, standIn } = await startPortal({ nativeConnector: true });
    const first = withAccount(standIn, ACME.long);
    for (let index = 0; index < 230; index += 1) withAccount(standIn, ACME.long);
    const last = withAccount(standIn, numbered(1));
    expect(await hubspot.companies.byAccountIds([ACME.long, numbered(1)])).toEqual(
      new Map([
        [ACME.long, first],
        [numbered(1), last],
      ]),
    );
    expect(standIn.calls.byEndpoint()).toEqual({ [PROPERTY]: 1, [SEARCH]: 2 });
  });

  it('are asked for 50 at a time: a filter takes 100 values', async () => {
    const { hubspot, standIn } = await startPortal({ nativeConnector: true });
    const accounts = Array.from({ length: 110 }, (_, index) => numbered(index));
    for (const account of accounts) withAccount(standIn, account);
    const companies = await hubspot.companies.byAccountIds([...accounts, numbered(3)]);
    expect(companies.size).toBe(110);
    expect(standIn.calls.byEndpoint()).toEqual({ [PROPERTY]: 1, [SEARCH]: 3 });
  });
});

describe('A portal that knows no accounts', () => {
  it('is asked once whether it does, and again after a while', async () => {
    const { hubspot, standIn, clock } = await startPortal();
    for (let round = 0; round < 3; round += 1) {
      expect(await hubspot.companies.byAccountIds([ACME.long])).toEqual(new Map());
      expect(await hubspot.companies.accountIds(['9000000001'])).toEqual(new Map());
    }
    expect(standIn.calls.byEndpoint()).toEqual({ [PROPERTY]: 1 });
    standIn.portal.addCompanyProperty('salesforceaccountid');
    const acme = withAccount(standIn, ACME.long);
    clock.advance(10 * 60_000);
    expect((await hubspot.companies.byAccountIds([ACME.long])).get(ACME.long)).toBe(acme);
  });

  it('is one whose companies Tandem may not see', async () => {
    const { hubspot, standIn } = await startPortal({ nativeConnector: true });
    withAccount(standIn, ACME.long);
    standIn.faults.plan(/properties\/companies/, { kind: 'status', status: 403 }, 1);
    expect(await hubspot.companies.byAccountIds([ACME.long])).toEqual(new Map());
    expect(await hubspot.companies.byAccountIds([ACME.long])).toEqual(new Map());
    expect(standIn.calls.total).toBe(1);
  });

  it('is not one that was down when it was asked', async () => {
    const { hubspot, standIn } = await startPortal({ nativeConnector: true });
    const acme = withAccount(standIn, ACME.long);
    standIn.faults.plan(/properties\/companies/, { kind: 'status', status: 503 }, 5);
    await expect(hubspot.companies.byAccountIds([ACME.long])).rejects.toMatchObject({
      name: 'Unavailable',
    });
    expect((await hubspot.companies.byAccountIds([ACME.long])).get(ACME.long)).toBe(acme);
  });

  it('costs nothing when nothing is asked', async () => {
    const { hubspot, standIn } = await startPortal({ nativeConnector: true });
    expect(await hubspot.companies.accountIds([])).toEqual(new Map());
    expect(await hubspot.companies.byAccountIds([])).toEqual(new Map());
    expect(await hubspot.companies.associate([])).toEqual([]);
    expect(standIn.calls.total).toBe(0);
  });
});

describe('Associating contacts with companies', () => {
  it('adds to what the contact has, 100 a call, and can be repeated', async () => {
    const { hubspot, standIn } = await startPortal();
    const contacts = standIn.portal.seed(people(120)).map(({ id }) => id);
    const [first, second] = ['First', 'Second'].map((name) =>
      standIn.portal.createCompany({ name }),
    );
    const pairs = contacts.map((contactId) => ({ contactId, companyId: second ?? '' }));
    standIn.portal.associateCompany(contacts[0] ?? '', first ?? '');
    for (const outcomes of [
      await hubspot.companies.associate(pairs),
      await hubspot.companies.associate(pairs),
    ])
      expect(outcomes.map((outcome) => outcome.ok && outcome.id)).toEqual(contacts);
    expect(standIn.portal.companiesOf(contacts[0] ?? '')).toEqual([first, second]);
    expect(standIn.portal.value(contacts[0] ?? '', 'associatedcompanyid')).toBe(first);
    expect(standIn.portal.value(contacts[119] ?? '', 'associatedcompanyid')).toBe(second);
    expect(standIn.calls.byEndpoint()).toEqual({ [ASSOCIATE]: 4 });
  });

  it('refuses only the pairs that cannot be, though HubSpot refuses them all', async () => {
    const { hubspot, standIn } = await startPortal();
    const [ada, bob] = standIn.portal.seed(people(2)).map(({ id }) => id);
    const company = standIn.portal.createCompany({ name: 'Acme' });
    const outcomes = await hubspot.companies.associate([
      { contactId: ada ?? '', companyId: company },
      { contactId: ada ?? '', companyId: '1' },
      { contactId: '2', companyId: company },
      { contactId: bob ?? '', companyId: company },
    ]);
    expect(outcomes).toMatchObject([
      { ok: true, id: ada },
      { ok: false, error: { code: 'VALIDATION_ERROR', fields: [], retryable: false } },
      { ok: false, error: { message: 'One or more associations are invalid' } },
      { ok: true, id: bob },
    ]);
    expect(standIn.portal.companiesOf(ada ?? '')).toEqual([company]);
  });

  it('takes only the pairs for made that the answer names', async () => {
    const { hubspot } = await startCanned(({ body }) => ({
      status: 207,
      body: {
        status: 'COMPLETE',
        results: (body.inputs ?? [])
          .filter((pair) => JSON.stringify(pair).includes('"to":{"id":"8"}'))
          .map((pair) => ({ ...pair, associationSpec: {} })),
        numErrors: 1,
        errors: [{ status: 'error', category: 'OBJECT_NOT_FOUND', message: 'no such company' }],
        completedAt: '2026-11-23T10:00:05Z',
      },
    }));
    const outcomes = await hubspot.companies.associate([
      { contactId: '5', companyId: '7' },
      { contactId: '5', companyId: '8' },
    ]);
    expect(outcomes).toEqual([
      {
        ok: false,
        error: {
          code: 'OBJECT_NOT_FOUND',
          message: 'no such company',
          fields: [],
          existingId: null,
          retryable: false,
        },
      },
      { ok: true, id: '5', modifiedAt: '2026-11-23T10:00:05.000Z' },
    ]);
  });
});

describe('Creating contacts in a company', () => {
  it('associates in the same call', async () => {
    const { hubspot, standIn } = await startPortal();
    const company = standIn.portal.createCompany({ name: 'Acme' });
    const [ada, bob] = await hubspot.contacts.create([
      { properties: { email: 'ada@example.com' }, companyId: company },
      { properties: { email: 'bob@example.com' } },
    ]);
    if (!ada?.ok || !bob?.ok) throw new Error('not created');
    expect(standIn.portal.companiesOf(ada.id)).toEqual([company]);
    expect(standIn.portal.companiesOf(bob.id)).toEqual([]);
    expect(standIn.calls.total).toBe(1);
  });

  it('creates nobody in a company that is gone', async () => {
    const { hubspot, standIn } = await startPortal();
    const outcomes = await hubspot.contacts.create([
      { properties: { email: 'ada@example.com' }, companyId: '1' },
      { properties: { email: 'bob@example.com' } },
    ]);
    expect(outcomes).toMatchObject([
      { ok: false, error: { code: 'VALIDATION_ERROR', existingId: null, retryable: false } },
      { ok: true },
    ]);
    expect(standIn.portal.byEmail('ada@example.com')).toBeUndefined();
  });
});
