import { describe, expect, it } from 'vitest';
import { acceptedSaves, type HeldRow } from '../../src/store/claims.ts';
import type { LinkSave } from '../../src/store/port.ts';
import { aLink } from './fixture.ts';

type Ids = readonly [hubspotId: string | null, salesforceId: string | null];

const row = (id: string, [hubspotId, salesforceId]: Ids, version = 1): HeldRow => ({
  id,
  version,
  hubspotId,
  salesforceId,
});

const save = (
  existing: string | null,
  [hubspotId, salesforceId]: Ids,
  { absorbs = [], version = 1 }: { absorbs?: readonly string[]; version?: number } = {},
): LinkSave => ({
  existing: existing === null ? null : { id: existing, version },
  absorbs: absorbs.map((id) => ({ id, version: 1 })),
  content: aLink({ hubspotId, salesforceId }),
});

const NOBODY: ReadonlySet<string> = new Set();

describe('Which saves may go ahead', () => {
  const cases: readonly {
    readonly name: string;
    readonly held: readonly HeldRow[];
    readonly saves: readonly LinkSave[];
    readonly accepted: readonly boolean[];
  }[] = [
    {
      name: 'a new link whose ids nobody has',
      held: [],
      saves: [save(null, ['1', 'a'])],
      accepted: [true],
    },
    {
      name: 'no new link for an id that a row holds',
      held: [row('7', ['1', null])],
      saves: [save(null, ['1', 'a'])],
      accepted: [false],
    },
    {
      name: 'a link in the version that was read',
      held: [row('7', ['1', null])],
      saves: [save('7', ['1', 'a'])],
      accepted: [true],
    },
    {
      name: 'no link that moved on',
      held: [row('7', ['1', null], 2)],
      saves: [save('7', ['1', 'a'])],
      accepted: [false],
    },
    {
      name: 'no link that is gone',
      held: [],
      saves: [save('7', ['1', 'a'])],
      accepted: [false],
    },
    {
      name: 'a link that takes an id over from a row it absorbs',
      held: [row('7', ['1', null]), row('8', [null, 'a'])],
      saves: [save('7', ['1', 'a'], { absorbs: ['8'] })],
      accepted: [true],
    },
    {
      name: 'no link whose absorbed row moved on',
      held: [row('7', ['1', null]), row('8', [null, 'a'], 2)],
      saves: [save('7', ['1', 'a'], { absorbs: ['8'] })],
      accepted: [false],
    },
    {
      name: 'the first of two saves for one id',
      held: [],
      saves: [save(null, ['1', 'a']), save(null, ['1', 'b']), save(null, ['2', 'b'])],
      accepted: [true, false, true],
    },
    {
      name: 'the first of two saves from one row',
      held: [row('7', ['1', null])],
      saves: [save('7', ['1', 'a']), save('7', ['1', 'b'])],
      accepted: [true, false],
    },
    {
      name: 'the first of two saves that absorb one row',
      held: [row('7', [null, 'a'])],
      saves: [
        save(null, ['1', 'a'], { absorbs: ['7'] }),
        save(null, ['2', 'a'], { absorbs: ['7'] }),
      ],
      accepted: [true, false],
    },
    {
      name: 'no save that absorbs the row it starts from',
      held: [row('7', ['1', null])],
      saves: [save('7', ['1', null], { absorbs: ['7'] })],
      accepted: [false],
    },
    {
      name: 'an id that an earlier save lets go',
      held: [row('7', ['1', 'lead'])],
      saves: [save('7', ['1', 'contact']), save(null, [null, 'lead'])],
      accepted: [true, true],
    },
    {
      name: 'an id that a later save lets go',
      held: [row('7', ['1', 'lead'])],
      saves: [save(null, [null, 'lead']), save('7', ['1', 'contact'])],
      accepted: [true, true],
    },
    {
      name: 'a chain of ids that move on, whatever the order',
      held: [row('7', ['1', 'a']), row('8', ['2', 'b']), row('9', ['3', 'c'])],
      saves: [save('7', ['1', 'b']), save('8', ['2', 'c']), save('9', ['3', 'd'])],
      accepted: [true, true, true],
    },
    {
      name: 'no id of a row whose own save is refused',
      held: [row('7', ['1', 'a'], 2)],
      saves: [save('7', ['1', 'b']), save(null, ['2', 'a'])],
      accepted: [false, false],
    },
  ];

  it.each(cases)('$name', ({ held, saves, accepted }) => {
    expect(acceptedSaves(saves, held, NOBODY)).toEqual(accepted);
  });

  it.each([
    { inHands: '1', accepted: [false, true] },
    { inHands: 'a', accepted: [false, true] },
    { inHands: 'b', accepted: [false, true] },
    { inHands: '2', accepted: [true, false] },
  ])('none of whose records is in other hands: $inHands', ({ inHands, accepted }) => {
    const held = [row('7', ['1', 'a'])];
    const saves = [save('7', ['1', 'b']), save(null, ['2', null])];
    expect(acceptedSaves(saves, held, new Set([inHands]))).toEqual(accepted);
  });

  it('refuses a link without any id as the mistake it is', () => {
    expect(() => acceptedSaves([save(null, [null, null])], [], NOBODY)).toThrow(
      'needs a HubSpot id',
    );
  });
});
