// The workflow action, from HubSpot's signed request to the record in Salesforce.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Signature } from '@hubspot/api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createService } from '../../src/service/app.ts';
import { signatureOf } from '../../src/service/hubspot-signature.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

const SECRET = 'client-secret';
let world: World;
let server: Server;
let uri: string;

beforeAll(async () => {
  world = await createWorld();
  server = createServer(
    createService({
      services: world.services,
      awaken: () => Promise.resolve(),
      clientSecret: SECRET,
      serviceSecret: null,
      publicUrl: null,
      portalId: world.hubspot.portalId,
      preview: null,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/workflow-actions/sync-now`;
});
afterAll(async () => {
  server.close();
  await world.close();
});

const execution = (objectId: string, changes: object = {}) => ({
  callbackId: 'ap-102670506-56777914962-11-0',
  origin: { portalId: Number(world.hubspot.portalId), actionDefinitionId: 10860211 },
  context: { source: 'WORKFLOWS', workflowId: 192814114 },
  object: { objectId: Number(objectId), objectType: 'CONTACT' },
  inputFields: {},
  ...changes,
});

interface Executed {
  readonly status: number;
  readonly outputFields?: Readonly<Record<string, string>>;
}

async function send(body: string, headers: Record<string, string>): Promise<Executed> {
  const response = await fetch(uri, { method: 'POST', body, headers });
  return { status: response.status, ...((await response.json()) as object) };
}

function execute(value: unknown, secret = SECRET): Promise<Executed> {
  const body = JSON.stringify(value);
  const signature = Signature.getSignature('POST', 'v2', {
    clientSecret: secret,
    requestBody: body,
    url: uri,
    signature: '',
  });
  return send(body, { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v2' });
}

describe('Sync to Salesforce now', () => {
  it('syncs the contact and hands on what it did', async () => {
    const { id } = world.hubspot.portal.create({
      email: 'ada@engines.example',
      lastname: 'Lovelace',
    });
    const { status, outputFields } = await execute(execution(id));
    const [lead] = world.salesforce.org.all('Lead');
    expect([status, outputFields]).toEqual([
      200,
      {
        outcome: 'createdInSalesforce',
        sentence: 'Created a lead in Salesforce.',
        salesforceId: lead?.Id,
        hs_execution_state: 'SUCCESS',
      },
    ]);
    expect((await execute(execution(id))).outputFields?.outcome).toBe('nothingToDo');
    expect(world.salesforce.org.all('Lead')).toHaveLength(1);
  });

  it('says why a contact doesn’t sync', async () => {
    const { id } = world.hubspot.portal.create({ lastname: 'Nameless' });
    const { outputFields } = await execute(execution(id));
    expect(outputFields).toMatchObject({ outcome: 'notSynced', hs_execution_state: 'SUCCESS' });
    expect(outputFields?.sentence).toMatch(/e-mail/);
  });

  it('fails, and lets the workflow go on, where there is no such contact', async () => {
    const { status, outputFields } = await execute(execution('999999999'));
    expect([status, outputFields?.outcome, outputFields?.hs_execution_state]).toEqual([
      200,
      'failed',
      'FAIL_CONTINUE',
    ]);
  });

  it('takes HubSpot’s newer signature too, and then holds it to the time', async () => {
    const { id } = world.hubspot.portal.create({ email: 'v3@engines.example', lastname: 'Newer' });
    const body = JSON.stringify(execution(id));
    const signed = (timestamp: string) =>
      send(body, {
        'x-hubspot-signature-v3': signatureOf({ method: 'POST', uri, body, timestamp }, SECRET),
        'x-hubspot-request-timestamp': timestamp,
      });
    expect((await signed(String(Date.now()))).status).toBe(200);
    expect((await signed(String(Date.now() - 6 * 60_000))).status).toBe(401);
  });

  it.each<[string, number, () => Promise<Executed>]>([
    ['another secret', 401, () => execute(execution('1'), 'wrong')],
    ['no signature', 401, () => send(JSON.stringify(execution('1')), {})],
    ['another portal', 403, () => execute(execution('1', { origin: { portalId: 1 } }))],
    [
      'another kind of record',
      400,
      () => execute(execution('1', { object: { objectId: 1, objectType: 'DEAL' } })),
    ],
    ['a body that is none', 400, () => execute([])],
  ])('is refused with %s', async (_what, status, act) => {
    expect((await act()).status).toBe(status);
  });
});
