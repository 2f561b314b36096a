// Searching contacts through HubSpot's client: operators, limits, paging, the lagging index (hubspot-api §2.2).
import { describe, expect, it } from 'vitest';
import { aPortal, refusal, servePortal, START, type ServedPortal } from './support.ts';

interface Filter {
  propertyName: string;
  operator: string;
  value?: string;
  highValue?: string;
  values?: string[];
}

interface Search {
  filterGroups?: { filters: Filter[] }[];
  query?: string;
  sorts?: unknown[];
  properties?: string[];
  limit?: number;
  after?: string;
}

interface Found {
  total: number;
  results: { id: string; properties: Record<string, string | null> }[];
  paging?: { next?: { after: string } };
}

/** As the live API documents it: the client's types know only text sorts. */
async function search(portal: ServedPortal, request: Search): Promise<Found> {
  const found = await portal.dated.crm.contacts.searchApi.doSearch(request as never);
  return found;
}

function only(...filters: Filter[]): Search {
  return { filterGroups: [{ filters }], properties: ['email', 'city'], limit: 200 };
}

const PEOPLE = [
  {
    email: 'ada@example.com',
    firstname: 'Ada',
    lastname: 'King',
    city: 'London',
    score: '10',
    interests: 'events',
  },
  {
    email: 'grace@navy.example.com',
    firstname: 'Grace',
    lastname: 'Hopper',
    city: 'New York',
    score: '9',
  },
  { email: 'linus@example.org', firstname: 'Linus', city: 'Helsinki', renewal_date: '2026-03-01' },
];

async function withPeople(): Promise<ServedPortal> {
  const portal = await servePortal();
  portal.hubspot.portal.seed(
    PEOPLE.map((properties, index) => ({
      properties,
      createdate: new Date(START - 1000 * (3 - index)),
    })),
  );
  return portal;
}

describe('Operators', () => {
  it.each<[Filter, string[]]>([
    [{ propertyName: 'city', operator: 'EQ', value: 'london' }, ['ada']],
    [{ propertyName: 'city', operator: 'NEQ', value: 'London' }, ['grace', 'linus']],
    [{ propertyName: 'score', operator: 'NEQ', value: '10' }, ['grace']],
    [{ propertyName: 'score', operator: 'LT', value: '10' }, ['grace']],
    [{ propertyName: 'score', operator: 'LTE', value: '10' }, ['ada', 'grace']],
    [{ propertyName: 'score', operator: 'GT', value: '9' }, ['ada']],
    [{ propertyName: 'score', operator: 'GTE', value: '9' }, ['ada', 'grace']],
    [{ propertyName: 'score', operator: 'BETWEEN', value: '9.5', highValue: '10' }, ['ada']],
    [
      { propertyName: 'email', operator: 'IN', values: ['ada@example.com', 'linus@example.org'] },
      ['ada', 'linus'],
    ],
    [{ propertyName: 'city', operator: 'IN', values: ['London'] }, []],
    [{ propertyName: 'city', operator: 'NOT_IN', values: ['london'] }, ['grace', 'linus']],
    [{ propertyName: 'lastname', operator: 'HAS_PROPERTY' }, ['ada', 'grace']],
    [{ propertyName: 'lastname', operator: 'NOT_HAS_PROPERTY' }, ['linus']],
    [{ propertyName: 'email', operator: 'CONTAINS_TOKEN', value: '*@example.*' }, ['ada', 'linus']],
    [{ propertyName: 'city', operator: 'CONTAINS_TOKEN', value: 'york' }, ['grace']],
    [{ propertyName: 'city', operator: 'NOT_CONTAINS_TOKEN', value: 'york' }, ['ada', 'linus']],
    [{ propertyName: 'renewal_date', operator: 'GTE', value: '1772323200000' }, ['linus']],
    [
      { propertyName: 'lastmodifieddate', operator: 'GTE', value: String(START - 2000) },
      ['grace', 'linus'],
    ],
    [{ propertyName: 'lastmodifieddate', operator: 'LT', value: String(START - 2000) }, ['ada']],
  ])('%j finds %j', async (filter, names) => {
    const { results, total } = await search(await withPeople(), only(filter));
    const found = results.map(({ properties }) => properties.email?.split('@')[0]);
    expect(found.sort()).toEqual(names);
    expect(total).toBe(names.length);
  });

  it('joins filters with and, groups with or', async () => {
    const { results } = await search(await withPeople(), {
      filterGroups: [
        {
          filters: [
            { propertyName: 'city', operator: 'EQ', value: 'London' },
            { propertyName: 'score', operator: 'GT', value: '50' },
          ],
        },
        { filters: [{ propertyName: 'city', operator: 'EQ', value: 'Helsinki' }] },
      ],
    });
    expect(results.map(({ properties }) => properties.firstname)).toEqual(['Linus']);
  });

  it('looks for the words of a query in names and e-mails', async () => {
    const { results } = await search(await withPeople(), { query: 'hopp navy' });
    expect(results.map(({ properties }) => properties.firstname)).toEqual(['Grace']);
  });

  it.each([
    [[{ propertyName: 'lastmodifieddate', direction: 'DESCENDING' }], ['Linus', 'Grace', 'Ada']],
    [['firstname'], ['Ada', 'Grace', 'Linus']],
    [['-firstname'], ['Linus', 'Grace', 'Ada']],
    [[{ propertyName: 'score', direction: 'ASCENDING' }], ['Grace', 'Ada', 'Linus']],
  ])('sorts by %j', async (sorts, names) => {
    const { results } = await search(await withPeople(), { sorts });
    expect(results.map(({ properties }) => properties.firstname)).toEqual(names);
  });
});

