// Planned faults: how HubSpot fails whole calls, and what is left behind (hubspot-api §1.2, §2.6, §7.11).
import { describe, expect, it } from 'vitest';
import { refusal, servePortal } from './support.ts';

const PAGE = '/crm/v3/objects/contacts?limit=1';

describe('Statuses', () => {
  it.each([401, 403, 423, 429, 477, 500, 503])('%i comes with HubSpot’s JSON', async (status) => {
    const { hubspot, call } = await servePortal();
    hubspot.faults.plan(/GET/, { kind: 'status', status });
    const answer = await call('GET', PAGE);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status: 'error' });
    expect(answer.body).toHaveProperty('correlationId');
    expect((await call('GET', PAGE)).status).toBe(200);
  });

  it.each([502, 504, 521, 522, 523, 524])(
    '%i comes with HTML, without a body to parse',
    async (status) => {
      const { hubspot, call } = await servePortal();
      hubspot.faults.plan(/GET/, { kind: 'status', status });
      const answer = await call('GET', PAGE);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.text).toContain('<html>');
    },
  );

  it('477 says when to come back', async () => {
    const { hubspot, call } = await servePortal();
    hubspot.faults.plan(/./, { kind: 'status', status: 477 });
    expect((await call('GET', PAGE)).headers.get('retry-after')).toBe('30');
  });

  it('429 names the search’s own limit on searches', async () => {
    const { hubspot, client } = await servePortal();
    hubspot.faults.plan(/search/, { kind: 'status', status: 429 });
    const refused = await refusal(client.crm.contacts.searchApi.doSearch({}));
    expect(refused).toMatchObject({
      code: 429,
      body: { policyName: 'SECONDLY', message: 'You have reached your secondly limit.' },
    });
  });
});

describe('Broken connections', () => {
  const create = (email: string) => ({ properties: { email }, associations: [] });

  it('before anything is done leave nothing', async () => {
    const { hubspot, client } = await servePortal();
    hubspot.faults.plan(/POST .*contacts$/, { kind: 'reset' });
    await expect(client.crm.contacts.basicApi.create(create('ada@example.com'))).rejects.toThrow(
      'fetch failed',
    );
    expect(hubspot.portal.size).toBe(0);
  });

  it('after the commit leave the contact, so that repeating is refused as a duplicate', async () => {
    const { hubspot, client } = await servePortal();
    hubspot.faults.plan(/POST .*contacts$/, { kind: 'resetAfterCommit' });
    await expect(client.crm.contacts.basicApi.create(create('ada@example.com'))).rejects.toThrow(
      'fetch failed',
    );
    const made = hubspot.portal.byEmail('ada@example.com');
    const refused = await refusal(client.crm.contacts.basicApi.create(create('ada@example.com')));
    expect(refused.body.message).toBe(`Contact already exists. Existing ID: ${made?.id ?? ''}`);
  });
});
