// Which lists the settings page is offered, in what order and with what warning (native-connector §5.2).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRACT, type InclusionList } from '../../src/api/contract.ts';
import { handleCall } from '../../src/api/handle.ts';
import { createWorld, type World } from '../e2e/support/world.ts';

let world: World;
let ids: { readonly customers: string; readonly fair: string };

beforeAll(async () => {
  world = await createWorld();
  const { portal } = world.hubspot;
  const { id } = portal.create({ email: 'ada@example.com' });
  const dynamic = (name: string): string =>
    portal.createList({ name, processingType: 'DYNAMIC', filter: () => true });
  const fair = portal.createList({
    name: 'A fair in May',
    processingType: 'MANUAL',
    members: [id],
  });
  portal.createList({ name: 'Once in March', processingType: 'SNAPSHOT', filter: () => true });
  dynamic('Prospects');
  ids = { customers: dynamic('Customers, active'), fair };
});
afterAll(() => world.close());

async function lists(parameters: object = {}): Promise<InclusionList[]> {
  const answer = await handleCall('get-inclusion-lists', parameters, world.services);
  if (!answer.ok) throw new Error(answer.error.message);
  return CONTRACT['get-inclusion-lists'].answer.parse(answer.value).lists;
}

const names = async (search: string): Promise<string[]> =>
  (await lists({ search })).map(({ name }) => name);

describe('get-inclusion-lists', () => {
  it('offers dynamic lists first, by name, and the others with what is risky about them', async () => {
    const offered = await lists();
    expect(offered.map(({ name, dynamic, warning }) => [name, dynamic, warning?.code])).toEqual([
      ['Customers, active', true, undefined],
      ['Prospects', true, undefined],
      ['A fair in May', false, 'CHANGES_BY_HAND'],
      ['Once in March', false, 'FILLED_ONCE'],
    ]);
    for (const { dynamic, warning } of offered)
      if (!dynamic) expect(warning?.sentence).toMatch(/by hand/);
  });

  it('tells their sizes and ids', async () => {
    expect(await lists()).toMatchObject([
      { id: ids.customers, size: 1 },
      { size: 1 },
      { id: ids.fair, size: 1 },
      { size: 1 },
    ]);
  });

  it.each([
    ['', ['Customers, active', 'Prospects', 'A fair in May', 'Once in March']],
    ['cust', ['Customers, active']],
    ['MAY', ['A fair in May']],
    ['prospects segment', ['Prospects']],
    ['list prospects', ['Prospects']],
    ['segments', ['Customers, active', 'Prospects', 'A fair in May', 'Once in March']],
    ['active', ['Customers, active', 'Prospects']],
    ['dynamic lists', ['Customers, active', 'Prospects']],
    ['static', ['A fair in May', 'Once in March']],
    ['manual list may', ['A fair in May']],
    ['nothing of the kind', []],
  ])(
    'finds “%s” by words of the name, whether it is called list or segment',
    async (search, found) => {
      expect(await names(search)).toEqual(found);
    },
  );

  it('finds one by its id, as it stands in the address of HubSpot’s page', async () => {
    expect(await names(ids.fair)).toEqual(['A fair in May']);
  });

  it('leaves out lists that are deleted or kept from Tandem', async () => {
    const { portal } = world.hubspot;
    const gone = portal.createList({ name: 'Gone', processingType: 'MANUAL' });
    const hidden = portal.createList({ name: 'Hidden', processingType: 'MANUAL' });
    portal.deleteList(gone);
    portal.hideList(hidden);
    expect((await names('')).filter((name) => /Gone|Hidden/.test(name))).toEqual([]);
  });

  it('refuses a search that is no text', async () => {
    expect(await handleCall('get-inclusion-lists', { search: 7 }, world.services)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMETERS', field: 'search' },
    });
  });
});
