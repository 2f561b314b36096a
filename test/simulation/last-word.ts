// Promise 2, where people only enter and clear values: both sides end with what was entered last by whoever has the
// last word, and nobody is gone.
import { mappingsOf } from '../../src/engine/mapping.ts';
import type { Rule } from '../../src/engine/rules.ts';
import { isExcused, settledPairs, text, type People } from './people.ts';
import { FIELDS, type Script, type Step } from './script.ts';
import type { Entry, SimWorld } from './world.ts';

/** An edit has arrived by then, whatever the network does. */
const ARRIVED_MS = 180_000;

/** Who has the last word under a rule: that side's newest entry is what both end with. */
const LAST_WORD: Readonly<Partial<Record<Rule, 'hubspot' | 'salesforce' | 'newest'>>> = {
  preferSalesforceUnlessBlank: 'salesforce',
  alwaysSalesforce: 'salesforce',
  twoWay: 'newest',
  preferHubSpotUnlessBlank: 'hubspot',
  alwaysHubSpot: 'hubspot',
};

/** What people and fate may do without changing who belongs to whom and what the rules are. */
const HARMLESS: readonly Step['do'][] = [
  'edit',
  'create',
  'crash',
  'owner',
  'campaign',
  'syncNow',
  'expire',
  'run',
  'control',
];

const isHarmless = (steps: Script['steps']): boolean =>
  steps.every((step) => HARMLESS.includes(step.do) || step.at === 0);

/** Where people only edited, both sides end with the entry that has the last word. */
export async function lastWord(
  world: SimWorld,
  people: People,
  { steps }: Script,
): Promise<string[]> {
  if (!isHarmless(steps)) return [];
  // While a limit keeps Tandem from calling nothing arrives.
  const arrivedMs = world.limit.by === 'nothing' ? ARRIVED_MS : Infinity;
  const rules = new Map(mappingsOf(world.chosen).map(({ key, rule }) => [key, rule]));
  const broken: string[] = [];
  for (const { link, contact, record } of settledPairs(world, people)) {
    const pairedAt = await lastPaired(world, link.hubspotId ?? '');
    for (const [property, leadField, contactField] of FIELDS) {
      const word = LAST_WORD[rules.get(property) ?? 'off'];
      const mine = world.entered.filter(
        (entry) =>
          entry.property === property &&
          (entry.id === link.hubspotId || entry.id === link.salesforceId),
      );
      const last = mine.findLast(({ side }) => word === 'newest' || side === word);
      const others = mine.filter(
        (entry) => entry.side !== last?.side && entry.at <= (last?.at ?? 0),
      );
      const field = link.salesforceObject === 'Lead' ? leadField : contactField;
      if (!last || word === undefined || last.at < pairedAt || isExcused(link, property)) continue;
      if (wasWrittenUnseen(world, last) || wasOvertaken(world, last, field)) continue;
      if (word === 'newest' && others.some(({ at }) => last.at - at < arrivedMs)) continue;
      // Where blanks are filled from the other side one has the last word only if it cleared what both sides had.
      const isRefilled = mine.some(({ side, at }) =>
        side !== last.side ? last.at - at < arrivedMs : at < last.at && last.at - at < arrivedMs,
      );
      if (last.value === '' && word !== 'newest' && (isRefilled || last.at - pairedAt < arrivedMs))
        continue;
      const held = [text(contact[property]), text(record[field])];
      if (held.some((value) => value !== last.value))
        broken.push(
          `2 no lost update: “${last.value}” was entered last in ${last.side}, and ${property} holds “${held.join('” and “')}”`,
        );
    }
  }
  return broken;
}

/** A write that waits for a transaction of somebody else follows it: Salesforce tells nobody what it held. */
const wasWrittenUnseen = ({ calls }: SimWorld, { id, at, visibleAt }: Entry): boolean =>
  calls.some((call) => call.at >= at && call.at < visibleAt && call.request.body.includes(id));

/** Neither CRM takes a write on a condition: an edit between our last read and our write is overwritten. */
const IN_THE_AIR_MS = 12_000;

const wasOvertaken = ({ calls }: SimWorld, { side, id, at, property }: Entry, field: string) =>
  calls.some(
    (call) =>
      call.at >= at &&
      call.at < at + IN_THE_AIR_MS &&
      call.request.body.includes(id) &&
      call.request.body.includes(`"${side === 'hubspot' ? property : field}":`),
  );

export async function lastPaired(world: SimWorld, contactId: string): Promise<number> {
  const history = await world.store.links.history(contactId, 1_000);
  return Date.parse(history.find(({ side }) => side === 'pair')?.at ?? '9999-12-31T00:00:00Z');
}

/** Nobody deletes anybody: then nobody is gone, whatever is not to be seen for a while. */
export function gone({ entered, hubspot, salesforce }: SimWorld, { steps }: Script): string[] {
  if (!isHarmless(steps)) return [];
  const ids = new Set(entered.map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const isThere = /^\d+$/.test(id)
      ? hubspot.portal.get(id)?.archived === false
      : salesforce.org.get(id.startsWith('00Q') ? 'Lead' : 'Contact', id)?.IsDeleted !== true;
    return isThere ? [] : [`2 nobody is lost: ${id} was deleted, and by nobody`];
  });
}
