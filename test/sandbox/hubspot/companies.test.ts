// Companies and their contacts through HubSpot's client.
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../src/sandbox/hubspot/stand-in.ts';
import { refusal, servePortal, type ServedPortal } from './support.ts';

const ACCOUNT = '001Ax000004TqrSIAS';

function searched(portal: ServedPortal, filter: Record<string, unknown>, limit = 10, after = '0') {
  return portal.dated.crm.companies.searchApi.doSearch({
    filterGroups: [{ filters: [filter as never] }],
    properties: ['salesforceaccountid'],
    sorts: [],
    limit,
    after,
  });
}

async function aCompany(): Promise<{ portal: ServedPortal; contact: string; company: string }> {
  const portal = await servePortal();
  const contact = portal.hubspot.portal.create({ email: 'ada@example.com' }).id;
  return { portal, contact, company: portal.hubspot.portal.createCompany({ name: 'Acme' }) };
}

describe('Company properties', () => {
  it('have the account’s id only where the native connector has been, or an admin made one', async () => {
    const names = async ({ dated }: ServedPortal): Promise<string[]> =>
      (await dated.crm.properties.coreApi.getAll('companies')).results.map(({ name }) => name);
    const plain = await servePortal();
    expect(await names(plain)).not.toContain('salesforceaccountid');
    expect(() => plain.hubspot.portal.createCompany({ salesforceaccountid: ACCOUNT })).toThrow(
      Refused,
    );
    plain.hubspot.portal.addCompanyProperty('salesforceaccountid');
    expect(await names(plain)).toContain('salesforceaccountid');
    expect(await names(await servePortal({ nativeConnector: true }))).toContain(
      'salesforceaccountid',
    );
  });

  it('are read one by one too', async () => {
    const { dated } = await servePortal();
    const { coreApi } = dated.crm.properties;
    expect(await coreApi.getByName('companies', 'domain')).toMatchObject({ type: 'string' });
    expect((await refusal(coreApi.getByName('companies', 'salesforceaccountid'))).code).toBe(404);
  });
});

describe('Companies', () => {
  it('are read in batches, with those that don’t exist listed', async () => {
    const { portal, company } = await aCompany();
    portal.hubspot.portal.updateCompany(company, { domain: 'acme.example', name: '' });
    const read = await portal.dated.crm.companies.batchApi.read(
      {
        inputs: [{ id: company }, { id: '1' }],
        properties: ['name', 'domain', 'no_such_property'],
        propertiesWithHistory: [],
      },
      false,
    );
    expect(read.results).toMatchObject([
      { id: company, properties: { name: null, domain: 'acme.example', hs_object_id: company } },
    ]);
    expect(read).toMatchObject({ numErrors: 1, errors: [{ category: 'OBJECT_NOT_FOUND' }] });
  });

  it('are found by a text, which IN wants in lower case (hubspot-api §2.2)', async () => {
    const portal = await servePortal({ nativeConnector: true });
    const company = portal.hubspot.portal.createCompany({ salesforceaccountid: ACCOUNT });
    const idsBy = async (filter: Record<string, unknown>): Promise<string[]> =>
      (await searched(portal, { propertyName: 'salesforceaccountid', ...filter })).results.map(
        ({ id }) => id,
      );
    expect(await idsBy({ operator: 'EQ', value: ACCOUNT })).toEqual([company]);
    expect(await idsBy({ operator: 'IN', values: [ACCOUNT] })).toEqual([]);
    expect(await idsBy({ operator: 'IN', values: [ACCOUNT.toLowerCase()] })).toEqual([company]);
  });

  it('are found page after page', async () => {
    const portal = await servePortal();
    const ids = Array.from({ length: 5 }, () =>
      portal.hubspot.portal.createCompany({ name: 'Acme' }),
    );
    const byName = { propertyName: 'name', operator: 'EQ', value: 'acme' };
    const first = await searched(portal, byName, 3);
    expect(first).toMatchObject({ total: 5, paging: { next: { after: '3' } } });
    const second = await searched(portal, byName, 3, '3');
    expect([...first.results, ...second.results].map(({ id }) => id)).toEqual(ids);
    expect(second.paging).toBeUndefined();
  });

  it('are not searched by a property that isn’t there', async () => {
    const portal = await servePortal();
    const filter = { propertyName: 'salesforceaccountid', operator: 'EQ', value: ACCOUNT };
    expect((await refusal(searched(portal, filter))).code).toBe(400);
  });

  it('share the limit of searches with contacts (hubspot-api §2.6)', async () => {
    const portal = await servePortal({ rateLimits: { burst: 100, search: 1, daily: 1_000 } });
    const byName = { propertyName: 'name', operator: 'EQ', value: 'acme' };
    await searched(portal, byName);
    const contacts = await portal.call('POST', '/crm/v3/objects/contacts/search', {});
    expect(contacts).toMatchObject({ status: 429, body: { policyName: 'SECONDLY' } });
  });
});

