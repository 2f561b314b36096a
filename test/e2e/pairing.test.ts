// A person decides: pinning and breaking pairs, through the contract (native-connector §7, §13 no. 4).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleCall } from '../../src/api/handle.ts';
import { aPerson, linkOf, linkOfRecord, pairings, properties, standing } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const change = (contactId: string, salesforceId: string | null) =>
  handleCall('change-pairing', { contactId, salesforceId }, world.services);

const aDuplicate = (email: string, more: Record<string, string> = {}): string =>
  world.salesforce.org.insert('Lead', {
    LastName: 'Twin',
    Company: 'Twin Ltd',
    Email: email,
    ...more,
  });

describe('a pair that is pinned', () => {
  it('is the one from now on, whatever the other record does', async () => {
    const { email, contactId, salesforceId } = await aPerson(world);
    const twin = aDuplicate(email, { City: 'Kyoto' });
    await world.settle();
    expect(await standing(world, contactId)).toMatchObject({ salesforceId });
    expect(await change(contactId, twin)).toMatchObject({
      ok: true,
      value: { salesforce: { id: twin }, state: 'inSync' },
    });
    expect(properties(world, contactId).city).toBe('Kyoto');
    expect(await linkOf(world, contactId)).toMatchObject({ pinned: true, salesforceId: twin });
    expect((await linkOfRecord(world, salesforceId))?.reason?.code).toBe('DUPLICATE_IN_SALESFORCE');
    expect((await pairings(world, contactId)).at(-1)).toBe(`${salesforceId} → ${twin} PINNED`);
    world.salesforce.org.update('Lead', salesforceId, { City: 'Old' });
    world.salesforce.org.update('Lead', twin, { City: 'New' });
    await world.settle();
    expect(properties(world, contactId).city).toBe('New');
    world.salesforce.org.remove('Lead', twin);
    await world.settle();
    expect(await standing(world, contactId)).toMatchObject({
      salesforceId: twin,
      code: 'SALESFORCE_RECORD_DELETED',
    });
  });

  it('takes a record from another contact, which is told', async () => {
    const one = await aPerson(world);
    const other = await aPerson(world);
    expect(await change(one.contactId, other.salesforceId)).toMatchObject({ ok: true });
    await world.settle();
    expect(await standing(world, one.contactId)).toMatchObject({
      salesforceId: other.salesforceId,
    });
    expect((await linkOf(world, other.contactId))?.salesforceId).not.toBe(other.salesforceId);
    expect((await linkOf(world, other.contactId))?.reason?.code).toBe('KEPT_APART');
  });
});

describe('a pair that is broken', () => {
  it('is never made again by itself, and can be pinned again', async () => {
    const { contactId, salesforceId } = await aPerson(world, { City: 'Bonn' });
    expect(await change(contactId, null)).toMatchObject({ ok: true, value: { salesforce: null } });
    expect(await standing(world, contactId)).toMatchObject({
      code: 'KEPT_APART',
      salesforceId: null,
    });
    world.salesforce.org.update('Lead', salesforceId, { City: 'Ulm' });
    world.hubspot.portal.update(contactId, { city: 'Trier' });
    await world.settle();
    expect(properties(world, contactId).city).toBe('Trier');
    expect(world.salesforce.org.get('Lead', salesforceId)).toMatchObject({ City: 'Ulm' });
    expect((await linkOfRecord(world, salesforceId))?.reason?.code).toBe('KEPT_APART');
    expect(await change(contactId, salesforceId)).toMatchObject({ ok: true });
    expect(await standing(world, contactId)).toMatchObject({ state: 'inSync', salesforceId });
  });
});

describe('what cannot be done', () => {
  it('is said', async () => {
    const { contactId } = await aPerson(world);
    expect(await change(contactId, '00Q000000000000AAA')).toMatchObject({
      ok: false,
      error: { code: 'RECORD_NOT_FOUND' },
    });
    expect(await change('1', null)).toMatchObject({
      ok: false,
      error: { code: 'CONTACT_NOT_FOUND' },
    });
    expect(await change(contactId, '001000000000000AAA')).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETERS' },
    });
    await change(contactId, null);
    expect(await change(contactId, null)).toMatchObject({
      ok: false,
      error: { code: 'NOT_PAIRED' },
    });
  });
});
