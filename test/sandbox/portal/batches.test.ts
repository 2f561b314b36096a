// Batches of contacts: statuses, partial success, limits (hubspot-api §2.1, §7).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf, startSandbox, type Body, type Sandbox } from './fixture.ts';

const BATCH = '/crm/objects/2026-09/contacts/batch';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const post = (operation: string, inputs: readonly unknown[], rest: object = {}) =>
  sandbox.call('POST', `${BATCH}/${operation}`, { inputs, ...rest });

const byTrace = (rows: readonly Body[] | undefined): string[] =>
  (rows ?? []).map(({ objectWriteTraceId }) => String(objectWriteTraceId)).sort();

describe('batch/read (hubspot-api §2.1)', () => {
  it('answers what exists with 207 and names what does not', async () => {
    const id = sandbox.portal.create({ email: 'ada@example.com' });
    const answer = await sandbox.client.crm.contacts.batchApi.readWithHttpInfo(
      { inputs: [{ id }, { id: '999' }], properties: ['email'], propertiesWithHistory: [] },
      false,
    );
    expect(answer.httpStatusCode).toBe(207);
    expect(answer.data.results.map((contact) => contact.properties.email)).toEqual([
      'ada@example.com',
    ]);
    expect(answer.data).toMatchObject({
      status: 'COMPLETE',
      numErrors: 1,
      errors: [
        {
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          message:
            'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.',
          context: { ids: ['999'] },
        },
      ],
    });
  });

  it('looks up primary and additional e-mails', async () => {
    const [id] = sandbox.portal.seed([
      { properties: { email: 'ada@example.com', hs_additional_emails: 'countess@example.com' } },
    ]);
    for (const email of ['ADA@example.com', 'countess@example.com']) {
      const { status, json } = await post('read', [{ id: email }], { idProperty: 'email' });
      expect([status, json.results?.[0]?.id]).toEqual([200, id]);
    }
  });

  it('takes 100 inputs, 50 with history, and refuses more with 400', async () => {
    const inputs = (count: number) => Array.from({ length: count }, (_, n) => ({ id: String(n) }));
    const history = { propertiesWithHistory: ['email'] };
    expect((await post('read', inputs(100))).status).toBe(207);
    expect((await post('read', inputs(101))).status).toBe(400);
    expect((await post('read', inputs(50), history)).status).toBe(207);
    const refused = await post('read', inputs(51), history);
    expect(refused.status).toBe(400);
    expect(refused.json.message).toContain('for property histories is 50');
  });
});

describe('batch/create', () => {
  it('creates all with 201 and echoes trace ids', async () => {
    const answer = await post('create', [
      { properties: { email: 'a@example.com' }, objectWriteTraceId: 'one' },
      { properties: { email: 'b@example.com' }, objectWriteTraceId: 'two' },
    ]);
    expect(answer.status).toBe(201);
    expect(byTrace(answer.json.results)).toEqual(['one', 'two']);
    expect(sandbox.portal.all()).toHaveLength(2);
  });

  it('creates nothing when one is a duplicate and none has a trace id', async () => {
    const ada = sandbox.portal.create({ email: 'ada@example.com' });
    const refusal = await refusalOf(
      sandbox.dated.crm.contacts.batchApi.create({
        inputs: [
          { properties: { email: 'new@example.com' }, associations: [] },
          { properties: { email: 'ada@example.com' }, associations: [] },
        ],
      }),
    );
    expect(refusal.code).toBe(409);
    expect(refusal.body.message).toBe(`Contact already exists. Existing ID: ${ada}`);
    expect(sandbox.portal.all()).toHaveLength(1);
  });

  it('refuses inputs one by one, by trace id', async () => {
    const ada = sandbox.portal.create({ email: 'ada@example.com' });
    const answer = await sandbox.client.crm.contacts.batchApi.createWithHttpInfo({
      inputs: [
        { properties: { email: 'new@example.com' }, associations: [], objectWriteTraceId: 'new' },
        { properties: { email: 'ada@example.com' }, associations: [], objectWriteTraceId: 'taken' },
        { properties: { email: 'new@example.com' }, associations: [], objectWriteTraceId: 'twin' },
        { properties: { email: 'nonsense' }, associations: [], objectWriteTraceId: 'bad' },
      ],
    });
    expect(answer.httpStatusCode).toBe(207);
    expect(answer.data.results).toHaveLength(1);
    const newId = answer.data.results[0]?.id ?? '';
    expect(answer.data).toMatchObject({
      numErrors: 3,
      errors: [
        {
          category: 'CONFLICT',
          message: `Contact already exists. Existing ID: ${ada}`,
          context: { objectWriteTraceId: ['taken'] },
        },
        {
          category: 'CONFLICT',
          message: `Contact already exists. Existing ID: ${newId}`,
          context: { objectWriteTraceId: ['twin'] },
        },
        { category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['bad'] } },
      ],
    });
  });
});

