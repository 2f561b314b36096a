// Links, saves and changes for the tests of the store, with only what a test is about spelt out.
import type { Link, LinkContent } from '../../src/engine/link.ts';
import { EMPTY_LINK } from '../../src/engine/settle.ts';
import type { Change, LinkSave } from '../../src/store/port.ts';

/** A link of nobody in particular; give it at least one id. */
export function aLink(content: Partial<LinkContent>): LinkContent {
  return {
    ...EMPTY_LINK,
    salesforceObject: (content.salesforceId ?? null) === null ? null : 'Lead',
    ...content,
  };
}

/** The first save of a link. */
export const adding = (content: Partial<LinkContent>): LinkSave => ({
  existing: null,
  absorbs: [],
  content: aLink(content),
});

/** A save of a link that was read, taking over others. */
export const changing = (
  link: Link,
  content: Partial<LinkContent>,
  absorbs: readonly Link[] = [],
): LinkSave => ({
  existing: { id: link.id, version: link.version },
  absorbs: absorbs.map(({ id, version }) => ({ id, version })),
  content: { ...link, ...content },
});

export function aChange(change: Partial<Change>): Change {
  return {
    hubspotId: null,
    salesforceId: null,
    runId: null,
    cause: 'live',
    side: 'hubspot',
    field: 'city',
    before: null,
    after: 'Bergen',
    why: 'twoWay',
    ...change,
  };
}

/** The link a save must have ended in. */
export function saved(link: Link | null | undefined): Link {
  if (!link) throw new Error('the link was not saved');
  return link;
}
