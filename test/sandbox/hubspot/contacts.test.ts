// Single contacts through HubSpot's client, on v3 and dated paths (hubspot-api §2.1).
import type { Client } from '@hubspot/api-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX_UI_TOKEN } from '../../../src/sandbox/hubspot/stand-in.ts';
import { refusal, servePortal, START, type ServedPortal } from './support.ts';

describe.each(['v3', '2026-09'] as const)('Contacts on %s paths (hubspot-api §2.1)', (version) => {
  let portal: ServedPortal;
  let contacts: Client['crm']['contacts'];

  beforeEach(async () => {
    portal = await servePortal();
    contacts = (version === 'v3' ? portal.client : portal.dated).crm.contacts;
  });

  const create = async (properties: Record<string, string>): Promise<string> => {
    const { id } = await contacts.basicApi.create({ properties, associations: [] });
    return id;
  };

  it('creates with 201 and an id of eleven or twelve digits', async () => {
    const created = await contacts.basicApi.createWithHttpInfo({
      properties: { email: 'ada@example.com', firstname: 'Ada' },
      associations: [],
    });
    expect(created.httpStatusCode).toBe(201);
    expect(created.data.id).toMatch(/^\d{11,12}$/);
    expect(created.data.properties).toMatchObject({ email: 'ada@example.com', firstname: 'Ada' });
  });

  it('gives later contacts greater ids', async () => {
    const first = await create({ email: 'a@example.com' });
    const second = await create({ email: 'b@example.com' });
    expect(Number(second)).toBeGreaterThan(Number(first));
  });

  it('answers createdate, hs_object_id and lastmodifieddate whatever is asked for', async () => {
    const id = await create({ email: 'ada@example.com', city: 'London' });
    const read = await contacts.basicApi.getById(id, ['city']);
    expect(read.properties).toEqual({
      city: 'London',
      createdate: new Date(START).toISOString(),
      hs_object_id: id,
      lastmodifieddate: new Date(START).toISOString(),
    });
    expect(read.createdAt).toEqual(new Date(START));
    expect(read.updatedAt).toEqual(new Date(START));
    expect(read.archived).toBe(false);
  });

  it('answers the six default properties when none is asked for', async () => {
    const id = await create({ email: 'ada@example.com', city: 'London' });
    const read = await contacts.basicApi.getById(id);
    expect(Object.keys(read.properties).sort()).toEqual([
      'createdate',
      'email',
      'firstname',
      'hs_object_id',
      'lastmodifieddate',
      'lastname',
    ]);
  });

  it('reads empty as null and leaves unknown properties out (hubspot-api §7.5)', async () => {
    const id = await create({ email: 'ada@example.com' });
    const { properties } = await contacts.basicApi.getById(id, ['city', 'no_such_property']);
    expect(properties.city).toBeNull();
    expect(properties).not.toHaveProperty('no_such_property');
  });

  it('finds by primary and additional e-mail, in any case', async () => {
    const id = await create({ email: 'Ada@Example.com ' });
    portal.hubspot.portal.addEmail(id, 'ada.l@example.com');
    for (const email of ['ada@example.com', 'ADA@example.com', 'ada.l@example.com']) {
      const found = await contacts.basicApi.getById(
        email,
        ['email'],
        undefined,
        undefined,
        false,
        'email',
      );
      expect(found).toMatchObject({ id, properties: { email: 'ada@example.com' } });
    }
  });

  it('refuses a taken e-mail with 409 and the other id in the text', async () => {
    const id = await create({ email: 'ada@example.com' });
    const { code, body } = await refusal(create({ email: 'ADA@example.com' }));
    expect(code).toBe(409);
    expect(body).toEqual({
      status: 'error',
      category: 'CONFLICT',
      message: `Contact already exists. Existing ID: ${id}`,
      correlationId: body.correlationId,
    });
    expect(body.correlationId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('refuses an e-mail that is another contact’s additional one (hubspot-api §7.4)', async () => {
    const id = await create({ email: 'ada@example.com' });
    portal.hubspot.portal.addEmail(id, 'ada.l@example.com');
    const other = await create({ email: 'grace@example.com' });
    const refused = await refusal(
      contacts.basicApi.update(other, { properties: { email: 'ada.l@example.com' } }),
    );
    expect(refused).toMatchObject({ code: 409, body: { category: 'CONFLICT' } });
  });

  it('updates, clears with an empty text, and ignores null', async () => {
    const id = await create({ email: 'ada@example.com', city: 'London', company: 'Engines' });
    portal.clock.advance(10);
    await portal.call('PATCH', `/crm/v3/objects/contacts/${id}`, {
      properties: { city: '', company: null, firstname: 'Ada' },
    });
    const read = await contacts.basicApi.getById(id, ['city', 'company', 'firstname']);
    expect(read.properties).toMatchObject({ city: null, company: 'Engines', firstname: 'Ada' });
    expect(read.updatedAt).toEqual(new Date(START + 10));
  });

  it('moves lastmodifieddate by a millisecond at least with every change', async () => {
    const id = await create({ email: 'ada@example.com' });
    const dates = [START];
    for (const city of ['London', 'Paris', 'Rome']) {
      const updated = await contacts.basicApi.update(id, { properties: { city } });
      dates.push(updated.updatedAt.getTime());
    }
    expect(dates).toEqual([START, START + 1, START + 2, START + 3]);
  });

  it('leaves everything as it is when the values are there already', async () => {
    const id = await create({ email: 'ada@example.com', city: 'London' });
    portal.clock.advance(1000);
    const updated = await contacts.basicApi.update(id, { properties: { city: 'London' } });
    expect(updated.updatedAt).toEqual(new Date(START));
  });

  it('keeps history with who wrote what, newest first', async () => {
    const id = await create({ email: 'ada@example.com', city: 'London' });
    portal.clock.advance(5);
    const path = `/crm/v3/objects/contacts/${id}`;
    await portal.call('PATCH', path, { properties: { city: 'Paris' } }, SANDBOX_UI_TOKEN);
    const read = await contacts.basicApi.getById(id, [], ['city']);
    expect(read.propertiesWithHistory?.city).toMatchObject([
      {
        value: 'Paris',
        timestamp: new Date(START + 5),
        sourceType: 'CRM_UI',
        updatedByUserId: 61000101,
      },
      {
        value: 'London',
        timestamp: new Date(START),
        sourceType: 'INTEGRATION',
        sourceId: '9393361',
      },
    ]);
  });

  it('archives with 204, twice as well, and shows the contact only to those who ask for archived', async () => {
    const id = await create({ email: 'ada@example.com' });
    const statuses = [
      await contacts.basicApi.archiveWithHttpInfo(id),
      await contacts.basicApi.archiveWithHttpInfo(id),
    ].map(({ httpStatusCode }) => httpStatusCode);
    expect(statuses).toEqual([204, 204]);
    const gone = await refusal(contacts.basicApi.getById(id));
    expect(gone).toMatchObject({ code: 404, body: { category: 'OBJECT_NOT_FOUND' } });
    const read = await contacts.basicApi.getById(id, [], [], [], true);
    expect(read).toMatchObject({ archived: true, archivedAt: new Date(START + 1) });
    const page = await contacts.basicApi.getPage(10, undefined, [], [], [], true);
    expect(page.results.map((contact) => contact.id)).toEqual([id]);
    await expect(create({ email: 'ada@example.com' })).resolves.toMatch(/^\d+$/);
  });

  it('pages through all contacts in ascending id', async () => {
    portal.hubspot.portal.seed(
      Array.from({ length: 250 }, (_, number) => ({
        properties: { email: `n${number}@example.com` },
      })),
    );
    const ids: string[] = [];
    const sizes: number[] = [];
    for (let after: string | undefined; ;) {
      const page = await contacts.basicApi.getPage(100, after, ['email']);
      ids.push(...page.results.map((contact) => contact.id));
      sizes.push(page.results.length);
      after = page.paging?.next?.after;
      if (after === undefined) break;
    }
    expect(sizes).toEqual([100, 100, 50]);
    expect(ids).toEqual([...ids].sort((a, b) => Number(a) - Number(b)));
    expect(new Set(ids).size).toBe(250);
  });

  it('refuses pages of more than 100', async () => {
    const refused = await refusal(contacts.basicApi.getPage(101));
    expect(refused).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
  });
});

describe('Signing in', () => {
  it('refuses an unknown token with HubSpot’s 401', async () => {
    const portal = await servePortal();
    const refused = await portal.call(
      'GET',
      '/crm/v3/objects/contacts',
      undefined,
      'pat-na1-wrong',
    );
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({ status: 'error', category: 'INVALID_AUTHENTICATION' });
    expect(refused.body.message).toContain('Authentication credentials not found');
  });
});

describe('Counting calls', () => {
  it.each([
    [
      '/crm/v3/objects/contacts/17',
      '/crm/objects/2026-09/contacts/17',
      'GET /crm/objects/contacts/{contactId}',
    ],
    ['/crm/v3/owners/', '/crm/owners/2025-09', 'GET /crm/owners'],
    [
      '/crm/v3/lists/7/memberships',
      '/crm/lists/2026-03/7/memberships',
      'GET /crm/lists/{listId}/memberships',
    ],
    ['/account-info/v3/details', '/account-info/2026-09/details', 'GET /account-info/details'],
  ])('names %s and %s alike', async (v3, dated, endpoint) => {
    const portal = await servePortal();
    await portal.call('GET', v3);
    await portal.call('GET', dated);
    expect(portal.hubspot.calls.byEndpoint()).toEqual({ [endpoint]: 2 });
  });

  it('knows no other version', async () => {
    const portal = await servePortal();
    expect((await portal.call('GET', '/crm/objects/2024-01/contacts')).status).toBe(404);
  });
});

describe('Required properties (hubspot-api §0.2)', () => {
  it('are enforced on 2026-09 paths and not on v3', async () => {
    const { hubspot, client, dated } = await servePortal();
    hubspot.portal.require({
      property: 'company',
      when: ({ lifecyclestage }) => lifecyclestage === 'customer',
    });
    const properties = { email: 'ada@example.com', lifecyclestage: 'customer' };
    const refused = await refusal(
      dated.crm.contacts.basicApi.create({ properties, associations: [] }),
    );
    expect(refused).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
    expect(refused.body.message).toContain('"name":"company"');
    await client.crm.contacts.basicApi.create({ properties, associations: [] });
    expect(hubspot.portal.size).toBe(1);
  });
});
