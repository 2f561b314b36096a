// Batches through HubSpot's client: sizes, statuses, the two regimes of failing (hubspot-api §1.1, §2.1).
import { beforeEach, describe, expect, it } from 'vitest';
import { refusal, servePortal, type ServedPortal } from './support.ts';

let portal: ServedPortal;

beforeEach(async () => {
  portal = await servePortal();
});

const batch = (): ServedPortal['client']['crm']['contacts']['batchApi'] =>
  portal.dated.crm.contacts.batchApi;

function emails(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, number) => `n${from + number}@example.com`);
}

function seed(count: number): string[] {
  return portal.hubspot.portal
    .seed(emails(count).map((email) => ({ properties: { email } })))
    .map(({ id }) => id);
}

describe('Batch read', () => {
  const read = (ids: readonly string[], idProperty?: string, history: string[] = []) =>
    batch().readWithHttpInfo({
      inputs: ids.map((id) => ({ id })),
      properties: ['email'],
      propertiesWithHistory: history,
      ...(idProperty === undefined ? {} : { idProperty }),
    });

  it('answers 200 with every contact, in whatever order', async () => {
    const ids = seed(100);
    const { httpStatusCode, data } = await read(ids);
    expect(httpStatusCode).toBe(200);
    expect(data.results.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(data.results.map(({ id }) => id)).not.toEqual(ids);
  });

  it('answers 207 when some ids have no contact, and lists them', async () => {
    const [id = ''] = seed(1);
    const { httpStatusCode, data } = await read([id, '999', '998']);
    expect(httpStatusCode).toBe(207);
    expect(data).toMatchObject({
      status: 'COMPLETE',
      numErrors: 1,
      results: [{ id }],
      errors: [
        {
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          message:
            'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.',
          context: { ids: ['999', '998'] },
        },
      ],
    });
  });

  it('finds by e-mail, primary or additional', async () => {
    const [first = '', second = ''] = seed(2);
    portal.hubspot.portal.addEmail(second, 'other@example.com');
    const { httpStatusCode, data } = await read(['N0@example.com', 'other@example.com'], 'email');
    expect(httpStatusCode).toBe(200);
    expect(data.results.map(({ id }) => id).sort()).toEqual([first, second].sort());
  });

  it.each([
    [101, [], 'supported in a batch request is 100'],
    [51, ['email'], 'batch request for property histories is 50'],
  ])('refuses %i inputs with history of %j', async (count, history, text) => {
    const refused = await refusal(read(emails(count), 'email', history));
    expect(refused).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
    expect(refused.body.message).toContain(text);
  });
});

describe('Batch create without trace ids is all or nothing', () => {
  const create = (list: readonly Record<string, string>[]) =>
    batch().createWithHttpInfo({
      inputs: list.map((properties) => ({ properties, associations: [] })),
    });

  it('answers 201', async () => {
    const { httpStatusCode, data } = await create(emails(100).map((email) => ({ email })));
    expect(httpStatusCode).toBe(201);
    expect(data.results).toHaveLength(100);
    expect(portal.hubspot.portal.size).toBe(100);
  });

  it('fails as a whole for one taken e-mail, naming the first', async () => {
    const [id = ''] = seed(1);
    const refused = await refusal(
      create([{ email: 'new@example.com' }, { email: 'n0@example.com' }]),
    );
    expect(refused).toMatchObject({
      code: 409,
      body: { category: 'CONFLICT', message: `Contact already exists. Existing ID: ${id}` },
    });
    expect(portal.hubspot.portal.size).toBe(1);
  });

  it('fails as a whole when two inputs share an e-mail, naming no id', async () => {
    const refused = await refusal(create([{ email: 'a@example.com' }, { email: 'A@example.com' }]));
    expect(refused).toMatchObject({ code: 409, body: { message: 'Contact already exists' } });
    expect(portal.hubspot.portal.size).toBe(0);
  });

  it('lists the invalid values of all inputs', async () => {
    const refused = await refusal(
      create([{ first000name: 'A' }, { email: 'a@example.com' }, { score: 'x' }]),
    );
    expect(refused.code).toBe(400);
    expect(refused.body.errors).toMatchObject([
      { code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: ['first000name'] } },
      { code: 'INVALID_FLOAT', context: { propertyName: ['score'] } },
    ]);
    expect(portal.hubspot.portal.size).toBe(0);
  });
});

describe('Batch create with trace ids gives each input its own fate', () => {
  it('answers 207 with what was created and what was refused', async () => {
    const [taken = ''] = seed(1);
    const { httpStatusCode, data } = await batch().createWithHttpInfo({
      inputs: [
        { properties: { email: 'new@example.com' }, associations: [], objectWriteTraceId: 'new' },
        { properties: { email: 'n0@example.com' }, associations: [], objectWriteTraceId: 'taken' },
        { properties: { score: 'many' }, associations: [], objectWriteTraceId: 'invalid' },
      ],
    });
    expect(httpStatusCode).toBe(207);
    expect(data).toMatchObject({
      status: 'COMPLETE',
      numErrors: 2,
      results: [{ properties: { email: 'new@example.com' }, objectWriteTraceId: 'new' }],
      errors: [
        {
          status: 'error',
          category: 'CONFLICT',
          message: `Contact already exists. Existing ID: ${taken}`,
          context: { objectWriteTraceId: ['taken'], existingId: [taken] },
        },
        { category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['invalid'] } },
      ],
    });
    expect(portal.hubspot.portal.size).toBe(2);
  });

  it('answers 201 when nothing was refused', async () => {
    const { httpStatusCode } = await batch().createWithHttpInfo({
      inputs: [
        { properties: { email: 'a@example.com' }, associations: [], objectWriteTraceId: '1' },
      ],
    });
    expect(httpStatusCode).toBe(201);
  });
});