describe('batch/update', () => {
  it('updates by id; a missing one and a taken e-mail fail alone', async () => {
    const ada = sandbox.portal.create({ email: 'ada@example.com' });
    const bob = sandbox.portal.create({ email: 'bob@example.com' });
    const answer = await post('update', [
      { id: ada, properties: { lastname: 'Byron' }, objectWriteTraceId: 'ada' },
      { id: bob, properties: { email: 'ada@example.com' }, objectWriteTraceId: 'bob' },
      { id: '999', properties: { lastname: 'X' }, objectWriteTraceId: 'nobody' },
    ]);
    expect(answer.status).toBe(207);
    expect(answer.json.results).toMatchObject([
      { id: ada, objectWriteTraceId: 'ada', properties: { lastname: 'Byron' } },
    ]);
    expect(answer.json.errors).toMatchObject([
      { category: 'CONFLICT', context: { objectWriteTraceId: ['bob'] } },
      {
        category: 'OBJECT_NOT_FOUND',
        context: { ids: ['999'], objectWriteTraceId: ['nobody'] },
      },
    ]);
  });

  it('answers 200 when all is well', async () => {
    const id = sandbox.portal.create({ email: 'ada@example.com' });
    expect((await post('update', [{ id, properties: { lastname: 'B' } }])).status).toBe(200);
  });

  it('is all or nothing without trace ids', async () => {
    const ada = sandbox.portal.create({ email: 'ada@example.com' });
    const bob = sandbox.portal.create({ email: 'bob@example.com' });
    const answer = await post('update', [
      { id: ada, properties: { lastname: 'Byron' } },
      { id: bob, properties: { score: 'many' } },
    ]);
    expect(answer.status).toBe(400);
    expect(sandbox.portal.get(ada)?.properties.lastname).toBeUndefined();
  });

  it('refuses e-mail as idProperty (hubspot-api §1.4, known issue)', async () => {
    sandbox.portal.create({ email: 'ada@example.com' });
    const answer = await post('update', [
      { id: 'ada@example.com', idProperty: 'email', properties: { lastname: 'B' } },
    ]);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain('non-unique');
  });
});

describe('batch/upsert', () => {
  it('creates or updates by e-mail and says which', async () => {
    sandbox.portal.create({ email: 'ada@example.com' });
    const answer = await sandbox.client.crm.contacts.batchApi.upsert({
      inputs: ['ada', 'bob'].map((name) => ({
        id: `${name}@example.com`,
        idProperty: 'email',
        properties: { firstname: name },
        objectWriteTraceId: name,
      })),
    });
    const isNew = answer.results.map((contact) => [contact.properties.firstname, contact._new]);
    expect(Object.fromEntries(isNew)).toEqual({ ada: false, bob: true });
  });

  it('upserts by a custom property with unique values', async () => {
    await sandbox.call('POST', '/crm/v3/properties/contacts', {
      name: 'salesforce_key',
      label: 'Salesforce key',
      type: 'string',
      fieldType: 'text',
      groupName: 'contactinformation',
      hasUniqueValue: true,
    });
    const input = { id: '00Q1', idProperty: 'salesforce_key', properties: { firstname: 'Ada' } };
    await post('upsert', [input]);
    const again = await post('upsert', [input]);
    expect(again.json.results).toMatchObject([{ new: false }]);
    expect(sandbox.portal.all()).toHaveLength(1);
  });
});

describe('batch/archive', () => {
  it('answers 204 and forgets the contacts', async () => {
    const id = sandbox.portal.create({ email: 'ada@example.com' });
    const answer = await post('archive', [{ id }, { id: '999' }]);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(sandbox.portal.all()).toEqual([]);
  });
});
