import { describe, expect, it } from 'vitest';
import { EndpointLabels } from '../../src/metrics/endpoint-label.ts';

describe('the label of an endpoint', () => {
  it.each([
    [
      'POST /crm/objects/2026-09/contacts/batch/read',
      'POST /crm/objects/2026-09/contacts/batch/read',
    ],
    ['GET /crm/objects/2026-09/contacts/51?archived=true', 'GET /crm/objects/2026-09/contacts/:id'],
    ['GET /crm/objects/2026-09/contacts/ada@example.com', 'GET /crm/objects/2026-09/contacts/:id'],
    [
      'PATCH /services/data/v67.0/sobjects/Lead/Tandem_HubSpot_Id__c/51',
      'PATCH /services/data/v67.0/sobjects/Lead/Tandem_HubSpot_Id__c/:id',
    ],
    [
      'GET /services/data/v67.0/sobjects/Contact/003000000000001AAA',
      'GET /services/data/v67.0/sobjects/Contact/:id',
    ],
    ['GET /services/data/v67.0/query/01g000000000001-2000', 'GET /services/data/v67.0/query/:id'],
    [
      'POST /communication-preferences/2026-09/statuses',
      'POST /communication-preferences/2026-09/statuses',
    ],
  ])('%s', (endpoint, label) => {
    expect(new EndpointLabels().of(endpoint)).toBe(label);
  });
  it('is one of a bounded number', () => {
    const labels = new EndpointLabels(3);
    const seen = new Set(['a', 'b', 'c', 'd', 'e', 'a'].map((path) => labels.of(`GET /${path}`)));
    expect([...seen]).toEqual(['GET /a', 'GET /b', 'GET /c', 'other']);
  });
});
