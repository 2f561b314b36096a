// The same command against "real" CRMs and a real Postgres: the configuration names them, nothing is embedded.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createWorld } from '../e2e/support/world.ts';

const START = join(import.meta.dirname, '../../src/cli/start.ts');

it('syncs the CRMs and the database that the environment names', async () => {
  const world = await createWorld();
  world.salesforce.org.insert('Contact', { LastName: 'Real', Email: 'real@example.com' });
  world.hubspot.portal.create({ email: 'other@example.com', lastname: 'Other' });
  const { hubspot, salesforce, databaseUrl } = world.configuration;
  const environment = {
    PATH: process.env.PATH ?? '',
    HUBSPOT_ACCESS_TOKEN: hubspot.accessToken,
    HUBSPOT_API_URL: hubspot.baseUrl,
    SALESFORCE_LOGIN_URL: salesforce.loginUrl,
    SALESFORCE_CLIENT_ID: salesforce.clientId,
    SALESFORCE_CLIENT_SECRET:
      salesforce.flow === 'clientCredentials' ? salesforce.clientSecret : '',
    DATABASE_URL: databaseUrl,
  };
  const start = async (changes: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['--no-warnings', START, '--once', '--json'], {
      env: { ...environment, ...changes },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child, 'close');
    return { code: child.exitCode, stdout, stderr };
  };

  const done = await start();
  expect(done.stderr).toContain('Connected to your HubSpot portal and Salesforce org.');
  expect(done.code).toBe(0);
  expect(JSON.parse(done.stdout)).toMatchObject({
    runs: { import: { created: 1 }, push: { created: 1 } },
    calls: null,
  });
  expect(world.hubspot.portal.byEmail('real@example.com')?.properties.lastname).toBe('Real');

  const refused = await start({ HUBSPOT_ACCESS_TOKEN: 'pat-na1-wrong' });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('HUBSPOT_ACCESS_TOKEN was refused by HubSpot');
  expect(refused.stderr).not.toContain('pat-na1-wrong');

  const wrongSecret = await start({ SALESFORCE_CLIENT_SECRET: 'wrong-secret' });
  expect(wrongSecret.code).toBe(2);
  expect(wrongSecret.stderr).toContain('SALESFORCE_CLIENT_ID');

  await world.close();
});
