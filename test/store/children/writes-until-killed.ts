// Writes batch after batch until it is killed: batch n sets every link to n, adds a change for each and
// moves the cursor to n.
import { openStore } from '../../../src/store/postgres-store.ts';
import { aChange, changing, saved } from '../fixture.ts';

const store = await openStore({ connectionString: process.argv[2] ?? '' });
const hubspot = Array.from({ length: 200 }, (_, i) => `${i}`);
let links = await store.links.find({ hubspot, salesforce: [] });
for (let n = 1; ; n += 1) {
  const outcome = await store.links.record({
    links: links.map((link) => changing(link, { base: { n } })),
    changes: links.map(({ hubspotId }) => aChange({ hubspotId, after: n })),
    cursor: { name: 'batch', value: n },
  });
  links = outcome.map(saved);
}