describe('Associations', () => {
  const batch = ({ dated }: ServedPortal) => dated.crm.associations.v4.batchApi;

  it('make the first company the primary one', async () => {
    const { portal, contact, company } = await aCompany();
    const second = portal.hubspot.portal.createCompany({ name: 'Second' });
    for (const id of [company, second]) {
      const made = await batch(portal).createDefault('contacts', 'companies', {
        inputs: [{ _from: { id: contact }, to: { id } }],
      });
      expect(made.results).toMatchObject([{ _from: { id: contact }, to: { id } }]);
    }
    expect(portal.hubspot.portal.value(contact, 'associatedcompanyid')).toBe(company);
    const { results } = await batch(portal).getPage('contacts', 'companies', {
      inputs: [{ id: contact }],
    });
    expect(
      results[0]?.to.map(({ toObjectId, associationTypes }) => [
        toObjectId,
        associationTypes.map(({ typeId }) => typeId),
      ]),
    ).toEqual([
      [company, [1, 279]],
      [second, [279]],
    ]);
  });

  it('with the primary label take the place of the primary one', async () => {
    const { portal, contact, company } = await aCompany();
    const second = portal.hubspot.portal.createCompany({ name: 'Second' });
    portal.hubspot.portal.associateCompany(contact, company);
    await batch(portal).create('contacts', 'companies', {
      inputs: [
        {
          _from: { id: contact },
          to: { id: second },
          types: [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId: 1 }],
        },
      ],
    });
    expect(portal.hubspot.portal.companiesOf(contact)).toEqual([second, company]);
    expect(portal.hubspot.portal.value(contact, 'associatedcompanyid')).toBe(second);
  });

  it('with what doesn’t exist refuse the whole batch', async () => {
    const { portal, contact, company } = await aCompany();
    const refused = await refusal(
      batch(portal).createDefault('contacts', 'companies', {
        inputs: [
          { _from: { id: contact }, to: { id: company } },
          { _from: { id: contact }, to: { id: '1' } },
        ],
      }),
    );
    expect(refused).toMatchObject({
      code: 400,
      body: { context: { INVALID_OBJECT_IDS: ['COMPANY=1 is not valid'] } },
    });
    expect(portal.hubspot.portal.companiesOf(contact)).toEqual([]);
  });

  it('come with a new contact', async () => {
    const { portal, company } = await aCompany();
    const associations = [
      {
        to: { id: company },
        types: [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId: 279 }],
      },
    ];
    const { basicApi } = portal.dated.crm.contacts;
    const { id } = await basicApi.create({ properties: { lastname: 'King' }, associations });
    expect(portal.hubspot.portal.companiesOf(id)).toEqual([company]);
  });

  it('can’t be written as a property', async () => {
    const { portal, contact, company } = await aCompany();
    const refused = await refusal(
      portal.dated.crm.contacts.basicApi.update(contact, {
        properties: { associatedcompanyid: company },
      }),
    );
    expect(JSON.stringify(refused.body)).toContain('READ_ONLY_VALUE');
  });
});
