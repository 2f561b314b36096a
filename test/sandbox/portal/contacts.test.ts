// Single contacts through HubSpot's own client (hubspot-api §1.1, §2.1, §7).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HUBSPOT_PERSON_TOKEN, SANDBOX_APP_ID } from '../../../src/sandbox/portal/stand-in.ts';
import { NOW, refusalOf, startSandbox, type Sandbox } from './fixture.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const created = async (properties: Record<string, string>): Promise<string> =>
  (await sandbox.client.crm.contacts.basicApi.create({ properties, associations: [] })).id;

describe('A contact (hubspot-api §2.1)', () => {
  it('is created with status 201 and read back with what was asked for', async () => {
    const answer = await sandbox.client.crm.contacts.basicApi.createWithHttpInfo({
      properties: { email: ' Ada@Example.com', firstname: 'Ada', numemployees: '5-25' },
      associations: [],
    });
    expect(answer.httpStatusCode).toBe(201);
    expect(answer.data.id).toMatch(/^\d{11,12}$/);
    const read = await sandbox.client.crm.contacts.basicApi.getById(answer.data.id, [
      'email',
      'numemployees',
      'lastname',
      'no_such_property',
    ]);
    expect(read.properties).toEqual({
      email: 'ada@example.com',
      numemployees: '5-25',
      lastname: null,
      createdate: NOW,
      lastmodifieddate: NOW,
      hs_object_id: answer.data.id,
    });
    expect(read.createdAt.toISOString()).toBe(NOW);
    expect(read.archived).toBe(false);
  });

  it('answers the default properties when none are asked', async () => {
    const id = await created({ email: 'ada@example.com', lastname: 'Byron' });
    const { properties } = await sandbox.client.crm.contacts.basicApi.getById(id);
    expect(Object.keys(properties).sort()).toEqual(
      ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'].sort(),
    );
  });

  it('is found by e-mail in any case', async () => {
    const id = await created({ email: 'a+b@example.com' });
    const { basicApi } = sandbox.client.crm.contacts;
    const read = await basicApi.getById(
      'A+B@example.com',
      ['email'],
      undefined,
      undefined,
      false,
      'email',
    );
    expect(read.id).toBe(id);
  });

  it('is patched, cleared with an empty text, and dated anew by at least a millisecond', async () => {
    const id = await created({ email: 'ada@example.com', firstname: 'Ada' });
    const { basicApi } = sandbox.client.crm.contacts;
    const patched = await basicApi.update(id, { properties: { firstname: '', lastname: 'Byron' } });
    expect(patched.properties).toMatchObject({ firstname: null, lastname: 'Byron' });
    expect(patched.properties.lastmodifieddate).toBe('2026-11-23T10:00:00.001Z');
    expect(patched.updatedAt.toISOString()).toBe('2026-11-23T10:00:00.001Z');
  });

  it('refuses a taken e-mail with 409 and the other id in the text, on create and on update', async () => {
    const ada = await created({ email: 'ada@example.com' });
    const bob = await created({ email: 'bob@example.com' });
    const { basicApi } = sandbox.client.crm.contacts;
    const create = await refusalOf(
      basicApi.create({ properties: { email: 'ADA@example.com' }, associations: [] }),
    );
    const update = await refusalOf(
      basicApi.update(bob, { properties: { email: 'ada@example.com' } }),
    );
    for (const { code, body } of [create, update]) {
      expect(code).toBe(409);
      expect(body).toMatchObject({
        status: 'error',
        message: `Contact already exists. Existing ID: ${ada}`,
        category: 'CONFLICT',
      });
      expect(body.correlationId).toMatch(/^[0-9a-f]{8}-/);
    }
  });

  it('counts additional e-mails as taken', async () => {
    const [id = ''] = sandbox.portal.seed([
      { properties: { email: 'ada@example.com', hs_additional_emails: 'countess@example.com' } },
    ]);
    const refusal = await refusalOf(created({ email: 'countess@example.com' }));
    expect(refusal.body.message).toBe(`Contact already exists. Existing ID: ${id}`);
  });

  it('is archived with 204, then 404, then listed as archived', async () => {
    const id = await created({ email: 'ada@example.com' });
    const gone = await sandbox.call('DELETE', `/crm/objects/2026-09/contacts/${id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    const missing = await sandbox.call('GET', `/crm/v3/objects/contacts/${id}`);
    expect(missing.status).toBe(404);
    expect(missing.json).toMatchObject({ status: 'error', category: 'OBJECT_NOT_FOUND' });
    const { basicApi } = sandbox.client.crm.contacts;
    const archived = await basicApi.getPage(10, undefined, undefined, undefined, undefined, true);
    expect(archived.results.map((contact) => [contact.id, contact.archived])).toEqual([[id, true]]);
    expect(await created({ email: 'ada@example.com' })).not.toBe(id);
  });

  it('pages by id without a cap and reads its own writes', async () => {
    sandbox.portal.seed(
      Array.from({ length: 250 }, (_, n) => ({ properties: { email: `p${n}@example.com` } })),
    );
    const { dated } = sandbox;
    const all = await dated.crm.contacts.getAll(100, undefined, ['email']);
    const ids = all.map(({ id }) => Number(id));
    expect(ids).toHaveLength(250);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(sandbox.standIn.calls.byEndpoint()).toEqual({ 'GET /crm/objects/contacts': 3 });
    const tooMany = await sandbox.call('GET', '/crm/v3/objects/contacts?limit=101');
    expect(tooMany.status).toBe(400);
  });

  it('remembers who changed what: app and person', async () => {
    const id = await created({ email: 'ada@example.com', firstname: 'Ada' });
    sandbox.clock.advance(1000);
    await sandbox.call(
      'PATCH',
      `/crm/v3/objects/contacts/${id}`,
      { properties: { firstname: 'Augusta' } },
      HUBSPOT_PERSON_TOKEN,
    );
    const { json } = await sandbox.call(
      'GET',
      `/crm/objects/2026-03/contacts/${id}?propertiesWithHistory=firstname`,
    );
    expect(json.propertiesWithHistory).toMatchObject({
      firstname: [
        { value: 'Augusta', timestamp: '2026-11-23T10:00:01.000Z', sourceType: 'CRM_UI' },
        { value: 'Ada', timestamp: NOW, sourceType: 'INTEGRATION', sourceId: SANDBOX_APP_ID },
      ],
    });
  });

  it.each([
    '/crm/v3/objects',
    '/crm/objects/2025-09',
    '/crm/objects/2026-03',
    '/crm/objects/2026-09',
  ])('is the same under %s (hubspot-api §7)', async (base) => {
    const id = await created({ email: 'ada@example.com' });
    sandbox.standIn.calls.reset();
    const { status, json } = await sandbox.call('GET', `${base}/contacts/${id}`);
    expect([status, json.id]).toEqual([200, id]);
    expect(sandbox.standIn.calls.byEndpoint()).toEqual({
      'GET /crm/objects/contacts/{contactId}': 1,
    });
  });
});

describe('The portal, as a person uses it', () => {
  it('creates, updates and archives through the same rules', () => {
    const { portal } = sandbox;
    const id = portal.create({ email: 'Ada@example.com' });
    portal.update(id, { favorite_color: 'Red' });
    expect(portal.get(id)?.properties).toMatchObject({
      email: 'ada@example.com',
      favorite_color: 'Red',
    });
    expect(() => portal.create({ email: 'ada@example.com' })).toThrow(`Existing ID: ${id}`);
    expect(() => {
      portal.update(id, { favorite_color: 'Beige' });
    }).toThrow('INVALID_OPTION');
    portal.archive(id);
    expect(portal.all()).toEqual([]);
    expect(portal.get(id)?.archived).toBe(true);
  });

  it('seeds rows as they are, with their own dates, found at once', async () => {
    const [id] = sandbox.portal.seed([
      {
        properties: {
          email: 'ada@example.com',
          createdate: '2024-01-01T00:00:00.000Z',
          lastmodifieddate: '2025-01-01T00:00:00.000Z',
        },
      },
    ]);
    const { json } = await sandbox.call('POST', '/crm/v3/objects/contacts/search', {});
    expect(json.results).toMatchObject([
      { id, createdAt: '2024-01-01T00:00:00.000Z', updatedAt: '2025-01-01T00:00:00.000Z' },
    ]);
  });
});
