// Signing in, staying signed in, and what happens when Salesforce or the way to it fails.
import { describe, expect, it } from 'vitest';
import { RateLimited } from '../../src/engine/failures.ts';
import type { Fault } from '../../src/sandbox/faults.ts';
import { SANDBOX_ORGANIZATION_ID, SANDBOX_QUEUE } from '../../src/sandbox/salesforce/stand-in.ts';
import { createSalesforce } from '../../src/salesforce/jsforce.ts';
import {
  clientCredentials,
  FIELDS,
  json,
  jwt,
  JWT_CLIENT,
  refreshToken,
  rejectionOf,
  seedLeads,
  startCanned,
  startOrg,
  startSignedIn,
  timeoutFor,
} from './fixture.ts';

const TOKEN = 'POST /services/oauth2/token';
const status = (code: number): Fault => ({ kind: 'status', status: code });

describe('Signing in (salesforce-api §2)', () => {
  it.each([
    ['client credentials', clientCredentials],
    ['a JWT', jwt],
    ['a refresh token', refreshToken],
  ])('works with %s, once for all calls', async (_, credentials) => {
    const { salesforce, standIn } = await startOrg({ clients: [JWT_CLIENT] }, credentials);
    await Promise.all([
      salesforce.schema.describe('Lead'),
      salesforce.schema.describe('Contact'),
      salesforce.schema.users(),
    ]);
    expect(standIn.calls.byEndpoint()[TOKEN]).toBe(1);
  });

  it('happens with the first call, not before', async () => {
    const { standIn } = await startOrg();
    expect(standIn.calls.total).toBe(0);
  });

  it('is refused with Salesforce’s own words, and not tried again', async () => {
    const { salesforce, standIn } = await startOrg({}, (loginUrl) => ({
      ...clientCredentials(loginUrl),
      flow: 'clientCredentials',
      clientSecret: 'wrong',
    }));
    const failure = await rejectionOf(salesforce.schema.users());
    expect(failure).toMatchObject({ name: 'Unauthorized', crm: 'Salesforce' });
    expect(String(failure)).toContain('invalid client credentials');
    expect(standIn.calls.total).toBe(1);
  });

  it('is tried again after an outage, also by the next call', async () => {
    const { salesforce, standIn } = await startOrg();
    standIn.faults.plan(/oauth2/, status(503), 5);
    expect(await rejectionOf(salesforce.schema.users())).toMatchObject({ name: 'Unavailable' });
    await expect(salesforce.schema.users()).resolves.not.toHaveLength(0);
  });
});

describe('A session that ends', () => {
  it('is renewed once, and the call is made again', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = { Lead: seedLeads(org, 1), Contact: [] };
    await salesforce.records.read({ ids, emails: [] }, FIELDS);
    standIn.expireSessions();
    standIn.calls.reset();
    await expect(salesforce.records.read({ ids, emails: [] }, FIELDS)).resolves.toHaveLength(1);
    expect(standIn.calls.byEndpoint()[TOKEN]).toBe(1);
    expect(standIn.calls.total).toBe(3);
  });

  it('is renewed once for calls that are under way together', async () => {
    const { salesforce, standIn } = await startSignedIn();
    await salesforce.schema.users();
    standIn.expireSessions();
    standIn.calls.reset();
    await Promise.all([salesforce.schema.users(), salesforce.schema.describe('Lead')]);
    expect(standIn.calls.byEndpoint()[TOKEN]).toBe(1);
  });

  it('ends in Unauthorized when Salesforce refuses one fresh session after another', async () => {
    const { salesforce, standIn } = await startSignedIn();
    standIn.faults.plan(/query/, status(401), 100);
    expect(await rejectionOf(salesforce.schema.users())).toMatchObject({ name: 'Unauthorized' });
    expect(standIn.calls.total).toBeLessThanOrEqual(5);
  });

  it('ends in Unauthorized when the app was taken away meanwhile', async () => {
    const clients = [JWT_CLIENT];
    const { salesforce, standIn } = await startSignedIn({ clients });
    clients.pop();
    standIn.expireSessions();
    const failure = await rejectionOf(salesforce.schema.users());
    expect(failure).toMatchObject({ name: 'Unauthorized', crm: 'Salesforce' });
    expect(String(failure)).toContain('invalid_client_id');
    expect(standIn.calls.total).toBe(2);
  });
});

