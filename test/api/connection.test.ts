// The tab "Connection" and the first-run guide, served against both stand-ins over HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workOnRun } from '../../src/sync/runs/work.ts';
import { SCOPES } from '../../src/hubspot/scopes.ts';
import { webhookNotes } from '../../src/store/webhook-notes.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  world.salesforce.org.insert('Lead', { LastName: 'One', Company: 'A', Email: 'one@x.io' });
});
afterAll(() => world.close());

const { value } = adminOf(() => world);
const aWorker = () =>
  world.pipeline.ports.store.health.set('test', {
    at: Date.now(),
    role: 'worker',
    version: '1',
    lag: {
      hubspotToSalesforce: { p50: null, p95: null, samples: 0 },
      salesforceToHubSpot: { p50: null, p95: null, samples: 0 },
    },
    queue: null,
  });

describe('get-connection', () => {
  it('says who is connected, where, and that they may do all they have to', async () => {
    const connection = await value('get-connection', {});
    expect(connection.salesforce).toEqual({
      user: { name: 'Tandem Integration', username: 'integration@tandem.example.com' },
      organization: 'Tandem Sandbox',
      organizationId: world.salesforce.organizationId,
      kind: 'sandbox',
      edition: 'Developer Edition',
      instanceUrl: expect.stringContaining('http') as string,
      apiVersion: '64.0',
      error: null,
    });
    expect(connection.hubspot).toEqual({
      portalId: world.hubspot.portalId,
      kind: 'Standard account',
      error: null,
    });
    const states = (checks: readonly { state: string }[]) =>
      new Set(checks.map((one) => one.state));
    expect(states(connection.salesforceChecks)).toEqual(new Set(['ok']));
    expect(states(connection.hubspotChecks)).toEqual(new Set(['ok']));
    expect(connection.hubspotChecks).toHaveLength(SCOPES.length + 1);
    expect(states(connection.fields)).toEqual(new Set(['ok']));
    expect(connection.fields.length).toBeGreaterThan(35);
  });

  it('costs one call to Salesforce and two to HubSpot besides both schemas', async () => {
    await value('get-connection', {});
    world.resetCalls();
    await value('get-connection', {});
    expect(world.salesforce.calls.byEndpoint()).toMatchObject({ 'POST /composite': 1 });
    expect(world.salesforce.calls.total).toBe(5);
    expect(world.hubspot.calls.total).toBe(5);
  });

  it('names each field that the integration user does not see, and an object that is gone', async () => {
    world.salesforce.org.hideField('Lead', 'Rating');
    world.salesforce.org.hideField('Contact', 'Tandem_HubSpot_Id__c');
    const { fields, salesforceChecks } = await value('get-connection', {});
    expect(fields[0]).toMatchObject({
      object: 'Lead',
      field: 'Rating',
      access: 'none',
      needs: 'edit',
      state: 'problem',
      sentence: 'Tandem doesn’t see Rating on leads, so it isn’t synced there.',
    });
    expect(fields.filter(({ state }) => state !== 'ok')).toHaveLength(1);
    expect(salesforceChecks.find(({ id }) => id === 'salesforce.externalId.Contact')).toMatchObject(
      {
        state: 'attention',
      },
    );
    world.salesforce.org.hideField('Lead', null);
    world.salesforce.org.hideField('Contact', null);
  });

  it('tells of webhooks that came, and of one that was not signed by HubSpot', async () => {
    const webhooks = async () =>
      (await value('get-connection', {})).liveChecks.find(({ id }) => id === 'live.webhooks');
    expect(await webhooks()).toMatchObject({
      state: 'attention',
      fix: expect.stringContaining('HUBSPOT_CLIENT_SECRET') as string,
    });
    let now = Date.parse('2026-11-23T10:00:00Z');
    const note = webhookNotes(world.pipeline.ports.store.cursors, () => now);
    await note('accepted');
    expect(await webhooks()).toMatchObject({
      state: 'ok',
      sentence: 'The last one came 2026-11-23 10:00 UTC, and its signature was right.',
    });
    now += 60_000;
    await note('refused');
    expect(await webhooks()).toMatchObject({ state: 'attention' });
  });

  it('shows the rest when a CRM is out of reach', async () => {
    world.salesforce.faults.plan(/./, { kind: 'status', status: 503 }, 50);
    const connection = await value('get-connection', {});
    expect(connection.salesforce).toMatchObject({
      user: null,
      error: expect.any(String) as string,
    });
    expect(connection.hubspot.error).toBeNull();
    expect(connection.liveChecks).toHaveLength(3);
    world.salesforce.faults.clear();
  }, 30_000);
});

describe('The first-run guide', () => {
  const states = async () => {
    const { steps } = await value('get-setup', {});
    return Object.fromEntries(steps.map(({ id, state }) => [id, state]));
  };

  it('leads from the connection to the first sync, and is gone then', async () => {
    world.refresh();
    expect(await states()).toEqual({
      connect: 'done',
      permissions: 'done',
      list: 'next',
      mappings: 'open',
      dryRun: 'blocked',
      firstSync: 'blocked',
    });
    await aWorker();
    expect(await states()).toMatchObject({ dryRun: 'open', firstSync: 'open' });
    const { version } = await value('get-settings', {});
    await value('save-settings', { baseVersion: version, parts: {}, note: 'Looked through' });
    expect(await states()).toMatchObject({ list: 'done', mappings: 'done', dryRun: 'next' });

    const request = { kind: 'everything', scope: {} } as const;
    const dry = await value('start-run', { request, dry: true });
    expect(await states()).toMatchObject({ dryRun: 'running' });
    await workOnRun(world.pipeline, dry.id);
    const guide = await value('get-setup', {});
    expect(guide.dryRun).toMatchObject({ id: dry.id, counts: { created: 1 } });
    expect(await states()).toMatchObject({ dryRun: 'done', firstSync: 'next' });

    const first = await value('start-run', { request });
    await workOnRun(world.pipeline, first.id);
    expect(await value('get-setup', {})).toMatchObject({ isShown: false, steps: [] });
  });

  it('says what permissions are missing, and waits for them', async () => {
    const other = await createWorld();
    try {
      const admin = adminOf(() => other);
      other.salesforce.org.hideObject('Contact', true);
      const { steps } = await admin.value('get-setup', {});
      const of = (id: string) => steps.find((step) => step.id === id);
      expect(of('connect')).toMatchObject({ state: 'done' });
      expect(of('permissions')?.state).toBe('next');
      expect(of('dryRun')).toMatchObject({
        state: 'blocked',
        blockedBy: 'Give Tandem the permissions it lacks first.',
      });
      expect(await admin.value('dismiss-setup', {})).toMatchObject({ isShown: false });
      expect(await admin.value('get-setup', {})).toMatchObject({ isShown: false });
    } finally {
      await other.close();
    }
  });
});
