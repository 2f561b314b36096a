// Since when a link stands where it stands: what the list of problems says beside each record.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkContent } from '../../src/engine/link.ts';
import { reason } from '../../src/engine/reasons.ts';
import { adding, changing, saved } from './fixture.ts';
import { STORE_KINDS, type StoreUnderTest } from './support/store-kinds.ts';

describe.each(STORE_KINDS)('Since when a link is as it is, %s,', (_, open) => {
  let under: StoreUnderTest;
  beforeAll(async () => {
    under = await open();
  });
  afterAll(() => under.close());

  const taken = (field: string) => reason('VALUE_REFUSED', { crm: 'HubSpot', message: field });

  it('begins with a new state or reason, and goes on while both stay', async () => {
    const { links } = under.store;
    const [first] = await links.record({
      links: [adding({ hubspotId: '1', state: 'problem', reason: taken('a') })],
      changes: [],
    });
    const { id } = saved(first);
    const since = async (): Promise<string> => (await links.since([id, '404'])).get(id) ?? '';
    const save = async (content: Partial<LinkContent>): Promise<void> => {
      const [link] = await links.find({ hubspot: ['1'], salesforce: [] });
      await links.record({ links: [changing(saved(link), content)], changes: [] });
    };
    const begun = await since();
    expect(begun).toMatch(/^\d{4}-.*Z$/);

    // Clocks tick in milliseconds: the next save is certainly later.
    await expect.poll(() => Date.now()).toBeGreaterThan(Date.parse(begun) + 1);
    await save({ attempts: 2, reason: taken('b') });
    expect(await since()).toBe(begun);

    await save({ state: 'problem', reason: reason('NO_EMAIL') });
    const changed = await since();
    expect(changed > begun).toBe(true);

    await expect.poll(() => Date.now()).toBeGreaterThan(Date.parse(changed) + 1);
    await save({ state: 'inSync', reason: null });
    expect((await since()) > changed).toBe(true);
  });
});
