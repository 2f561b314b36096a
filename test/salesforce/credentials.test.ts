import { describe, expect, it } from 'vitest';
import { signIn } from '../../src/salesforce/credentials.ts';
import type { ExchangeRequest } from '../../src/salesforce/exchange.ts';
import { jwt } from './fixture.ts';

describe('A JWT names as its audience', () => {
  it.each([
    ['https://acme.my.salesforce.com', 'https://login.salesforce.com'],
    ['https://login.salesforce.com', 'https://login.salesforce.com'],
    ['https://acme--uat.sandbox.my.salesforce.com', 'https://test.salesforce.com'],
    ['https://test.salesforce.com', 'https://test.salesforce.com'],
    ['http://127.0.0.1:4321', 'http://127.0.0.1:4321'],
  ])('for %s: %s', async (loginUrl, audience) => {
    const token = { access_token: 't', instance_url: loginUrl, id: `${loginUrl}/id/00D/005` };
    const sent: ExchangeRequest[] = [];
    await signIn(jwt(loginUrl), (request) => {
      sent.push(request);
      return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(token) });
    });
    expect(sent.map(({ url }) => url)).toEqual([`${loginUrl}/services/oauth2/token`]);
    const assertion = new URLSearchParams(sent[0]?.body).get('assertion') ?? '';
    const [, claims = ''] = assertion.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))).toMatchObject({
      aud: audience,
    });
  });
});

it.each([
  ['a page of HTML', 200, '<html></html>'],
  ['an outage', 503, ''],
])('A sign-in that meets %s is no refusal', async (_, status, body) => {
  const signingIn = signIn(jwt('http://127.0.0.1:1'), () =>
    Promise.resolve({ status, headers: {}, body }),
  );
  await expect(signingIn).rejects.toMatchObject({ name: 'Unavailable' });
});
