// The contract's calls, served against both stand-ins over HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallName, CallParameters } from '../../src/api/contract.ts';
import { createWorld, type World } from '../e2e/support/world.ts';
import { adminOf } from './support/calls.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const { call, value } = adminOf(() => world);

async function failure<Name extends CallName>(name: Name, parameters: CallParameters<Name>) {
  const answer = await call(name, parameters);
  if (answer.ok) throw new Error('expected a failure');
  return answer.error;
}

describe('get-record and sync-now', () => {
  it('show a contact that never synced, sync it, and show both sides', async () => {
    const { id } = world.hubspot.portal.create({
      email: 'grace@navy.mil',
      lastname: 'Hopper',
      city: 'Arlington',
    });
    const before = await value('get-record', { contactId: id });
    expect(before).toMatchObject({
      state: 'neverSynced',
      salesforce: null,
      fields: [],
      lastSyncedAt: null,
    });

    const done = await value('sync-now', { contactId: id });
    expect(done).toMatchObject({
      outcome: 'createdInSalesforce',
      sentence: 'Created a lead in Salesforce.',
    });
    expect(done.changes).toContainEqual({
      side: 'salesforce',
      field: 'City',
      before: null,
      after: 'Arlington',
    });
    expect(done.record).toMatchObject({
      state: 'inSync',
      salesforce: { object: 'Lead', name: 'Hopper' },
    });
    expect(done.record.salesforce?.url).toContain(
      `/lightning/r/Lead/${done.record.salesforce?.id ?? ''}/view`,
    );

    const again = await value('sync-now', { contactId: id });
    expect(again).toMatchObject({ outcome: 'nothingToDo', changes: [] });
  });

  it('show what the next sync would do with every field, and why not', async () => {
    const { id } = world.hubspot.portal.create({
      email: 'alan@bletchley.uk',
      lastname: 'Turing',
      numemployees: '5-25',
    });
    await value('sync-now', { contactId: id });
    world.hubspot.portal.update(id, { lastname: 'T.', phone: '+44 1' });
    const { fields } = await value('get-record', { contactId: id });
    const next = Object.fromEntries(fields.map((field) => [field.hubspotProperty, field]));
    expect(next.lastname).toMatchObject({
      next: 'toHubSpot',
      hubspotValue: 'T.',
      salesforceValue: 'Turing',
      reason: { code: 'REVERTED_BY_RULE' },
    });
    expect(next.phone).toMatchObject({
      next: 'toSalesforce',
      ruleLabel: 'Prefer Salesforce unless blank',
    });
    expect(next.numemployees).toMatchObject({
      next: 'blocked',
      reason: { code: 'RANGE_NOT_WRITTEN_BACK' },
    });
    expect(next.email).toMatchObject({ next: 'same', reason: null });
  });

  it('say why a contact does not sync', async () => {
    const { id } = world.hubspot.portal.create({ firstname: 'Nobody' });
    const done = await value('sync-now', { contactId: id });
    expect(done).toMatchObject({
      outcome: 'notSynced',
      record: { state: 'notSyncing', reason: { code: 'NO_EMAIL' } },
    });
    expect(done.sentence).toContain('no e-mail address');
  });

  it.each([
    ['an unknown contact', '99999999999', 'CONTACT_NOT_FOUND'],
    ['an id that is none', '12; drop', 'INVALID_PARAMETERS'],
  ])('refuse %s', async (_, contactId, code) => {
    expect(await failure('get-record', { contactId })).toMatchObject({ code, field: 'contactId' });
  });
});

