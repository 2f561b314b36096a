// What the testing package leaves to be wished for: the text of a whole subtree (its own `text` is only what stands
// directly in a node), firing an event with a value (its types ask for the handler instead), and waiting.
import { RenderedNodeType } from '@hubspot/ui-extensions/testing';
import { vi } from 'vitest';
import type { RenderedChildNode, Renderer } from '@hubspot/ui-extensions/testing';

type Queries = Renderer<'settings'>;

/** What finds elements, as functions that can be handed around; the package's are methods. */
export interface Finders {
  readonly find: Queries['find'];
  readonly findAll: Queries['findAll'];
  readonly maybeFind: Queries['maybeFind'];
}

interface Parent {
  readonly childNodes: readonly RenderedChildNode[];
}

const textsOf = (node: RenderedChildNode): readonly string[] =>
  node.nodeType === RenderedNodeType.Text
    ? [node.text]
    : (node as Parent).childNodes.flatMap(textsOf);

/** Everything there is to read in a node, with a space between the parts. */
export const textOf = (node: Parent): string => node.childNodes.flatMap(textsOf).join(' ');

export const findersOf = (node: Pick<Queries, keyof Finders>): Finders => ({
  find: (component, matcher) => node.find(component, matcher),
  findAll: (component, matcher) => node.findAll(component, matcher),
  maybeFind: (component, matcher) => node.maybeFind(component, matcher),
});

/** Fires an event as HubSpot does, with the value that the handler gets. */
export function fire(
  { trigger }: { readonly trigger: unknown },
  event: `on${string}`,
  value?: unknown,
): void {
  (trigger as (event: string, value: unknown) => void)(event, value);
}

/** Waits until the check passes; the package's own `waitFor` only looks again when something new is rendered. */
export const waitFor = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 10 });