describe('Limits of a search', () => {
  const filter = { propertyName: 'city', operator: 'HAS_PROPERTY' };
  const groups = (count: number, filters: number): Search => ({
    filterGroups: Array.from({ length: count }, () => ({
      filters: Array(filters).fill(filter) as Filter[],
    })),
  });

  it.each<[string, Search]>([
    ['six groups', groups(6, 1)],
    ['seven filters in a group', groups(1, 7)],
    [
      'nineteen filters',
      { filterGroups: [...(groups(3, 6).filterGroups ?? []), { filters: [filter] }] },
    ],
    ['two sorts', { sorts: ['city', 'email'] }],
    ['201 results a page', { limit: 201 }],
    ['results beyond 10,000', { after: '9900', limit: 200 }],
    ['an unknown property', only({ propertyName: 'no_such', operator: 'HAS_PROPERTY' })],
    ['a query of 3,001 characters', { query: 'x'.repeat(3001) }],
  ])('refuses %s', async (_, request) => {
    const refused = await refusal(search(await servePortal(), request));
    expect(refused).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
  });

  it('counts beyond 10,000 but shows no more', async () => {
    const portal = await servePortal();
    portal.hubspot.portal.seed(
      Array.from({ length: 10_050 }, () => ({ properties: { city: 'Oslo' } })),
    );
    const last = await search(portal, { after: '9800', limit: 200 });
    expect(last).toMatchObject({ total: 10_050, paging: { next: { after: '10000' } } });
    expect(last.results).toHaveLength(200);
    await expect(refusal(search(portal, { after: '10000', limit: 1 }))).resolves.toMatchObject({
      code: 400,
    });
  });
});

describe('Paging by id inside a window of modification dates', () => {
  it('finds every contact once, though others change meanwhile', async () => {
    const portal = await servePortal();
    const seeded = portal.hubspot.portal.seed(
      Array.from({ length: 450 }, (_, number) => ({
        properties: { email: `n${number}@example.com` },
        lastmodifieddate: new Date(START - 60_000 + (number % 7)),
      })),
    );
    const ids: string[] = [];
    for (let aboveId = '0'; ;) {
      const page = await search(portal, {
        filterGroups: [
          {
            filters: [
              { propertyName: 'lastmodifieddate', operator: 'GTE', value: String(START - 60_000) },
              { propertyName: 'lastmodifieddate', operator: 'LT', value: String(START) },
              { propertyName: 'hs_object_id', operator: 'GT', value: aboveId },
            ],
          },
        ],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        limit: 200,
      });
      expect(page.total).toBe(450 - ids.length);
      ids.push(...page.results.map(({ id }) => id));
      const last = page.results.at(-1);
      if (!last || page.results.length < 200) break;
      aboveId = last.id;
    }
    expect(ids).toEqual(seeded.map(({ id }) => id));
  });
});

describe('The index lags behind (hubspot-api §2.2, §7.9)', () => {
  const everyone: Search = { properties: ['city'], limit: 200 };

  it('doesn’t find a new contact until the lag has passed, though a read does', async () => {
    const portal = await servePortal({ indexLagMs: 5000 });
    const { id } = portal.hubspot.portal.create({ city: 'Oslo' });
    portal.clock.advance(4999);
    expect((await search(portal, everyone)).total).toBe(0);
    expect((await portal.client.crm.contacts.basicApi.getById(id)).id).toBe(id);
    portal.clock.advance(1);
    expect((await search(portal, everyone)).total).toBe(1);
  });

  it('shows old values and archived contacts until then', async () => {
    const portal = await servePortal({ indexLagMs: 5000 });
    const [row] = portal.hubspot.portal.seed([{ properties: { city: 'Oslo' } }]);
    const id = row?.id ?? '';
    portal.hubspot.portal.update(id, { city: 'Rome' });
    expect((await search(portal, everyone)).results[0]?.properties.city).toBe('Oslo');
    portal.clock.advance(5000);
    expect((await search(portal, everyone)).results[0]?.properties.city).toBe('Rome');
    portal.hubspot.portal.archive(id);
    expect((await search(portal, everyone)).total).toBe(1);
    portal.clock.advance(5000);
    expect((await search(portal, everyone)).total).toBe(0);
  });

  it('lets changes appear in another order than they happened, and never goes back to an older one', async () => {
    const portal = await servePortal({ indexLagMs: { min: 0, max: 10_000 } });
    const ids = Array.from({ length: 50 }, () => {
      portal.clock.advance(1);
      return portal.hubspot.portal.create({ city: 'v1' }).id;
    });
    for (const id of ids) portal.hubspot.portal.update(id, { city: 'v2' });
    const appeared: string[] = [];
    const latest = new Map<string, string>();
    for (let passed = 0; passed <= 10_000; passed += 500) {
      for (const { id, properties } of (await search(portal, everyone)).results) {
        if (!latest.has(id)) appeared.push(id);
        expect(latest.get(id) === 'v2' && properties.city === 'v1').toBe(false);
        latest.set(id, properties.city ?? '');
      }
      portal.clock.advance(500);
    }
    expect([...latest.values()]).toEqual(ids.map(() => 'v2'));
    expect(appeared).toHaveLength(50);
    expect(appeared).not.toEqual(ids);
  });

  it('meets the same seed with the same order', () => {
    const run = (): string[] => {
      const { hubspot } = aPortal({ indexLagMs: { min: 0, max: 60_000 } });
      return Array.from({ length: 20 }, () => hubspot.portal.create({ city: 'Oslo' }).id);
    };
    expect(run()).toEqual(run());
  });
});
