// What HubSpot makes of written values, and how it words a refusal (hubspot-api §2.1, §2.4, §2.6).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalidValuesOf, startSandbox, type Sandbox } from './fixture.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const write = (properties: Record<string, unknown>) =>
  sandbox.call('POST', '/crm/v3/objects/contacts', { properties });

describe('A value is stored as HubSpot writes it', () => {
  it.each([
    ['email', '  Grace@Example.COM ', 'grace@example.com'],
    ['score', 12.5, '12.5'],
    ['score', '-3', '-3'],
    ['is_customer', true, 'true'],
    ['is_customer', 'FALSE', 'false'],
    ['renewal_date', '2026-12-01', '2026-12-01'],
    ['renewal_date', String(Date.UTC(2026, 11, 1)), '2026-12-01'],
    ['renewal_date', '2026-12-01T00:00:00Z', '2026-12-01'],
    ['last_demo', '2026-12-01T09:30:00Z', '2026-12-01T09:30:00.000Z'],
    ['last_demo', Date.UTC(2026, 11, 1, 9, 30), '2026-12-01T09:30:00.000Z'],
    ['favorite_color', 'Yellow', 'Yellow'],
    ['interests', 'Chess;Music', 'Chess;Music'],
    ['interests', 'Chess;Chess', 'Chess'],
    ['hs_lead_status', 'OPEN_DEAL', 'OPEN_DEAL'],
    ['hubspot_owner_id', '71000103', '71000103'],
    ['account_notes', ' two\nlines ', ' two\nlines '],
    ['firstname', '', null],
  ])('%s: %j becomes %j', async (name, given, stored) => {
    const { status, json } = await write({ [name]: given });
    expect(status).toBe(201);
    expect(json.properties?.[name]).toBe(stored);
  });
});

describe('A value is refused with the reason as JSON in the message (hubspot-api §2.6)', () => {
  it.each([
    [
      'email',
      'bcooper@example.con',
      'INVALID_EMAIL',
      'Email address bcooper@example.con is invalid',
    ],
    ['email', 'nobody', 'INVALID_EMAIL', 'Email address nobody is invalid'],
    [
      'favorite_color',
      'Beige',
      'INVALID_OPTION',
      'Beige was not one of the allowed options: [Red, Green, Blue, Yellow]',
    ],
    [
      'interests',
      'Chess;Golf',
      'INVALID_OPTION',
      'Golf was not one of the allowed options: [Sailing, Chess, Cooking, Running, Music]',
    ],
    ['last_demo', '1/1/1', 'INVALID_LONG', '1/1/1 was not a valid long.'],
    ['score', '1,000', 'INVALID_FLOAT', '1,000 was not a valid number.'],
    ['renewal_date', 'soon', 'INVALID_DATE', 'soon was not a valid date.'],
    [
      'renewal_date',
      '2026-12-01T10:00:00Z',
      'INVALID_DATE',
      '2026-12-01T10:00:00Z is at 10:00:00.000 UTC, not midnight!',
    ],
    ['leadsource', 'Web', 'PROPERTY_DOESNT_EXIST', 'Property "leadsource" does not exist'],
    ['description', 'x', 'PROPERTY_DOESNT_EXIST', 'Property "description" does not exist'],
    ['rating', 'Hot', 'PROPERTY_DOESNT_EXIST', 'Property "rating" does not exist'],
  ])('%s: %j is %s', async (name, given, error, message) => {
    const { status, json } = await write({ [name]: given });
    expect(status).toBe(400);
    expect(json).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
    expect(json.message).toMatch(/^Property values were not valid: \[\{"isValid":false,/);
    expect(invalidValuesOf(json)).toEqual([{ isValid: false, message, error, name }]);
  });

  it.each(['hs_email_optout', 'hs_additional_emails', 'hs_object_id', 'lastmodifieddate'])(
    'refuses to write %s: READ_ONLY_VALUE',
    async (name) => {
      const { status, json } = await write({ [name]: 'true' });
      expect(status).toBe(400);
      expect(invalidValuesOf(json)).toMatchObject([{ error: 'READ_ONLY_VALUE', name }]);
    },
  );

  it('refuses an owner that the portal does not have or has archived', async () => {
    for (const id of ['1', '71000199']) {
      const { status, json } = await write({ hubspot_owner_id: id });
      expect(status).toBe(400);
      expect(invalidValuesOf(json)).toMatchObject([{ error: 'INVALID_OPTION' }]);
    }
  });

  it('refuses a text of more than 65,536 characters', async () => {
    expect((await write({ account_notes: 'x'.repeat(65_536) })).status).toBe(201);
    expect((await write({ account_notes: 'x'.repeat(65_537) })).status).toBe(400);
  });

  it('lists everything that is wrong', async () => {
    const { json } = await write({ score: 'many', favorite_color: 'Beige' });
    expect(invalidValuesOf(json).map(({ error }) => error)).toEqual([
      'INVALID_FLOAT',
      'INVALID_OPTION',
    ]);
  });
});

describe("An admin's required property (hubspot-api §0.2)", () => {
  it('is demanded of 2026-09 paths and not of v3', async () => {
    const strict = await startSandbox();
    strict.standIn.registry.require({
      property: 'company',
      when: ({ lifecyclestage }) => lifecyclestage === 'customer',
    });
    const body = { properties: { lifecyclestage: 'customer' } };
    const dated = await strict.call('POST', '/crm/objects/2026-09/contacts', body);
    expect(dated.status).toBe(400);
    expect(dated.json.category).toBe('VALIDATION_ERROR');
    expect((await strict.call('POST', '/crm/v3/objects/contacts', body)).status).toBe(201);
    await strict.close();
  });
});
