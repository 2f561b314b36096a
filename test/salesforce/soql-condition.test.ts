import { describe, expect, it } from 'vitest';
import { conditionOn, UnreadableCondition } from '../../src/salesforce/soql-condition.ts';
import { FIELDS, rejectionOf, seedLeads, startSignedIn } from './fixture.ts';

describe('A condition an admin typed', () => {
  it.each([
    ["Status = 'Open'", "Status = 'Open'"],
    ["  status='Open'  ", "status = 'Open'"],
    ['City = null and not (IsConverted = true)', 'City = NULL AND NOT (IsConverted = TRUE)'],
    [
      "(City = 'a' OR City = 'b') AND Owner.Name LIKE '%x'",
      "(City = 'a' OR City = 'b') AND Owner.Name LIKE '%x'",
    ],
    ["Status NOT IN ('a','b')", "Status NOT IN ('a', 'b')"],
    ["Interests__c INCLUDES ('a;b')", "Interests__c INCLUDES ('a;b')"],
    ['CreatedDate = LAST_N_DAYS:30', 'CreatedDate = LAST_N_DAYS:30'],
    ['CreatedDate >= 2026-01-01T00:00:00Z', 'CreatedDate >= 2026-01-01T00:00:00Z'],
    ['CALENDAR_YEAR(CreatedDate) = 2026', 'CALENDAR_YEAR(CreatedDate) = 2026'],
    ["Name = 'it\\'s; LIMIT 1 ORDER BY'", "Name = 'it\\'s; LIMIT 1 ORDER BY'"],
  ])('%s', (typed, written) => {
    expect(conditionOn('Lead', typed)).toBe(written);
  });

  it.each([
    ['', /empty/],
    ["WHERE City = 'a'", /Leave out SELECT and WHERE/],
    ["SELECT Id FROM Lead WHERE City = 'a'", /Leave out SELECT and WHERE/],
    ["City = 'a' LIMIT 1", /Leave out LIMIT/],
    ["City = 'a' ORDER BY Id OFFSET 3", /Leave out (ORDER BY, OFFSET|OFFSET, ORDER BY)/],
    ["City = 'a' GROUP BY City HAVING COUNT(Id) > 1", /GROUP BY/],
    ["City = 'a' FOR UPDATE", /Leave out FOR/],
    ["City = 'a' WITH SECURITY_ENFORCED", /Leave out WITH/],
    ["City = 'a' ALL ROWS", /not a SOQL condition/],
    ['Id IN (SELECT LeadId FROM CampaignMember)', /Leave out the query in parentheses/],
    ["City = 'a' OR (Id NOT IN (SELECT LeadId FROM CampaignMember))", /Leave out the query/],
    ["City = 'a';", /at “;”/],
    ["City = 'a') OR (City = 'b'", /at “\)”/],
    ["City = 'a", /not a SOQL condition/],
    ["City = 'a' AND", /not a SOQL condition/],
    ['City = :city', /not a SOQL condition/],
    ["City = 'a' -- b", /at “-”/],
    ['1 = 1', /not a SOQL condition/],
    ['City', /not a SOQL condition/],
  ])('refuses %s', (typed, message) => {
    expect(() => conditionOn('Lead', typed)).toThrow(UnreadableCondition);
    expect(() => conditionOn('Lead', typed)).toThrow(message);
  });
});

describe('Walking through records that a condition holds for', () => {
  it('counts and pages only those, an OR notwithstanding', async () => {
    const { salesforce, org } = await startSignedIn();
    const ids = seedLeads(org, 2_500, (index) => ({
      City: ['Bonn', 'Rome', 'Oslo', 'Bern', 'Pisa'][index % 5] ?? null,
    }));
    const where = "City = 'Bonn' OR City != 'Oslo'";
    const first = await salesforce.records.list('Lead', null, FIELDS.Lead, where);
    expect(await salesforce.records.count(['Lead'], where)).toEqual([2_000]);
    expect(await salesforce.records.count(['Lead'])).toEqual([2_500]);
    const rest = await salesforce.records.list('Lead', first.afterId, FIELDS.Lead, where);
    expect(rest.records).toEqual([]);
    expect(first.records.map(({ id }) => id)).toEqual(ids.filter((_, index) => index % 5 !== 2));
  });

  it('passes on what Salesforce refuses, and says itself what can’t be read', async () => {
    const { salesforce, standIn } = await startSignedIn();
    const list = (where: string) =>
      rejectionOf(salesforce.records.list('Lead', null, FIELDS.Lead, where));
    expect(await list("Nope__c = 'a'")).toMatchObject({
      name: 'CallRejected',
      code: 'INVALID_FIELD',
    });
    const calls = standIn.calls.total;
    expect(await list('City = 1;')).toBeInstanceOf(UnreadableCondition);
    expect(standIn.calls.total).toBe(calls);
  });
});