describe('A call that fails and then works', () => {
  it.each<[string, Fault]>([
    ['500', status(500)],
    ['502 with a page of HTML', status(502)],
    ['503', status(503)],
    ['504', status(504)],
    ['a query that ran too long', status(400)],
    ['too many calls at once', status(429)],
    ['a broken connection', { kind: 'reset' }],
    ['no answer at all', { kind: 'timeout' }],
    ['an answer lost on its way', { kind: 'resetAfterCommit' }],
  ])('is made again after %s', async (_, fault) => {
    const { salesforce, standIn, waits } = await startSignedIn({}, timeoutFor(fault));
    standIn.faults.plan(/query/, fault, 2);
    await expect(salesforce.schema.users()).resolves.not.toHaveLength(0);
    expect(standIn.calls.total).toBe(3);
    expect(waits).toEqual([300, 600]);
  });

  it('is made again when a good status comes with HTML', async () => {
    const { salesforce, paths } = await startCanned((_path, response) => {
      if (paths.length > 2) {
        json(response, 200, { totalSize: 0, done: true, records: [] });
        return;
      }
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>maintenance</html>');
    });
    await expect(salesforce.schema.users()).resolves.toEqual([]);
  });

  it('is made again when an answer stops half-way', async () => {
    const { salesforce, paths } = await startCanned((_path, response) => {
      if (paths.length > 2) {
        json(response, 200, { totalSize: 0, done: true, records: [] });
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"totalSize":');
    });
    await expect(salesforce.schema.users()).resolves.toEqual([]);
  });
});

describe('A call that keeps failing', () => {
  it.each<[string, Fault, string]>([
    ['503', status(503), 'Unavailable'],
    ['502 with HTML', status(502), 'Unavailable'],
    ['broken connections', { kind: 'reset' }, 'Unavailable'],
    ['silence', { kind: 'timeout' }, 'Unavailable'],
  ])('ends after a bounded number of tries: %s', async (_, fault, name) => {
    const { salesforce, standIn } = await startSignedIn({}, timeoutFor(fault));
    standIn.faults.plan(/query/, fault, 100);
    expect(await rejectionOf(salesforce.schema.users())).toMatchObject({ name });
    expect(standIn.calls.total).toBe(4);
  });

  it('is told to slow down when too many are under way', async () => {
    const { salesforce, standIn } = await startSignedIn();
    standIn.faults.plan(/query/, status(429), 100);
    expect(await rejectionOf(salesforce.schema.users())).toBeInstanceOf(RateLimited);
    expect(standIn.calls.total).toBe(4);
  });

  it('does not wait for the day to end (REQUEST_LIMIT_EXCEEDED)', async () => {
    const { salesforce, standIn } = await startSignedIn();
    standIn.apiUsage.limit = 0;
    expect(await rejectionOf(salesforce.schema.users())).toMatchObject({
      name: 'RateLimited',
      crm: 'Salesforce',
      // It counts the last 24 hours and doesn't say when any of them leave.
      retryAfterMs: 300_000,
    });
    expect(standIn.calls.total).toBe(1);
  });
});

describe('What the org has', () => {
  it('is described field by field', async () => {
    const { salesforce, standIn } = await startSignedIn();
    const fields = new Map(
      (await salesforce.schema.describe('Lead')).map((field) => [field.name, field]),
    );
    expect(fields.get('LastName')).toMatchObject({ type: 'string', length: 80, nillable: false });
    expect(fields.get('Email')?.type).toBe('email');
    expect(fields.get('Status')?.picklistValues.length).toBeGreaterThan(0);
    expect(fields.get('Tandem_HubSpot_Id__c')).toMatchObject({ externalId: true, unique: true });
    expect(standIn.calls.total).toBe(1);
  });

  it('has no fields that are hidden from the integration user', async () => {
    const { salesforce, org } = await startSignedIn();
    org.hideField('Lead', 'Tandem_HubSpot_Id__c');
    const fields = await salesforce.schema.describe('Lead');
    expect(fields.map(({ name }) => name)).not.toContain('Tandem_HubSpot_Id__c');
  });

  it('includes users who have left', async () => {
    const { salesforce } = await startSignedIn();
    const users = await salesforce.schema.users();
    expect(users.map(({ email, isActive }) => [email, isActive])).toContainEqual([
      'tom.becker@example.com',
      false,
    ]);
  });

  it('includes the queues that may own leads', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const id = org.addQueue('Partners');
    org.seed([{ object: 'Group', fields: { Name: 'Support cases', Type: 'Queue' } }]);
    expect(await salesforce.schema.queues()).toEqual([
      { id: SANDBOX_QUEUE.id, name: SANDBOX_QUEUE.name },
      { id, name: 'Partners' },
    ]);
    expect(standIn.calls.total).toBe(1);
  });

  it('has an 18-character id and an address, known from the sign-in', async () => {
    const { salesforce, standIn } = await startOrg();
    const { organizationId, instanceUrl } = await salesforce.schema.organization();
    expect(organizationId).toBe(SANDBOX_ORGANIZATION_ID);
    expect(instanceUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(standIn.calls.total).toBe(1);
  });
});

it('ends in Unavailable when nobody listens', async () => {
  const salesforce = createSalesforce(clientCredentials('http://127.0.0.1:1'), {
    sleep: () => Promise.resolve(),
  });
  expect(await rejectionOf(salesforce.schema.users())).toMatchObject({ name: 'Unavailable' });
});
