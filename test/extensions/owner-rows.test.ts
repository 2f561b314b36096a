// The owner map as the page lays it together says what the engine does with it, whatever is chosen in whatever order.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  holderRows,
  ownerRows,
  withCounterpart,
  withOwner,
} from '../../extensions/settings/creation/owner-rows.ts';
import type { OwnerPairs } from '../../extensions/settings/creation/owner-rows.ts';
import { ownerMap } from '../../src/engine/owners.ts';

const EMAILS = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com'] as const;
const OWNERS = EMAILS.map((email, index) => ({
  id: `${index}`,
  name: email,
  email,
  archived: false,
}));
/** D has nobody, A has left, and two share B's address. */
const USERS = [
  { email: 'a@example.com', isActive: false },
  { email: 'b@example.com', isActive: true },
  { email: 'B@example.com', isActive: true },
  { email: 'c@example.com', isActive: true },
  { email: null, isActive: true },
].map((user, index) => ({ ...user, id: `00500000000000${index}AAA`, name: `User ${index}` }));
const QUEUES = [{ id: '00G000000000001EAA', name: 'Queue' }];

const engine = (map: OwnerPairs) => ownerMap({ owners: OWNERS, users: USERS, queues: QUEUES, map });
const ALL = {
  owners: OWNERS.map((owner) => ({
    ...owner,
    sameEmail: engine([]).salesforceUser(owner.id),
    contacts: null,
  })),
  holders: [
    ...USERS.map((user) => ({ ...user, kind: 'user' as const })),
    ...QUEUES.map((queue) => ({ ...queue, email: null, kind: 'queue' as const, isActive: true })),
  ],
};

const step = fc.record({
  of: fc.constantFrom('owner', 'holder'),
  owner: fc.option(fc.constantFrom(...ALL.owners)),
  holder: fc.option(fc.constantFrom(...ALL.holders)),
});

it('Whatever is chosen, the page shows what the engine does', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let pairs: OwnerPairs = [];
      for (const { of, owner, holder } of steps) {
        const before = engine(pairs);
        if (of === 'owner' && owner !== null) {
          pairs = withCounterpart(pairs, owner, holder?.id ?? null);
          if (holder !== null) expect(engine(pairs).salesforceUser(owner.id)).toBe(holder.id);
          else expect(engine(pairs).salesforceUser(owner.id)).toBe(owner.sameEmail);
        }
        if (of === 'holder' && holder !== null) {
          pairs = withOwner(pairs, holder, owner);
          if (owner !== null) {
            expect(engine(pairs).hubspotOwner(holder.id)).toBe(owner.id);
            // Nobody loses a counterpart to somebody chosen besides.
            const had = before.salesforceUser(owner.id);
            if (had !== null && had !== holder.id)
              expect(engine(pairs).salesforceUser(owner.id)).toBe(had);
          }
        }
      }
      const rows = ownerRows(ALL, pairs);
      for (const { owner, holder } of rows)
        expect(holder?.id ?? null).toBe(engine(pairs).salesforceUser(owner.id));
      for (const { holder, ownerId } of holderRows(ALL, rows, pairs))
        expect(ownerId).toBe(engine(pairs).hubspotOwner(holder.id));
    }),
  );
});
