import { describe, expect, it } from 'vitest';
import type { SalesforceObject } from '../../src/engine/fields.ts';
import type { SalesforceCursor } from '../../src/salesforce/port.ts';
import { FIELDS, seedContacts, seedLeads, startSignedIn } from './fixture.ts';

describe('Walking through all leads', () => {
  it('goes in ascending id, 2,000 a call, and counts them with the first', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = seedLeads(org, 4_500);
    const walked: string[] = [];
    let afterId: string | null = null;
    let total = 0;
    do {
      const page = await salesforce.records.list('Lead', afterId, FIELDS.Lead);
      if (afterId === null) total = page.totalSize;
      walked.push(...page.records.map(({ id }) => id));
      afterId = page.afterId;
    } while (afterId !== null);
    expect(walked).toEqual([...ids].sort());
    expect(total).toBe(4_500);
    expect(standIn.apiUsage.used).toBe(3);
  });

  it('ends after a page that is exactly full', async () => {
    const { salesforce, org } = await startSignedIn();
    seedLeads(org, 2_000);
    const first = await salesforce.records.list('Lead', null, FIELDS.Lead);
    const rest = await salesforce.records.list('Lead', first.afterId, FIELDS.Lead);
    expect(rest).toMatchObject({ records: [], afterId: null });
  });
});

describe('Polling for changes', () => {
  const start: Record<SalesforceObject, SalesforceCursor> = {
    Lead: { stamp: '2026-01-01T00:00:00.000Z', id: '' },
    Contact: { stamp: '2026-01-01T00:00:00.000Z', id: '' },
  };
  const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

  it('asks for leads and contacts in one call, deleted ones included', async () => {
    const { salesforce, standIn, org, clock } = await startSignedIn();
    const leads = seedLeads(org, 3);
    const contacts = seedContacts(org, 2);
    org.remove('Lead', leads[1] ?? '');
    const until = new Date(clock.now());
    const page = await salesforce.records.changed(start, until, FIELDS);
    expect(page.records.map(({ id }) => id).sort()).toEqual([...leads, ...contacts].sort());
    expect(page.records.filter(({ isDeleted }) => isDeleted).map(({ id }) => id)).toEqual([
      leads[1],
    ]);
    expect(page.done).toBe(true);
    const reached = { stamp: until.toISOString(), id: '' };
    expect(page.cursors).toEqual({ Lead: reached, Contact: reached });
    expect(standIn.apiUsage.used).toBe(1);
  });

  it('walks through thousands of rows of one second, none twice, none lost', async () => {
    const { salesforce, org } = await startSignedIn();
    const ids = [
      ...seedLeads(org, 3_000, () => ({ SystemModstamp: at(10) })),
      ...seedLeads(org, 1_500, (index) => ({ SystemModstamp: at(11 + (index % 2)) })),
    ];
    const seen: string[] = [];
    let cursors = start;
    let done: boolean;
    do {
      const page = await salesforce.records.changed(cursors, new Date(at(12)), FIELDS);
      seen.push(...page.records.map(({ id }) => id));
      ({ cursors, done } = page);
    } while (!done);
    expect(seen).toHaveLength(4_500);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  it('looks neither before its cursor nor past its end', async () => {
    const { salesforce, org } = await startSignedIn();
    const ids = seedLeads(org, 6, (index) => ({ SystemModstamp: at(index) }));
    const cursors = { ...start, Lead: { stamp: at(2), id: ids[2] ?? '' } };
    const page = await salesforce.records.changed(cursors, new Date(at(4)), FIELDS);
    expect(page.records.map(({ id }) => id)).toEqual([ids[3], ids[4]]);
  });
});
