import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf, startSandbox, type Sandbox } from './fixture.ts';

const FIELD = 'Tandem_HubSpot_Id__c';

describe('Collections (salesforce-api §4)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const leads = (count: number) =>
    Array.from({ length: count }, (_each, place) => ({ LastName: `L${place}`, Company: 'C' }));

  it('creates 200 rows in one call, in order', async () => {
    const outcomes = await sandbox.connection.sobject('Lead').create(leads(200));
    expect(outcomes.every(({ success }) => success)).toBe(true);
    expect(outcomes.map(({ id }) => sandbox.org.get('Lead', id ?? '')?.LastName)).toEqual(
      leads(200).map(({ LastName }) => LastName),
    );
    expect(sandbox.standIn.calls.byEndpoint()).toEqual({ 'POST /composite/sobjects': 1 });
  });

  it('refuses 201', async () => {
    const records = leads(201).map((lead) => ({ attributes: { type: 'Lead' }, ...lead }));
    const { status, json } = await sandbox.call('POST', '/composite/sobjects', { records });
    expect(status).toBe(400);
    expect(json).toEqual([
      {
        errorCode: 'EXCEEDED_ID_LIMIT',
        message: 'record limit reached. cannot submit more than 200 records into this call',
      },
    ]);
  });

  it('lets one row fail alone, in its place', async () => {
    const [first, second, third] = await sandbox.connection
      .sobject('Lead')
      .create([
        { LastName: 'A', Company: 'C' },
        { LastName: 'B' },
        { LastName: 'C', Company: 'C' },
      ]);
    expect([first?.success, third?.success]).toEqual([true, true]);
    expect(second).toEqual({
      success: false,
      errors: [
        {
          statusCode: 'REQUIRED_FIELD_MISSING',
          message: 'Required fields are missing: [Company]',
          fields: ['Company'],
        },
      ],
    });
  });

  it('undoes all rows with allOrNone', async () => {
    const outcomes = await sandbox.connection
      .sobject('Lead')
      .create([{ LastName: 'A', Company: 'C' }, { LastName: 'B' }], { allOrNone: true });
    expect(outcomes.map(({ errors }) => errors[0])).toMatchObject([
      {
        statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
        message:
          'Record rolled back because not all records were valid and the request was using AllOrNone header',
      },
      { statusCode: 'REQUIRED_FIELD_MISSING' },
    ]);
    expect(sandbox.org.all('Lead')).toEqual([]);
  });

  it('updates rows and says why one could not be', async () => {
    const kept = sandbox.org.insert('Contact', { LastName: 'A' });
    const gone = sandbox.org.insert('Contact', { LastName: 'B' });
    sandbox.org.remove('Contact', gone);
    const outcomes = await sandbox.connection.sobject('Contact').update([
      { Id: kept, Title: 'Dr' },
      { Id: gone, Title: 'Dr' },
      { Id: '003000000000001AAA', Title: 'Dr' },
      { Id: 'nonsense', Title: 'Dr' },
    ]);
    expect(outcomes[0]).toEqual({ id: kept, success: true, errors: [] });
    expect(outcomes.slice(1).map(({ errors }) => errors[0])).toMatchObject([
      { statusCode: 'ENTITY_IS_DELETED' },
      { statusCode: 'INVALID_CROSS_REFERENCE_KEY' },
      { statusCode: 'MALFORMED_ID', message: 'Contact ID: id value of incorrect type: nonsense' },
    ]);
    expect(sandbox.org.get('Contact', kept)?.Title).toBe('Dr');
  });

  it('deletes rows', async () => {
    const ids = [1, 2].map(() => sandbox.org.insert('Contact', { LastName: 'A' }));
    expect(await sandbox.connection.sobject('Contact').destroy(ids)).toEqual(
      ids.map((id) => ({ id, success: true, errors: [] })),
    );
    expect(sandbox.org.all('Contact')).toEqual([]);
    expect(sandbox.org.get('Contact', ids[0] ?? '')?.IsDeleted).toBe(true);
  });

  describe('upsert on the external id', () => {
    const upsert = (rows: Record<string, unknown>[]) =>
      sandbox.connection.sobject('Lead').upsert(rows, FIELD);

    it('creates once, however often it is repeated', async () => {
      const rows = [{ [FIELD]: '1', LastName: 'A', Company: 'C' }];
      const [first] = await upsert(rows);
      const [second] = await upsert(rows);
      expect(first).toMatchObject({ success: true, created: true });
      expect(second).toMatchObject({ id: first?.id, success: true, created: false });
      expect(sandbox.org.all('Lead')).toHaveLength(1);
    });

    it('refuses both rows that share an external id', async () => {
      const outcomes = await upsert([
        { [FIELD]: 'a-1', LastName: 'A', Company: 'C' },
        { [FIELD]: 'A-1', LastName: 'B', Company: 'C' },
        { [FIELD]: 'a-2', LastName: 'C', Company: 'C' },
      ]);
      expect(outcomes.map(({ success }) => success)).toEqual([false, false, true]);
      expect(outcomes[0]?.errors).toMatchObject([
        { statusCode: 'DUPLICATE_VALUE', message: 'Duplicate external id specified: a-1' },
      ]);
    });

    it('creates anew when the row that had the id was deleted', async () => {
      const id = sandbox.org.insert('Lead', { LastName: 'A', Company: 'C', [FIELD]: '1' });
      sandbox.org.remove('Lead', id);
      const [outcome] = await upsert([{ [FIELD]: '1', LastName: 'A', Company: 'C' }]);
      expect(outcome).toMatchObject({ success: true, created: true });
    });
  });

  describe('retrieve (salesforce-api §3)', () => {
    it('gives rows in the order asked, null for missing and deleted ones', async () => {
      const one = sandbox.org.insert('Contact', { LastName: 'One' });
      const gone = sandbox.org.insert('Contact', { LastName: 'Gone' });
      const two = sandbox.org.insert('Contact', { LastName: 'Two' });
      sandbox.org.remove('Contact', gone);
      const rows = await sandbox.connection
        .sobject('Contact')
        .retrieve([two, gone, '003000000000001AAA', one.slice(0, 15)], { fields: ['LastName'] });
      expect(rows).toMatchObject([{ LastName: 'Two' }, null, null, { LastName: 'One' }]);
    });

    it('takes 2,000 ids and not one more', async () => {
      const ids = Array.from({ length: 2001 }, () => '003000000000001AAA');
      const retrieve = (count: number) =>
        sandbox.call('POST', '/composite/sobjects/Contact', {
          ids: ids.slice(0, count),
          fields: ['Id'],
        });
      expect((await retrieve(2000)).status).toBe(200);
      expect((await retrieve(2001)).json).toMatchObject([{ errorCode: 'EXCEEDED_ID_LIMIT' }]);
    });
  });

  it('mixes objects in at most ten chunks', async () => {
    const mixed = (chunks: number) =>
      Array.from({ length: chunks }, (_each, place) =>
        place % 2 === 0
          ? { attributes: { type: 'Lead' }, LastName: 'A', Company: 'C' }
          : { attributes: { type: 'Contact' }, LastName: 'A' },
      );
    const ten = await sandbox.call('POST', '/composite/sobjects', { records: mixed(10) });
    expect(ten.json).toHaveLength(10);
    const eleven = await sandbox.call('POST', '/composite/sobjects', { records: mixed(11) });
    expect(eleven.status).toBe(400);
  });

  it('refuses the whole call over a field it does not know, before any row is saved', async () => {
    const rows = [
      { LastName: 'A', Company: 'C' },
      { LastName: 'B', Company: 'C', Nope: 1 },
    ];
    expect(await refusalOf(sandbox.connection.sobject('Lead').create(rows))).toEqual({
      errorCode: 'INVALID_FIELD',
      message: "No such column 'Nope' on sobject of type Lead",
    });
    expect(sandbox.org.all('Lead')).toEqual([]);
  });

  it('can be told to refuse only the row', async () => {
    const lenient = await startSandbox({ unreadableRowFails: 'row' });
    const outcomes = await lenient.connection.sobject('Lead').create([
      { LastName: 'A', Company: 'C' },
      { LastName: 'B', Company: 'C', Score__c: 'many' },
    ]);
    expect(outcomes.map(({ success }) => success)).toEqual([true, false]);
    await lenient.close();
  });
});
