import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX_USERS } from '../../../src/sandbox/salesforce/stand-in.ts';
import { STAMP, startSandbox, type Sandbox } from './fixture.ts';

describe('One row at a time (salesforce-api §4)', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  it('creates with 201, the id and where to find it', async () => {
    const { status, json, headers } = await sandbox.call('POST', '/sobjects/Lead', {
      LastName: 'Lovelace',
      Company: 'Engines',
    });
    const { id } = json as { id: string };
    expect(status).toBe(201);
    expect(json).toEqual({ id, success: true, errors: [] });
    expect(id).toMatch(/^00Q\w{15}$/);
    expect(headers.get('location')).toBe(`/services/data/v60.0/sobjects/Lead/${id}`);
  });

  it('fills in defaults, owner, names and stamps', async () => {
    const { id = '' } = await sandbox.connection.sobject('Lead').create({
      FirstName: 'Ada',
      LastName: 'Lovelace',
      Company: 'Engines',
      City: 'London',
      Last_Demo__c: '2026-11-23T11:30:00.750+01:00',
    });
    const integration = SANDBOX_USERS.integration.id;
    expect(await sandbox.connection.sobject('Lead').retrieve(id)).toMatchObject({
      attributes: { type: 'Lead' },
      Id: id,
      Name: 'Ada Lovelace',
      Status: 'Open - Not Contacted',
      HasOptedOutOfEmail: false,
      IsConverted: false,
      OwnerId: integration,
      CreatedById: integration,
      LastModifiedById: integration,
      CreatedDate: STAMP,
      SystemModstamp: STAMP,
      Last_Demo__c: '2026-11-23T10:30:00.000+0000',
      Address: { city: 'London', street: null },
      Full_Address__c: 'London',
    });
  });

  it('updates with 204 and moves the stamps, even when nothing changes', async () => {
    const id = sandbox.org.insert('Contact', { LastName: 'Hopper' });
    sandbox.clock.advance(5500);
    const { status, text } = await sandbox.call('PATCH', `/sobjects/contact/${id.slice(0, 15)}`, {
      lastname: 'Hopper',
    });
    expect([status, text]).toEqual([204, '']);
    expect(sandbox.org.get('Contact', id)).toMatchObject({
      SystemModstamp: '2026-11-23T10:00:05.000+0000',
      LastModifiedDate: '2026-11-23T10:00:05.000+0000',
      LastModifiedById: SANDBOX_USERS.integration.id,
      CreatedById: SANDBOX_USERS.maya.id,
      CreatedDate: STAMP,
    });
  });

  it('deletes with 204; afterwards the row is gone', async () => {
    const id = sandbox.org.insert('Contact', { LastName: 'Hopper' });
    expect((await sandbox.call('DELETE', `/sobjects/Contact/${id}`)).status).toBe(204);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const answer = await sandbox.call(
        method,
        `/sobjects/Contact/${id}`,
        method === 'PATCH' ? {} : undefined,
      );
      expect(answer.status).toBe(404);
      expect(answer.json).toMatchObject([{ errorCode: 'ENTITY_IS_DELETED' }]);
    }
  });

  it.each([
    ['003000000000001AAA', 'The requested resource does not exist'],
    ['-1', 'Provided external ID field does not exist or is not accessible: -1'],
  ])('answers 404 NOT_FOUND for %s', async (id, message) => {
    const { status, json } = await sandbox.call('GET', `/sobjects/Contact/${id}`);
    expect(status).toBe(404);
    expect(json).toEqual([{ message, errorCode: 'NOT_FOUND' }]);
  });

  it('gives only the fields asked for', async () => {
    const id = sandbox.org.insert('Contact', { LastName: 'Hopper' });
    const { json } = await sandbox.call('GET', `/sobjects/Contact/${id}?fields=lastname,Id`);
    expect(json).toEqual({
      attributes: { type: 'Contact', url: `/services/data/v60.0/sobjects/Contact/${id}` },
      LastName: 'Hopper',
      Id: id,
    });
  });

  it('refuses a PATCH with 412 when the row changed after If-Unmodified-Since', async () => {
    const id = sandbox.org.insert('Contact', { LastName: 'Hopper' });
    const patch = (since: string) =>
      sandbox.call(
        'PATCH',
        `/sobjects/Contact/${id}`,
        { Title: 'Rear Admiral' },
        {
          'If-Unmodified-Since': since,
        },
      );
    expect((await patch('Mon, 23 Nov 2026 09:59:59 GMT')).status).toBe(412);
    expect(sandbox.org.get('Contact', id)?.Title).toBeNull();
    expect((await patch('Mon, 23 Nov 2026 10:00:00 GMT')).status).toBe(204);
  });

  describe('by external id', () => {
    const FIELD = 'Tandem_HubSpot_Id__c';

    it('creates on the first upsert and updates on the next', async () => {
      const lead = { LastName: 'A', Company: 'B' };
      const first = await sandbox.call('PATCH', `/sobjects/Lead/${FIELD}/501`, lead);
      const { id } = first.json as { id: string };
      expect(first.status).toBe(201);
      expect(first.json).toEqual({ id, success: true, errors: [], created: true });
      const second = await sandbox.call('PATCH', `/sobjects/Lead/${FIELD}/501`, lead);
      expect(second.status).toBe(200);
      expect(second.json).toEqual({ id, success: true, errors: [], created: false });
      expect(sandbox.org.get('Lead', id)?.[FIELD]).toBe('501');
    });

    it('reads the row or answers 404', async () => {
      const id = sandbox.org.insert('Contact', { LastName: 'A', [FIELD]: 'X-1' });
      const found = await sandbox.call('GET', `/sobjects/Contact/${FIELD}/x-1`);
      expect(found.json).toMatchObject({ Id: id });
      expect((await sandbox.call('GET', `/sobjects/Contact/${FIELD}/x-2`)).status).toBe(404);
    });

    it('takes neither the key in the body nor a field that is no external id', async () => {
      const inBody = await sandbox.call('PATCH', `/sobjects/Lead/${FIELD}/1`, { [FIELD]: '1' });
      expect(inBody.json).toMatchObject([
        {
          errorCode: 'INVALID_FIELD',
          message: `The ${FIELD} field should not be specified in the sobject data.`,
        },
      ]);
      const notExternal = await sandbox.call('PATCH', '/sobjects/Lead/Fax/1', {});
      expect(notExternal.json).toEqual([
        {
          errorCode: 'NOT_FOUND',
          message: 'Provided external ID field does not exist or is not accessible: Fax',
        },
      ]);
    });
  });
});
