// One of several processes that count the same links up by compare-and-swap, and make the links that
// aren't there. Sends how many of its saves were taken.
import { openStore } from '../../../src/store/postgres-store.ts';
import { aChange, adding, changing } from '../fixture.ts';

const [, , connectionString = '', name = '', links = '', rounds = ''] = process.argv;
const store = await openStore({ connectionString, maxConnections: 2 });
const ids = Array.from({ length: Number(links) }, (_, i) => `${i}`);

let taken = 0;
for (let round = 0; round < Number(rounds); round += 1) {
  const known = new Map(
    (await store.links.find({ hubspot: ids, salesforce: [] })).map((link) => [
      link.hubspotId,
      link,
    ]),
  );
  // Each process goes through them in an order of its own, as far as it can be told from outside.
  const ordered = Number(name) % 2 === 0 ? ids : ids.toReversed();
  const saves = ordered.map((hubspotId) => {
    const link = known.get(hubspotId);
    const count = Number(link?.base['count'] ?? 0) + 1;
    return link
      ? changing(link, { base: { count } })
      : adding({ hubspotId, salesforceId: `s${hubspotId}`, base: { count } });
  });
  const outcome = await store.links.record({
    links: saves,
    changes: [aChange({ field: name, after: round })],
  });
  taken += outcome.filter((link) => link !== null).length;
}
await store.close();
process.send?.(taken);
