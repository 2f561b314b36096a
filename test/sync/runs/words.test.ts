import { describe, expect, it } from 'vitest';
import { NO_COUNTS, type Run } from '../../../src/store/runs-port.ts';
import { scopeInWords, troubleInWords } from '../../../src/sync/runs/words.ts';

const run = (changes: Partial<Run>): Run => ({
  id: '1',
  kind: 'push',
  scope: {},
  dry: false,
  settingsVersion: 0,
  startedBy: 'test',
  state: 'running',
  checkpoint: null,
  counts: NO_COUNTS,
  total: null,
  workingMs: 0,
  trouble: null,
  setbacks: 0,
  retryAt: null,
  startedAt: '2026-11-24T10:00:00.000Z',
  finishedAt: null,
  ...changes,
});

describe('Which records a run is about', () => {
  it.each([
    ['import', {}, 'All leads and contacts'],
    ['import', { object: 'Lead' }, 'All leads'],
    [
      'import',
      { object: 'Contact', condition: "City = 'Bonn'" },
      "Salesforce contacts where City = 'Bonn'",
    ],
    [
      'import',
      { campaignId: '701000000000001AAA', name: 'Spring' },
      'Members of the campaign “Spring”',
    ],
    ['list', { listId: '7' }, 'Members of the list 7'],
    ['retry', { categories: ['permissions', 'limits'] }, 'Permissions, Limits of HubSpot'],
    ['records', { hubspotIds: ['1', '2', '3', '4', '5', '6', '7'] }, '1, 2, 3, 4, 5 and 2 more'],
    ['list', { nonsense: true }, 'Unknown records'],
  ] as const)('%s %j', (kind, scope, words) => {
    expect(scopeInWords(run({ kind, scope }))).toContain(words);
  });
});

describe('Why a run does not get on', () => {
  it('says nothing while it does', () => {
    expect(troubleInWords(run({}))).toBeNull();
  });
  it('says why, and that it is tried again', () => {
    const words = troubleInWords(run({ trouble: 'Salesforce is down', setbacks: 2 }));
    expect(words).toContain('Salesforce is down. It is tried again by itself.');
  });
  it('says what to do about one that was given up', () => {
    const words = troubleInWords(run({ state: 'failed', trouble: 'No such field.' }));
    expect(words).toBe(
      'Given up after several tries: No such field. Resume it once that is put right.',
    );
  });
});
