// Search over a lagging index, with its limits (hubspot-api §2.2).
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from './fixture.ts';

const SEARCH = '/crm/objects/2026-09/contacts/search';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const search = (body: object) => sandbox.call('POST', SEARCH, body);
const filtered = (...filters: object[]) => ({ filterGroups: [{ filters }] });

async function namesOf(body: object): Promise<string[]> {
  const { status, json } = await search({ properties: ['firstname'], ...body });
  expect(status).toBe(200);
  return (json.results ?? []).map(({ properties }) => properties?.firstname ?? '').sort();
}

describe('An operator', () => {
  beforeEach(() => {
    sandbox.portal.seed([
      {
        properties: {
          firstname: 'ada',
          email: 'ada@analytical.example.com',
          score: '10',
          favorite_color: 'Red',
          lastmodifieddate: '2026-11-20T00:00:00.000Z',
        },
      },
      {
        properties: {
          firstname: 'bob',
          email: 'bob@example.com',
          score: '9',
          favorite_color: 'Blue',
          lastmodifieddate: '2026-11-21T00:00:00.000Z',
        },
      },
      { properties: { firstname: 'cy', lastmodifieddate: '2026-11-22T00:00:00.000Z' } },
    ]);
  });

  it.each([
    ['EQ', 'score', { value: '10' }, ['ada']],
    ['NEQ', 'score', { value: '10' }, ['bob']],
    ['LT', 'score', { value: '10' }, ['bob']],
    ['LTE', 'score', { value: '10' }, ['ada', 'bob']],
    ['GT', 'score', { value: '9' }, ['ada']],
    ['GTE', 'score', { value: '9' }, ['ada', 'bob']],
    ['BETWEEN', 'score', { value: '8', highValue: '9' }, ['bob']],
    ['IN', 'email', { values: ['bob@example.com'] }, ['bob']],
    ['NOT_IN', 'favorite_color', { values: ['red'] }, ['bob']],
    ['HAS_PROPERTY', 'email', {}, ['ada', 'bob']],
    ['NOT_HAS_PROPERTY', 'email', {}, ['cy']],
    ['CONTAINS_TOKEN', 'email', { value: 'analytical' }, ['ada']],
    ['CONTAINS_TOKEN', 'email', { value: '*@example.com' }, ['bob']],
    ['GTE', 'lastmodifieddate', { value: String(Date.UTC(2026, 10, 21)) }, ['bob', 'cy']],
  ])('%s on %s %j finds %j', async (operator, propertyName, rest, names) => {
    expect(await namesOf(filtered({ propertyName, operator, ...rest }))).toEqual(names);
  });

  it('joins filters with AND and groups with OR', async () => {
    const color = (value: string) => ({ propertyName: 'favorite_color', operator: 'EQ', value });
    expect(await namesOf(filtered(color('Red'), color('Blue')))).toEqual([]);
    const groups = [{ filters: [color('Red')] }, { filters: [color('Blue')] }];
    expect(await namesOf({ filterGroups: groups })).toEqual(['ada', 'bob']);
  });
});

describe('The index lags behind (hubspot-api §2.2)', () => {
  const everybody = { properties: ['firstname'] };

  it('shows the row of a while ago until then', async () => {
    const id = sandbox.portal.create({ firstname: 'ada' });
    expect(await namesOf(everybody)).toEqual([]);
    sandbox.clock.advance(500);
    expect(await namesOf(everybody)).toEqual(['ada']);
    sandbox.portal.update(id, { firstname: 'augusta' });
    expect(await namesOf(everybody)).toEqual(['ada']);
    sandbox.clock.advance(500);
    expect(await namesOf(everybody)).toEqual(['augusta']);
  });

  it('forgets archived contacts after the lag, too', async () => {
    const [id = ''] = sandbox.portal.seed([{ properties: { firstname: 'ada' } }]);
    sandbox.portal.archive(id);
    expect(await namesOf(everybody)).toEqual(['ada']);
    sandbox.clock.advance(500);
    expect(await namesOf(everybody)).toEqual([]);
  });

  it('lets later changes be found first when the lag varies', async () => {
    sandbox.standIn.setIndexLag({ min: 0, max: 60_000 });
    for (let n = 0; n < 20; n += 1) sandbox.portal.create({ firstname: `p${n}` });
    sandbox.clock.advance(30_000);
    const found = await namesOf({ ...everybody, limit: 200 });
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(20);
    expect(found).not.toEqual(Array.from(found.keys(), (n) => `p${n}`).sort());
    sandbox.clock.advance(30_000);
    expect(await namesOf({ ...everybody, limit: 200 })).toHaveLength(20);
  });
});

