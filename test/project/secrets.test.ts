// The secrets of the functions: which ones count as set, and that none of them shows in an error.
import { describe, expect, it } from 'vitest';
import { withoutPlaceholders, withoutSecrets } from '../../serverless/secrets.ts';

describe('A secret', () => {
  it.each(['', ' ', 'none', 'None', '-'])('of the value “%s” is not set', (value) => {
    expect(withoutPlaceholders({ DATABASE_URL: value }).DATABASE_URL).toBeUndefined();
  });

  it('is taken without the spaces around it', () => {
    expect(withoutPlaceholders({ DATABASE_URL: ' postgres://db/tandem\n' }).DATABASE_URL).toBe(
      'postgres://db/tandem',
    );
  });

  it('leaves the rest of the environment as it is', () => {
    expect(withoutPlaceholders({ PRIVATE_APP_ACCESS_TOKEN: 'none' }).PRIVATE_APP_ACCESS_TOKEN).toBe(
      'none',
    );
  });
});

describe('An error’s text', () => {
  const environment = {
    PRIVATE_APP_ACCESS_TOKEN: 'pat-na1-secret',
    SALESFORCE_CLIENT_SECRET: 'client-secret',
    SALESFORCE_LOGIN_URL: 'https://example.my.salesforce.com',
    DATABASE_URL: 'postgres://tandem:p%40ssw0rd@db.example.com/tandem',
  };

  it.each([
    ['the token', 'refused pat-na1-secret', 'refused •••'],
    ['a secret', 'bad client-secret here', 'bad ••• here'],
    ['the database’s address', `no ${environment.DATABASE_URL}`, 'no •••'],
    ['the database’s password by itself', 'no p@ssw0rd', 'no •••'],
  ])('has no trace of %s', (_what, text, shown) => {
    expect(withoutSecrets(text, environment)).toBe(shown);
  });

  it('still says where', () => {
    const text = 'https://example.my.salesforce.com did not answer';
    expect(withoutSecrets(text, environment)).toBe(text);
  });

  it('blots out a secret that was set as an address by mistake', () => {
    const mistaken = { ...environment, SALESFORCE_LOGIN_URL: 'client-secret-2' };
    expect(withoutSecrets('“client-secret-2” is not an address', mistaken)).toBe(
      '“•••” is not an address',
    );
  });
});