describe('the settings calls', () => {
  it('list the 25 default mappings, locked where their rule is fixed', async () => {
    const { mappings } = await value('get-settings', {});
    // The campaigns of a person come on top.
    expect(mappings.filter(({ kind }) => kind === 'default')).toHaveLength(25);
    expect(
      mappings
        .filter(({ ruleLocked }) => ruleLocked)
        .map(({ hubspotProperty }) => hubspotProperty)
        .sort(),
    ).toEqual(['hs_email_optout', 'hubspot_owner_id', 'tandem_account_id', 'tandem_campaign_ids']);
    expect(mappings.find(({ hubspotProperty }) => hubspotProperty === 'city')).toMatchObject({
      leadField: 'City',
      contactField: 'MailingCity',
      problem: null,
    });
  });

  it('offer properties and fields with their types', async () => {
    const { hubspotProperties, leadFields } = await value('get-mapping-choices', {});
    expect(hubspotProperties.find(({ name }) => name === 'favorite_color')).toMatchObject({
      type: 'Dropdown or radio select',
      readOnly: false,
    });
    expect(leadFields.find(({ name }) => name === 'Full_Address__c')).toMatchObject({
      readOnly: true,
    });
    expect(leadFields.find(({ name }) => name === 'Address')).toBeUndefined();
  });

  it.each([
    ['favorite_color', 'Favorite_Color__c', 'ok'],
    ['score', 'City', 'warning'],
    ['is_customer', 'Birthdate', 'refused'],
    ['is_customer', 'Nope__c', 'refused'],
    ['no_such_property', 'Title', 'refused'],
  ] as const)('check %s ↔ %s: %s', async (hubspotProperty, contactField, verdict) => {
    const checked = await value('check-mapping', {
      hubspotProperty,
      leadField: null,
      contactField: contactField === 'City' ? 'MailingCity' : contactField,
    });
    expect(checked.verdict).toBe(verdict);
    expect(checked.sentences.length > 0).toBe(verdict !== 'ok');
  });

  it('tells in plain words that a note is too long', async () => {
    const long = { baseVersion: 1, parts: {}, note: 'n'.repeat(501) };
    expect(JSON.stringify(await call('save-settings', long))).toContain(
      '500 characters at most: shorten it.',
    );
  });

  const custom = (hubspotProperty: string, field: string) => ({
    hubspotProperty,
    leadField: field,
    contactField: field,
    rule: 'twoWay' as const,
  });

  async function save(changes: Partial<CallParameters<'save-settings'>>) {
    const { version } = await value('get-settings', {});
    return call('save-settings', { baseVersion: version, parts: {}, ...changes });
  }

  it('save a custom mapping, which then syncs', async () => {
    const saved = await save({
      parts: { mappings: { custom: [custom('favorite_color', 'Favorite_Color__c')] } },
    });
    expect(saved).toMatchObject({ ok: true, value: { savedBy: 'admin@example.com' } });
    const { id } = world.hubspot.portal.create({
      email: 'hedy@lamarr.at',
      lastname: 'Lamarr',
      favorite_color: 'red',
    });
    const { changes } = await value('sync-now', { contactId: id });
    expect(changes).toContainEqual({
      side: 'salesforce',
      field: 'Favorite Color',
      before: null,
      after: 'Red',
    });
  });

  it.each([
    [
      'a property that is mapped already',
      { parts: { mappings: { custom: [custom('city', 'Favorite_Color__c')] } } },
      'ALREADY_MAPPED',
    ],
    [
      'a field that is mapped already',
      { parts: { mappings: { custom: [custom('account_notes', 'Description')] } } },
      'ALREADY_MAPPED',
    ],
    [
      'types that don’t go together',
      { parts: { mappings: { custom: [custom('is_customer', 'Renewal_Date__c')] } } },
      'MAPPING_REFUSED',
    ],
    [
      'the rule of a locked mapping',
      { parts: { mappings: { defaultRules: { hubspot_owner_id: 'off' } } } },
      'RULE_LOCKED',
    ],
    ['a list that doesn’t exist', { parts: { inclusion: { listId: '424242' } } }, 'LIST_NOT_FOUND'],
    ['what is no setting', { parts: { inclusion: { listId: 7 } } }, 'INVALID_SETTINGS'],
    ['a version somebody has saved over', { baseVersion: 0 }, 'SETTINGS_CHANGED_MEANWHILE'],
  ])('refuse %s', async (_, changes, code) => {
    expect(await save(changes)).toMatchObject({ ok: false, error: { code } });
  });
});
