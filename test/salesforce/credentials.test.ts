import { afterEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '../../src/salesforce/credentials.ts';
import { jwt } from './fixture.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('A JWT names as its audience', () => {
  it.each([
    ['https://acme.my.salesforce.com', 'https://login.salesforce.com'],
    ['https://login.salesforce.com', 'https://login.salesforce.com'],
    ['https://acme--uat.sandbox.my.salesforce.com', 'https://test.salesforce.com'],
    ['https://test.salesforce.com', 'https://test.salesforce.com'],
    ['http://127.0.0.1:4321', 'http://127.0.0.1:4321'],
  ])('for %s: %s', async (loginUrl, audience) => {
    const token = { access_token: 't', instance_url: loginUrl, id: `${loginUrl}/id/00D/005` };
    const fetched = vi
      .spyOn(globalThis, 'fetch')
      .mockResolvedValue(new Response(JSON.stringify(token)));
    await signIn(jwt(loginUrl), 1_000);
    const [address, request] = fetched.mock.calls[0] ?? [];
    expect(address).toEqual(new URL('/services/oauth2/token', loginUrl));
    const form = request?.body;
    if (!(form instanceof URLSearchParams)) throw new Error('the grant is no form');
    const [, claims = ''] = (form.get('assertion') ?? '').split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))).toMatchObject({
      aud: audience,
    });
  });
});

it.each([
  ['a page of HTML', 200, '<html></html>'],
  ['an outage', 503, ''],
])('A sign-in that meets %s is no refusal', async (_, status, body) => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body, { status }));
  await expect(signIn(jwt('http://127.0.0.1:1'), 1_000)).rejects.toMatchObject({
    name: 'Unavailable',
  });
});
