// Writes of a worker that was killed before it could remember them. Where a side holds such a value, it is ours
// and no edit of anybody: it counts as agreed on, or it would stand against an edit that came later.
import type { CanonicalValue, Sending } from './link.ts';
import type { MappingTable } from './mapping.ts';
import type { Pair } from './match.ts';
import type { Plan } from './plan.ts';

/** What a plan is about to write, to be remembered before it is sent. */
export function sendingOf(plan: Plan): Sending[] {
  if (plan.kind === 'createInSalesforce' || plan.kind === 'createInHubSpot') {
    const side = plan.kind === 'createInHubSpot' ? 'hubspot' : 'salesforce';
    return plan.fields.flatMap(({ pair, value, sent }): Sending[] =>
      sent && value !== undefined ? [{ key: pair.mapping.key, side, value }] : [],
    );
  }
  if (plan.kind !== 'update') return [];
  return plan.fields.flatMap((field): Sending[] => {
    if (field.kind !== 'toHubSpot' && field.kind !== 'toSalesforce') return [];
    const side = field.kind === 'toHubSpot' ? 'hubspot' : 'salesforce';
    return [{ key: field.pair.mapping.key, side, value: field.value }];
  });
}

/** The pair with a base in which the writes that arrived are remembered. */
export function withUnrecorded(pair: Pair, table: MappingTable): Pair {
  const { link, hubspot, salesforce } = pair;
  if (!link?.unrecorded || link.unrecorded.length === 0 || !hubspot || !salesforce) return pair;
  const base: Record<string, CanonicalValue> = { ...link.base };
  for (const { key, side, value } of link.unrecorded) {
    const fields = table.pairs[salesforce.object].find(({ mapping }) => mapping.key === key);
    if (!fields) continue;
    const { conversion, property, field } = fields;
    if (side === 'salesforce') {
      const held = conversion.fromSalesforce(salesforce.fields[field.name] ?? null);
      if (held === value) base[key] = value;
    } else {
      const held = conversion.fromHubSpot(hubspot.properties[property.name] ?? null);
      if (held.ok && held.value === value) base[key] = value;
    }
  }
  return { ...pair, link: { ...link, base } };
}
