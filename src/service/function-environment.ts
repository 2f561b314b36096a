// The environment in which HubSpot would run the functions: the app's token and the secrets.
import type { RealConfiguration } from '../api/environment.ts';

/** What HubSpot would hand a function as secrets. */
export function functionEnvironment({
  hubspot,
  salesforce,
  databaseUrl,
}: RealConfiguration): Record<string, string> {
  const base = {
    PRIVATE_APP_ACCESS_TOKEN: hubspot.accessToken,
    HUBSPOT_API_URL: hubspot.baseUrl,
    DATABASE_URL: databaseUrl,
    SALESFORCE_LOGIN_URL: salesforce.loginUrl,
    SALESFORCE_CLIENT_ID: salesforce.clientId,
  };
  switch (salesforce.flow) {
    case 'clientCredentials':
      return { ...base, SALESFORCE_CLIENT_SECRET: salesforce.clientSecret };
    case 'jwt':
      return {
        ...base,
        SALESFORCE_PRIVATE_KEY: salesforce.privateKey,
        SALESFORCE_USERNAME: salesforce.username,
      };
    case 'refreshToken':
      return {
        ...base,
        SALESFORCE_REFRESH_TOKEN: salesforce.refreshToken,
        ...(salesforce.clientSecret === null
          ? {}
          : { SALESFORCE_CLIENT_SECRET: salesforce.clientSecret }),
      };
  }
}
