// Owners, opt-outs and the account itself (hubspot-api §2.1, §2.5).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX_OWNERS } from '../../../src/sandbox/portal/stand-in.ts';
import { NOW, startSandbox, type Sandbox } from './fixture.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

describe('Owners (hubspot-api §2.5)', () => {
  it('are listed through the client, whose path ends in a slash', async () => {
    const { results } = await sandbox.client.crm.owners.ownersApi.getPage();
    const people = results.filter(({ userId }) => userId !== undefined);
    expect(people.map(({ firstName, lastName, email }) => [firstName, lastName, email])).toEqual([
      ['Maya', 'Okafor', 'maya.okafor@example.com'],
      ['Jonas', 'Lindqvist', 'jonas.lindqvist@example.com'],
      ['Priya', 'Raman', 'priya.raman@example.com'],
      ['Tom', 'Becker', 'tom.becker@example.com'],
      ['Elena', 'Petrova', 'elena.petrova@example.com'],
    ]);
    expect(results.map(({ type }) => type)).toContain('QUEUE');
  });

  it('are found by e-mail, paged, and archived ones are apart', async () => {
    const { ownersApi } = sandbox.dated.crm.owners;
    const found = await ownersApi.getPage('TOM.becker@example.com');
    expect(found.results.map(({ id }) => id)).toEqual(['71000104']);
    const page = await ownersApi.getPage(undefined, undefined, 2);
    expect(page.results).toHaveLength(2);
    const next = await ownersApi.getPage(undefined, page.paging?.next?.after, 2);
    expect(next.results.map(({ firstName }) => firstName)).toEqual(['Priya', 'Tom']);
    const archived = await ownersApi.getPage(undefined, undefined, 100, true);
    expect(archived.results.map(({ id }) => id)).toEqual(
      SANDBOX_OWNERS.filter((owner) => owner.archived).map(({ id }) => id),
    );
  });
});

describe('Unsubscribing from all e-mail (hubspot-api §2.1)', () => {
  it.each(['v4', '2026-03', '2026-09'])('takes a batch under %s', async (version) => {
    const id = sandbox.portal.create({ email: 'ada@example.com' });
    const { status, json } = await sandbox.call(
      'POST',
      `/communication-preferences/${version}/statuses/batch/unsubscribe-all?channel=EMAIL`,
      { inputs: ['ada@example.com', 'stranger@example.com'] },
    );
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 'COMPLETE',
      results: [
        { subscriberIdString: 'ada@example.com' },
        { subscriberIdString: 'stranger@example.com' },
      ],
      startedAt: NOW,
      completedAt: NOW,
    });
    expect(Array.isArray(json.results?.[0]?.statuses)).toBe(true);
    expect(sandbox.portal.get(id)?.properties.hs_email_optout).toBe('true');
    const stranger = sandbox.portal.create({ email: 'stranger@example.com' });
    expect(sandbox.portal.get(stranger)?.properties.hs_email_optout).toBe('true');
  });

  it('is undone only by the recipient', () => {
    const id = sandbox.portal.create({ email: 'ada@example.com' });
    sandbox.portal.unsubscribe('ada@example.com');
    expect(sandbox.portal.get(id)?.properties.hs_email_optout).toBe('true');
    sandbox.portal.resubscribe('ada@example.com');
    expect(sandbox.portal.get(id)?.properties.hs_email_optout).toBe('false');
  });

  it('takes one e-mail in the path', async () => {
    const id = sandbox.portal.create({ email: 'a+b@example.com' });
    const path = `/communication-preferences/v4/statuses/${encodeURIComponent('a+b@example.com')}`;
    const { status } = await sandbox.call('POST', `${path}/unsubscribe-all?channel=EMAIL`);
    expect(status).toBe(200);
    expect(sandbox.portal.get(id)?.properties.hs_email_optout).toBe('true');
  });
});

describe('The account', () => {
  it.each(['v3', '2026-03', '2026-09'])('tells its portal id under %s', async (version) => {
    const { status, json } = await sandbox.call('GET', `/account-info/${version}/details`);
    expect([status, String(json.portalId)]).toEqual([200, sandbox.standIn.portalId]);
  });
});
