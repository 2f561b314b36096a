// The calls about versions of the settings, served against both stand-ins over HTTP: the list, what one has other than
// the settings in force, and going back to it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aList } from '../e2e/support/inclusion.ts';
import { ADMIN } from '../support/callers.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

let world: World;
let listId: string;

const CUSTOMER = {
  hubspotProperty: 'is_customer',
  leadField: 'Is_Customer__c',
  contactField: 'Is_Customer__c',
  rule: 'twoWay',
};
const GONE = { ...CUSTOMER, hubspotProperty: 'gone_property' };

beforeAll(async () => {
  world = await createWorld();
  listId = aList(world, []).id;
  await world.configure({ mappings: { custom: [CUSTOMER] }, inclusion: { listId } });
  await world.configure({ mappings: { custom: [GONE] }, inclusion: { listId: '404' } });
  await world.configure({ timeZone: 'Europe/Berlin' });
});
afterAll(() => world.close());

const { call, value } = adminOf(() => world);

const current = () => world.pipeline.ports.store.settings.current();

describe('Versions of the settings', () => {
  it('are listed newest first, down to the built-in ones', async () => {
    const { versions, current: inForce, before } = await value('get-settings-versions', {});
    expect(versions.map(({ version }) => version)).toEqual([3, 2, 1, 0]);
    expect(versions[0]).toMatchObject({ savedBy: 'test', note: '' });
    expect(versions[3]).toEqual({ version: 0, savedAt: null, savedBy: null, note: '' });
    expect({ inForce, before }).toEqual({ inForce: 3, before: null });
    expect(await value('get-settings-versions', { before: 1 })).toMatchObject({
      versions: [{ version: 0 }],
    });
  });

  it('are compared with the settings in force, by the names people know', async () => {
    const {
      differences,
      obstacles,
      version,
      current: inForce,
    } = await value('compare-settings', {
      version: 1,
    });
    expect({ version: version.version, inForce, obstacles }).toEqual({
      version: 1,
      inForce: 3,
      obstacles: [],
    });
    expect(differences).toEqual([
      {
        part: 'Field mappings',
        setting: 'Mapping of Is customer',
        before: 'Is Customer · Two-way',
        after: null,
      },
      { part: 'Time zone', setting: 'Dates are told in', before: 'UTC', after: 'Europe/Berlin' },
      {
        part: 'Inclusion list',
        setting: 'Who syncs',
        before: expect.stringMatching(/^“.+”$/) as string,
        after: 'Everybody',
      },
    ]);
  });

  it('say what is gone since', async () => {
    const { obstacles, differences } = await value('compare-settings', { version: 2 });
    expect(obstacles).toEqual([
      'HubSpot has no contact property “gone_property”.',
      'HubSpot has no list 404, or Tandem may not read it.',
    ]);
    expect(differences.map(({ before }) => before)).toContain('List 404');
    expect(await call('restore-settings', { version: 2, baseVersion: 3 })).toMatchObject({
      ok: false,
      error: {
        code: 'CANNOT_BE_RESTORED',
        message: expect.stringContaining('“gone_property”') as string,
        field: 'gone_property',
      },
    });
    expect((await current()).version).toBe(3);
  });

  it('are restored as a new version, by whom and from which', async () => {
    expect(await value('restore-settings', { version: 1, baseVersion: 3 })).toEqual({
      version: 4,
      note: 'Restored version 1',
    });
    expect(await current()).toMatchObject({
      version: 4,
      savedBy: ADMIN.email,
      note: 'Restored version 1',
      settings: {
        inclusion: { listId },
        mappings: { custom: [{ hubspotProperty: 'is_customer' }] },
      },
    });
    expect(await value('compare-settings', { version: 1 })).toMatchObject({ differences: [] });
  });

  it('are not restored over a version that nobody looked at', async () => {
    expect(await call('restore-settings', { version: 0, baseVersion: 3 })).toMatchObject({
      error: { code: 'SETTINGS_CHANGED_MEANWHILE' },
    });
    expect(await value('restore-settings', { version: 0, baseVersion: 4 })).toEqual({
      version: 5,
      note: 'Restored the built-in settings',
    });
  });

  it('that are not there are refused', async () => {
    expect(await call('compare-settings', { version: 404 })).toMatchObject({
      error: { code: 'VERSION_NOT_FOUND', field: 'version' },
    });
  });
});
