import { describe, expect, it } from 'vitest';
import { endpointName } from '../../src/engine/call-budget.ts';
import { retryAfterMs } from '../../src/engine/retry-after.ts';

describe('The name of an endpoint', () => {
  it.each([
    ['POST', '/crm/objects/contacts/batch/read', 'POST crm/objects/contacts/batch/read'],
    ['GET', '/sobjects/Lead/describe', 'GET sobjects/Lead/describe'],
    [
      'PATCH',
      '/composite/sobjects/Lead/Tandem_HubSpot_Id__c',
      'PATCH composite/sobjects/Lead/Tandem_HubSpot_Id__c',
    ],
    ['GET', '/query/01g5g00000AbCdE-2000', 'GET query/:id'],
    // Nothing about anybody.
    [
      'POST',
      '/communication-preferences/statuses/jo%40example.com/unsubscribe-all',
      'POST communication-preferences/statuses/:id/unsubscribe-all',
    ],
    ['GET', '/statuses/jo@example.com', 'GET statuses/:id'],
  ])('%s %s is %s', (method, path, name) => {
    expect(endpointName(method, path)).toBe(name);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Mon, 23 Nov 2026 10:00:05 GMT', 5_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
    ['', null],
    ['soon', null],
    [undefined, null],
  ])('%s', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});
