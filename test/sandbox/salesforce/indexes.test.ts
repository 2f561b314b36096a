import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, VirtualClock } from '../../../src/sandbox/clock.ts';
import { SortedKeys } from '../../../src/sandbox/salesforce/org/sorted-keys.ts';
import {
  createSalesforceStandIn,
  SANDBOX_CLIENT,
  type SalesforceStandIn,
} from '../../../src/sandbox/salesforce/stand-in.ts';
import { NOW } from './fixture.ts';

const minute = (place: number): string => new Date(Date.parse(NOW) + place * 60_000).toISOString();

function signIn(standIn: SalesforceStandIn): string {
  const { body } = standIn.handle({
    method: 'POST',
    path: '/services/oauth2/token',
    query: new URLSearchParams(),
    headers: {},
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: SANDBOX_CLIENT.clientId,
      client_secret: SANDBOX_CLIENT.clientSecret,
    }).toString(),
  });
  return (JSON.parse(body) as { access_token: string }).access_token;
}

describe('Indexes change how fast, never what', () => {
  it('SortedKeys walks live keys in order from any place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.string({ maxLength: 3 }), alive: fc.boolean() })),
        fc.string({ maxLength: 3 }),
        (steps, lowest) => {
          const live = new Set<string>();
          const keys = new SortedKeys((key) => live.has(key));
          for (const { key, alive } of steps) {
            if (alive && !live.has(key)) {
              live.add(key);
              keys.add(key);
            } else if (!alive && live.delete(key)) keys.buried();
            if (key.length === 3) keys.from('').next(); // a read midway settles it
          }
          const expected = [...live].filter((key) => key >= lowest && key !== '').sort();
          expect([...keys.from(lowest)].filter((key) => key !== '')).toEqual(expected);
        },
      ),
    );
  });

  it('a query that can use an index finds what the same query without one finds', () => {
    const person = fc.record({
      email: fc.integer({ min: 0, max: 5 }),
      stamp: fc.integer({ min: 0, max: 6 }),
      touched: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 30 }),
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 1, max: 10 }),
        (people, from, limit) => {
          const clock = new VirtualClock(Date.parse(NOW));
          const standIn = createSalesforceStandIn({
            clock,
            random: seededRandom(1),
            dailyApiLimit: Infinity,
          });
          const token = signIn(standIn);
          const ids = standIn.org.seed(
            people.map(({ email, stamp }) => ({
              object: 'Contact',
              fields: {
                LastName: 'P',
                Email: `p${email}@example.com`,
                SystemModstamp: minute(stamp),
              },
            })),
          );
          clock.advance(4 * 60_000);
          people.forEach(({ touched }, place) => {
            if (touched) standIn.org.update('Contact', ids[place] ?? '', { Title: 'x' });
          });
          const query = (soql: string): unknown => {
            const { status, body } = standIn.handle({
              method: 'GET',
              path: '/services/data/v60.0/query',
              query: new URLSearchParams({ q: soql }),
              headers: { authorization: `Bearer ${token}` },
              body: '',
            });
            expect(status).toBe(200);
            return (JSON.parse(body) as { records: unknown[] }).records;
          };
          // A double NOT hides the conditions from the index choice, one more field the order.
          const plain = (where: string): string => `NOT (NOT (${where}))`;
          for (const where of [
            `SystemModstamp >= ${minute(from)}`,
            `SystemModstamp > ${minute(from)} AND SystemModstamp <= ${minute(from + 2)}`,
            `(SystemModstamp > ${minute(from)} OR (SystemModstamp = ${minute(from)} AND Id > '${ids[0] ?? '003000000000001AAA'}'))`,
            `Email IN ('P${from}@example.com', 'p1@example.com') AND SystemModstamp >= ${minute(1)}`,
            `Email = 'p${from}@example.com' OR Id = '${ids[0] ?? '003000000000001AAA'}'`,
            `Id > '${ids[0] ?? '003000000000001AAA'}'`,
          ]) {
            for (const order of ['SystemModstamp, Id', 'Id', 'Email DESC, Id']) {
              const tail = `ORDER BY ${order} LIMIT ${limit}`;
              const slow = `ORDER BY ${order}, LastName LIMIT ${limit}`;
              expect(query(`SELECT Id FROM Contact WHERE ${where} ${tail}`)).toEqual(
                query(`SELECT Id FROM Contact WHERE ${plain(where)} ${slow}`),
              );
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
