import { describe, expect, it } from 'vitest';
import { startArguments, UsageError } from '../../src/cli/arguments.ts';
import { liveLine } from '../../src/cli/live-line.ts';
import { progressLine } from '../../src/cli/progress.ts';
import { reportText } from '../../src/cli/report.ts';
import { reason } from '../../src/engine/reasons.ts';

const COUNTS = { seen: 10, created: 4, updated: 1, paired: 2, unchanged: 1, skipped: 1, failed: 1 };

describe('the arguments', () => {
  it('have defaults', () => {
    expect(startArguments([])).toEqual({
      once: false,
      json: false,
      port: 3000,
      folder: '.tandem',
      help: false,
      worker: false,
      host: '127.0.0.1',
    });
  });
  it.each([
    [['--port', 'abc']],
    [['--port', '70000']],
    [['--nonsense']],
    [['extra']],
    [['--worker', '--once']],
    [['--host', '0.0.0.0']],
  ])('refuse %j', (argv) => {
    expect(() => startArguments(argv)).toThrow(UsageError);
  });
});

describe('the report', () => {
  it('says what was done, where everybody stands, and why', () => {
    const text = reportText({
      runs: { import: COUNTS },
      records: [
        { state: 'inSync', count: 8, reason: null, examples: [] },
        { state: 'skipped', count: 1, reason: reason('NO_EMAIL'), examples: [] },
      ],
      fields: [
        {
          mapping: 'city',
          count: 2,
          reason: reason('VALUE_TOO_LONG', { length: '41', limit: '40', field: 'City' }),
        },
      ],
      calls: { hubspot: 3, salesforce: 2 },
    });
    expect(text).toMatch(/Import from Salesforce +10 +4 +1 +2 +1 +1 +1/);
    expect(text).toMatch(/1 +not syncing +This record has no e-mail address/);
    expect(text).toMatch(/2 +city +The value has 41 characters and City takes 40/);
    expect(text).toContain('API calls: 3 to HubSpot, 2 to Salesforce.');
  });
  it('shows no e-mail address in full', () => {
    const duplicate = reason('DUPLICATE_IN_SALESFORCE', {
      email: 'ada@example.com',
      object: 'Lead',
      id: '00Q',
    });
    const text = reportText({
      runs: {},
      records: [{ state: 'problem', count: 1, reason: duplicate, examples: [] }],
      fields: [],
      calls: null,
    });
    expect(text).toContain('a…@example.com');
    expect(text).not.toContain('ada@');
  });
});

describe('progress', () => {
  it('shows how far a run is', () => {
    expect(progressLine({ kind: 'import', counts: COUNTS, total: 20 })).toMatch(
      /\[█{12}·{12}\] 10 of 20 seen, 4 created/,
    );
    expect(progressLine({ kind: 'push', counts: COUNTS, total: null })).toContain('10 seen');
  });
});

describe('the line of a live change', () => {
  it('names fields, never values', () => {
    const line = liveLine({
      hubspotId: '1',
      salesforceId: '00Q',
      result: 'updated',
      reason: null,
      writes: [{ side: 'hubspot', field: 'city', before: 'Bonn', after: 'Paris', why: 'twoWay' }],
      news: [],
    });
    expect(line).toBe('1 ⇄ 00Q  wrote: city in HubSpot');
  });
});
