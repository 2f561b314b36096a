import { describe, expect, it } from 'vitest';
import {
  ConfigurationError,
  realConfiguration,
  wantsSandbox,
  type Environment,
} from '../../src/api/environment.ts';

const COMPLETE = {
  HUBSPOT_ACCESS_TOKEN: 'pat-na1-x',
  SALESFORCE_LOGIN_URL: 'https://acme.my.salesforce.com',
  SALESFORCE_CLIENT_ID: '3MVG',
  SALESFORCE_CLIENT_SECRET: 'secret',
  DATABASE_URL: 'postgres://user:password@localhost:5432/tandem',
};

function problemsWith(environment: Environment): Record<string, string> {
  try {
    realConfiguration(environment);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return Object.fromEntries(error.problems.map(({ variable, message }) => [variable, message]));
  }
  return {};
}

describe('the environment', () => {
  it('with nothing of real CRMs in it means the sandbox', () => {
    expect(wantsSandbox({})).toBe(true);
    expect(wantsSandbox({ DATABASE_URL: 'postgres://x/y', SALESFORCE_CLIENT_ID: '  ' })).toBe(true);
    expect(wantsSandbox({ HUBSPOT_ACCESS_TOKEN: 'x' })).toBe(false);
  });

  it('makes a configuration when it is complete', () => {
    expect(realConfiguration(COMPLETE)).toEqual({
      hubspot: { accessToken: 'pat-na1-x', baseUrl: 'https://api.hubapi.com' },
      salesforce: {
        flow: 'clientCredentials',
        clientId: '3MVG',
        clientSecret: 'secret',
        loginUrl: 'https://acme.my.salesforce.com',
      },
      databaseUrl: COMPLETE.DATABASE_URL,
    });
  });

  it.each(Object.keys(COMPLETE))('names %s when it alone is missing, and the fix', (variable) => {
    const problems = problemsWith({ ...COMPLETE, [variable]: undefined });
    expect(Object.keys(problems)).toEqual([variable]);
    expect(problems[variable]).toMatch(/^is not set\. \S/);
  });

  it.each([
    ['SALESFORCE_LOGIN_URL', 'acme.my.salesforce.com'],
    ['HUBSPOT_API_URL', 'api.hubapi.com'],
    ['DATABASE_URL', 'mysql://localhost/tandem'],
  ])('refuses %s = %s', (variable, value) => {
    expect(Object.keys(problemsWith({ ...COMPLETE, [variable]: value }))).toEqual([variable]);
  });

  it('names everything that is missing at once', () => {
    expect(Object.keys(problemsWith({ HUBSPOT_ACCESS_TOKEN: 'x' })).sort()).toEqual([
      'DATABASE_URL',
      'SALESFORCE_CLIENT_ID',
      'SALESFORCE_CLIENT_SECRET',
      'SALESFORCE_LOGIN_URL',
    ]);
  });

  it('never repeats a secret in what it says', () => {
    const said = JSON.stringify(
      problemsWith({ ...COMPLETE, DATABASE_URL: 'mysql://user:hunter2@localhost' }),
    );
    expect(said).not.toContain('hunter2');
  });

  it('takes the JWT flow and the refresh-token flow, and says what half a JWT flow lacks', () => {
    const base = { ...COMPLETE, SALESFORCE_CLIENT_SECRET: undefined };
    expect(
      realConfiguration({ ...base, SALESFORCE_PRIVATE_KEY: 'a\\nb', SALESFORCE_USERNAME: 'u' })
        .salesforce,
    ).toMatchObject({ flow: 'jwt', privateKey: 'a\nb' });
    expect(realConfiguration({ ...base, SALESFORCE_REFRESH_TOKEN: 'r' }).salesforce).toMatchObject({
      flow: 'refreshToken',
      clientSecret: null,
    });
    expect(Object.keys(problemsWith({ ...base, SALESFORCE_PRIVATE_KEY: 'k' }))).toEqual([
      'SALESFORCE_USERNAME',
    ]);
  });

  it('takes the token that HubSpot gives its functions', () => {
    const inFunction = {
      ...COMPLETE,
      HUBSPOT_ACCESS_TOKEN: undefined,
      PRIVATE_APP_ACCESS_TOKEN: 'pat',
    };
    expect(realConfiguration(inFunction).hubspot.accessToken).toBe('pat');
  });
});