describe('Limits of a search (hubspot-api §2.2)', () => {
  const filter = { propertyName: 'firstname', operator: 'EQ', value: 'x' };
  const filters = (count: number) => Array.from({ length: count }, () => filter);

  it.each([
    ['a page of 201', { limit: 201 }],
    ['6 groups', { filterGroups: filters(6).map((one) => ({ filters: [one] })) }],
    ['7 filters in a group', { filterGroups: [{ filters: filters(7) }] }],
    ['19 filters', { filterGroups: [5, 5, 5, 4].map((n) => ({ filters: filters(n) })) }],
    ['two sorts', { sorts: ['firstname', 'lastname'].map((propertyName) => ({ propertyName })) }],
    ['a result beyond 10,000', { after: '10000', limit: 1 }],
    ['an unknown property', filtered({ ...filter, propertyName: 'no_such' })],
    ['an unknown operator', filtered({ ...filter, operator: 'LIKE' })],
  ])('refuses %s with 400', async (_, body) => {
    const { status, json } = await search(body);
    expect([status, json.category]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('walks windows by keyset with the client, 200 a page', async () => {
    sandbox.portal.seed(
      Array.from({ length: 450 }, (_, n) => ({
        properties: { email: `p${n}@example.com`, lastmodifieddate: '2026-11-20T00:00:00.000Z' },
      })),
    );
    const seen: string[] = [];
    for (let last = '0'; ;) {
      const page = await sandbox.dated.crm.contacts.searchApi.doSearch({
        filterGroups: [
          {
            filters: [
              {
                propertyName: 'lastmodifieddate',
                operator: 'GTE' as never,
                value: String(Date.UTC(2026, 10, 20)),
              },
              { propertyName: 'hs_object_id', operator: 'GT' as never, value: last },
            ],
          },
        ],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }] as never,
        properties: ['email'],
        limit: 200,
        after: '0',
      });
      seen.push(...page.results.map(({ id }) => id));
      if (page.results.length < 200) break;
      last = page.results.at(-1)?.id ?? '';
    }
    expect(new Set(seen).size).toBe(450);
    expect(sandbox.standIn.calls.byEndpoint()).toEqual({ 'POST /crm/objects/contacts/search': 3 });
  });

  it('finds a narrow window of 100,000 contacts without reading them all', async () => {
    const base = Date.UTC(2026, 0, 1);
    sandbox.portal.seed(
      Array.from({ length: 100_000 }, (_, n) => ({
        properties: { email: `p${n}@example.com`, lastmodifieddate: String(base + n * 1000) },
      })),
    );
    const between = (value: number, highValue: number) =>
      filtered({
        propertyName: 'lastmodifieddate',
        operator: 'BETWEEN',
        value: String(value),
        highValue: String(highValue),
      });
    await search(between(base, base)); // puts the index in order
    const started = performance.now();
    for (let n = 0; n < 100; n += 1) {
      const from = base + n * 500_000;
      const { json } = await search({ ...between(from, from + 9000), limit: 200 });
      expect(json.total).toBe(10);
    }
    // Reading 100,000 rows a search would take well over ten milliseconds each.
    expect((performance.now() - started) / 100).toBeLessThan(25);
  });
});
