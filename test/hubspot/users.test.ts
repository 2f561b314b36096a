// The portal's users, through the adapter.
import { describe, expect, it } from 'vitest';
import { rejectionOf, startCanned, startPortal } from './fixture.ts';

const ALEX = {
  id: '61000001',
  email: 'admin@example.com',
  firstName: 'Alex',
  lastName: 'Admin',
  superAdmin: true,
};

describe('Users', () => {
  it('are asked for by id on the dated path, and say whether they are super admins', async () => {
    const { hubspot, standIn } = await startPortal();
    expect(await hubspot.users.get('61000001')).toEqual(ALEX);
    expect(await hubspot.users.get('61000101')).toMatchObject({ superAdmin: false });
    expect(standIn.calls.byEndpoint()).toEqual({ 'GET /settings/users/{userId}': 2 });
  });

  it('that don’t exist are null', async () => {
    const { hubspot } = await startPortal();
    expect(await hubspot.users.get('1')).toBeNull();
  });

  it('are listed', async () => {
    const { hubspot } = await startPortal();
    expect((await hubspot.users.some()).map(({ email }) => email)).toEqual([
      'admin@example.com',
      'maya.okafor@example.com',
    ]);
  });

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [undefined, false],
  ])('are super admins when HubSpot says %j: %j', async (superAdmin, expected) => {
    const { hubspot, calls } = await startCanned(() => ({
      status: 200,
      body: { id: 7, email: 'ada@example.com', roleIds: [], superAdmin },
    }));
    expect((await hubspot.users.get('7'))?.superAdmin).toBe(expected);
    expect(calls[0]?.path).toBe('/settings/users/2026-09/7');
  });

  it('are nobody’s business without the scope', async () => {
    const { hubspot } = await startCanned(() => ({
      status: 403,
      body: {
        message: 'This app hasn’t been granted all required scopes',
        category: 'MISSING_SCOPES',
      },
    }));
    expect(await rejectionOf(hubspot.users.get('7'))).toMatchObject({ crm: 'HubSpot' });
  });
});
