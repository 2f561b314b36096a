// Owners and the account through HubSpot's client (hubspot-api §2.5).
import { describe, expect, it } from 'vitest';
import { refusal, servePortal } from './support.ts';

describe('Owners', () => {
  it('are people and queues, archived ones apart', async () => {
    const { client } = await servePortal();
    const { results } = await client.crm.owners.ownersApi.getPage();
    expect(results.map(({ email, type }) => email ?? type)).toEqual([
      'maya.okafor@example.com',
      'jonas.lindqvist@example.com',
      'priya.raman@example.com',
      'tom.becker@example.com',
      'elena.petrova@example.com',
      'QUEUE',
    ]);
    const archived = await client.crm.owners.ownersApi.getPage(undefined, undefined, 100, true);
    expect(archived.results).toMatchObject([{ archived: true, userIdIncludingInactive: 61000199 }]);
    expect(archived.results[0]?.userId).toBeUndefined();
  });

  it('are found by e-mail on the path with a slash at the end', async () => {
    const { client, dated } = await servePortal();
    for (const each of [client, dated]) {
      const { results } = await each.crm.owners.ownersApi.getPage('Tom.Becker@example.com');
      expect(results).toMatchObject([{ id: '71000104', firstName: 'Tom', userId: 61000104 }]);
    }
  });

  it('come in pages', async () => {
    const { client } = await servePortal();
    const first = await client.crm.owners.ownersApi.getPage(undefined, undefined, 4);
    const second = await client.crm.owners.ownersApi.getPage(
      undefined,
      first.paging?.next?.after,
      4,
    );
    expect([first.results.length, second.results.length, second.paging]).toEqual([4, 2, undefined]);
  });

  it('are read by owner id or user id', async () => {
    const { client } = await servePortal();
    const { ownersApi } = client.crm.owners;
    expect((await ownersApi.getById(71000103)).email).toBe('priya.raman@example.com');
    expect((await ownersApi.getById(61000103, 'userId')).id).toBe('71000103');
    await expect(refusal(ownersApi.getById(1))).resolves.toMatchObject({ code: 404 });
  });
});

describe('The account', () => {
  it.each(['v3', '2026-09'])('tells its portal id on %s paths', async (version) => {
    const portal = await servePortal({ portalId: '12345678' });
    const { status, body } = await portal.call('GET', `/account-info/${version}/details`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      portalId: 12345678,
      accountType: 'STANDARD',
      timeZone: 'UTC',
      uiDomain: 'app.hubspot.com',
    });
  });
});
