// Which values each kind of property takes and what is stored (hubspot-api §2.1, §2.4, §2.6, §7.3).
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../src/sandbox/hubspot/stand-in.ts';
import { aPortal, refusal, servePortal } from './support.ts';

describe('Stored values', () => {
  it.each([
    ['email', '  Ada@Example.COM ', 'ada@example.com'],
    ['numemployees', '1-5', '1-5'],
    ['score', '12.50', '12.50'],
    ['score', '-3', '-3'],
    ['is_customer', 'true', 'true'],
    ['is_customer', 'False', 'false'],
    ['renewal_date', '2026-02-28', '2026-02-28'],
    ['renewal_date', '1772236800000', '2026-02-28'],
    ['renewal_date', '2026-02-28T00:00:00.000Z', '2026-02-28'],
    ['last_demo', '1772290800123', '2026-02-28T15:00:00.123Z'],
    ['last_demo', '2026-02-28T16:00:00+01:00', '2026-02-28T15:00:00.000Z'],
    ['favorite_color', 'red', 'red'],
    ['interests', 'events;webinars', 'events;webinars'],
    ['interests', 'events;;events', 'events'],
    ['hubspot_owner_id', '71000101', '71000101'],
    ['hs_lead_status', 'OPEN_DEAL', 'OPEN_DEAL'],
    ['annualrevenue', '1,000', '1,000'],
    ['account_notes', ' keep  the spaces ', ' keep  the spaces '],
  ])('%s takes "%s" and keeps "%s"', (property, written, kept) => {
    const { portal } = aPortal().hubspot;
    const { id } = portal.create({ email: 'someone@example.com', [property]: written });
    expect(portal.value(id, property)).toBe(kept);
  });

  it('takes JSON numbers and bools as text, as the client passes them', () => {
    const { portal } = aPortal().hubspot;
    const { id } = portal.create({ score: 7, is_customer: true });
    expect(portal.get(id)?.properties).toMatchObject({ score: '7', is_customer: 'true' });
  });

  it('adds to a set when the value begins with a semicolon', () => {
    const { portal } = aPortal().hubspot;
    const { id } = portal.create({ interests: 'events' });
    portal.update(id, { interests: ';webinars' });
    expect(portal.value(id, 'interests')).toBe('events;webinars');
  });
});

describe('Refused values come as JSON inside the message (hubspot-api §2.6)', () => {
  it.each([
    ['email', 'no-at-sign', 'INVALID_EMAIL', 'Email address no-at-sign is invalid'],
    [
      'email',
      'bcooper@example.con',
      'INVALID_EMAIL',
      'Email address bcooper@example.con is invalid',
    ],
    [
      'favorite_color',
      'Red',
      'INVALID_OPTION',
      'Red was not one of the allowed options: [red, green, blue]',
    ],
    [
      'interests',
      'events;golf',
      'INVALID_OPTION',
      'golf was not one of the allowed options: [webinars, events, beta_program, case_studies]',
    ],
    [
      'is_customer',
      'yes',
      'INVALID_OPTION',
      'yes was not one of the allowed options: [true, false]',
    ],
    ['hubspot_owner_id', '61000101', 'INVALID_OPTION', undefined],
    ['hubspot_owner_id', '71000199', 'INVALID_OPTION', undefined],
    ['score', '1,000', 'INVALID_FLOAT', '1,000 was not a valid number.'],
    ['last_demo', '1/1/1', 'INVALID_LONG', '1/1/1 was not a valid long.'],
    [
      'renewal_date',
      '1772290800123',
      'INVALID_DATE',
      '1772290800123 is at 15:00:00.123 UTC, not midnight!',
    ],
    ['no_such', 'x', 'PROPERTY_DOESNT_EXIST', 'Property "no_such" does not exist'],
    ['leadsource', 'Web', 'PROPERTY_DOESNT_EXIST', 'Property "leadsource" does not exist'],
    ['hs_email_optout', 'true', 'READ_ONLY_VALUE', undefined],
    ['hs_additional_emails', 'x@example.com', 'READ_ONLY_VALUE', undefined],
    ['createdate', '1772290800123', 'READ_ONLY_VALUE', undefined],
    ['account_notes', 'x'.repeat(65_537), 'PROPERTY_VALUE_TOO_LONG', undefined],
  ])('%s refuses "%.30s" with %s', async (property, value, error, message) => {
    const { client, hubspot } = await servePortal();
    const { code, body } = await refusal(
      client.crm.contacts.basicApi.create({ properties: { [property]: value }, associations: [] }),
    );
    expect(code).toBe(400);
    expect(body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
    const text = String(body.message);
    expect(text.startsWith('Property values were not valid: [{')).toBe(true);
    const [invalid] = JSON.parse(text.slice(text.indexOf('['))) as Record<string, unknown>[];
    expect(invalid).toMatchObject({ isValid: false, error, name: property });
    if (message !== undefined) expect(invalid?.message).toBe(message);
    expect(body.errors).toMatchObject([{ code: error, context: { propertyName: [property] } }]);
    expect(hubspot.portal.size).toBe(0);
  });

  it('lists everything that is wrong at once', () => {
    const { portal } = aPortal().hubspot;
    const create = (): unknown => portal.create({ no_such: 'x', score: 'many', firstname: 'Ada' });
    expect(create).toThrow(Refused);
    expect(create).toThrow(/no_such.*score/s);
  });
});

describe('Values that HubSpot works out', () => {
  it('gives a new contact the lifecycle stage lead and its origin', () => {
    const { portal } = aPortal().hubspot;
    const { id } = portal.create({ email: 'ada@example.com', firstname: 'Ada', lastname: 'King' });
    expect({
      stage: portal.value(id, 'lifecyclestage'),
      domain: portal.value(id, 'hs_email_domain'),
      name: portal.value(id, 'hs_full_name_or_email'),
      source: portal.value(id, 'hs_object_source'),
    }).toEqual({ stage: 'lead', domain: 'example.com', name: 'Ada King', source: 'CRM_UI' });
  });
});