describe('Batch update', () => {
  it('answers 200 and writes', async () => {
    const ids = seed(3);
    const { httpStatusCode } = await batch().updateWithHttpInfo({
      inputs: ids.map((id) => ({ id, properties: { city: 'Oslo' } })),
    });
    expect(httpStatusCode).toBe(200);
    expect(portal.hubspot.portal.all().map(({ properties }) => properties.city)).toEqual([
      'Oslo',
      'Oslo',
      'Oslo',
    ]);
  });

  it('answers 207 for ids without a contact and updates the others', async () => {
    const [id = ''] = seed(1);
    const { httpStatusCode, data } = await batch().updateWithHttpInfo({
      inputs: [
        { id, properties: { city: 'Oslo' } },
        { id: '999', properties: { city: 'Oslo' } },
      ],
    });
    expect(httpStatusCode).toBe(207);
    expect(data).toMatchObject({
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['999'] } }],
    });
    expect(portal.hubspot.portal.value(id, 'city')).toBe('Oslo');
  });

  it('names the input of a missing id when it has a trace id', async () => {
    const { data } = await batch().updateWithHttpInfo({
      inputs: [{ id: '999', properties: { city: 'Oslo' }, objectWriteTraceId: 't' }],
    });
    expect(data).toMatchObject({
      errors: [{ context: { ids: ['999'], objectWriteTraceId: ['t'] } }],
    });
  });

  it.each([undefined, 'trace'])('refuses the same id twice (trace id %s)', async (trace) => {
    const [id = ''] = seed(1);
    const input = {
      id,
      properties: { city: 'Oslo' },
      ...(trace ? { objectWriteTraceId: trace } : {}),
    };
    const refused = await refusal(batch().update({ inputs: [input, input] }));
    expect(refused).toMatchObject({
      code: 400,
      body: {
        message: `Duplicate IDs found in batch input: [${id}]. IDs must be unique`,
        context: { ids: [id] },
      },
    });
  });

  it('refuses to update by e-mail', async () => {
    const refused = await refusal(
      batch().update({
        inputs: [{ id: 'a@example.com', idProperty: 'email', properties: { city: 'Oslo' } }],
      }),
    );
    expect(refused.body.message).toContain(
      'Unable to perform update/upsert by non-unique 0-1 property email',
    );
  });
});

describe('Batch upsert', () => {
  it('tells what is new, by e-mail', async () => {
    const [id = ''] = seed(1);
    const { httpStatusCode, data } = await batch().upsertWithHttpInfo({
      inputs: [
        { id: 'N0@example.com', idProperty: 'email', properties: { city: 'Oslo' } },
        { id: 'new@example.com', idProperty: 'email', properties: { city: 'Rome' } },
      ],
    });
    expect(httpStatusCode).toBe(200);
    const results = new Map(data.results.map((result) => [result.properties.city, result]));
    expect(results.get('Oslo')).toMatchObject({ id, _new: false });
    expect(results.get('Rome')).toMatchObject({ _new: true });
    expect(portal.hubspot.portal.byEmail('new@example.com')?.properties.city).toBe('Rome');
  });

  it('works by a custom property with unique values, and keeps those apart', async () => {
    await portal.client.crm.properties.coreApi.create('contacts', {
      name: 'sf_link',
      label: 'Link',
      type: 'string' as never,
      fieldType: 'text' as never,
      groupName: 'contactinformation',
      hasUniqueValue: true,
    });
    const upsert = (id: string) =>
      batch().upsert({ inputs: [{ id, idProperty: 'sf_link', properties: { city: 'Oslo' } }] });
    const first = await upsert('00Q1');
    const again = await upsert('00Q1');
    expect([first.results[0], again.results[0]]).toMatchObject([{ _new: true }, { _new: false }]);
    expect(again.results[0]?.id).toBe(first.results[0]?.id);
    const refused = await refusal(
      batch().create({ inputs: [{ properties: { sf_link: '00q1' }, associations: [] }] }),
    );
    expect(refused.body.message).toContain('CONFLICTING_UNIQUE_VALUE');
  });

  it.each(['hs_object_id', 'city'])('refuses %s as idProperty', async (idProperty) => {
    const refused = await refusal(
      batch().upsert({ inputs: [{ id: '1', idProperty, properties: {} }] }),
    );
    expect(refused.body.message).toBe(
      `Unable to perform update/upsert by non-unique 0-1 property ${idProperty} in portal ID 49547190`,
    );
  });

  it('gives each input its own fate with trace ids', async () => {
    const { httpStatusCode, data } = await batch().upsertWithHttpInfo({
      inputs: [
        { id: 'a@example.com', idProperty: 'email', properties: {}, objectWriteTraceId: 'a' },
        { id: 'bad', idProperty: 'email', properties: {}, objectWriteTraceId: 'b' },
      ],
    });
    expect(httpStatusCode).toBe(207);
    expect(data).toMatchObject({
      results: [{ _new: true, objectWriteTraceId: 'a' }],
      errors: [{ context: { objectWriteTraceId: ['b'] } }],
    });
  });
});

describe('Batch archive', () => {
  it('answers 204, unknown ids included', async () => {
    const ids = seed(2);
    const answer = await batch().archiveWithHttpInfo({
      inputs: [...ids, '999'].map((id) => ({ id })),
    });
    expect(answer.httpStatusCode).toBe(204);
    expect(portal.hubspot.portal.size).toBe(0);
  });
});
