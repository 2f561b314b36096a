// A person chooses, field by field, whose value both sides should hold: over what the rule would do now, but
// never against a direction in which the rule never sends. Once both agree no rule has anything to do.
import { isPersonAccount, writeTo } from './field-write.ts';
import type { Pair } from './match.ts';
import type { Plan } from './plan.ts';
import type { FieldPlan, HeldBack } from './plan-fields.ts';
import { reason } from './reasons.ts';
import type { Side } from './records.ts';
import { SENDS_TO } from './rules.ts';

type Differing = Extract<FieldPlan, { kind: 'left' | 'toHubSpot' | 'toSalesforce' }>;

const OTHER: Readonly<Record<Side, Side>> = { hubspot: 'salesforce', salesforce: 'hubspot' };

/** The field as it is written when a side's value is chosen for both; null where it cannot be. */
function chosenField(
  field: Differing,
  winner: Side,
  { toHubSpot, toSalesforce }: HeldBack,
  isPerson: boolean,
): Differing | null {
  const { pair, hubspot, salesforce, seen } = field;
  const { rule, special } = pair.mapping;
  const to = OTHER[winner];
  const value = field[winner];
  const closed = to === 'hubspot' ? toHubSpot : toSalesforce;
  if (value === undefined || closed || !SENDS_TO[rule][to]) return null;
  if (rule === 'optOut' || rule === 'mirror' || special === 'campaigns') return null;
  if (value === null && to === 'salesforce' && pair.requiredInSalesforce) return null;
  const write = writeTo(to, pair, value, isPerson);
  if (write.kind === 'left') return null;
  const crm = winner === 'hubspot' ? 'HubSpot' : 'Salesforce';
  return { pair, hubspot, salesforce, seen, ...write, reason: reason('CHOSEN_BY_PERSON', { crm }) };
}

/** Sides whose value may be chosen for both, over what is planned for the field. */
export function choicesFor({ salesforce }: Pair, plan: Plan, field: FieldPlan): Side[] {
  if (plan.kind !== 'update' || field.kind === 'same' || field.kind === 'unread') return [];
  const isPerson = salesforce !== null && isPersonAccount(salesforce);
  return (['hubspot', 'salesforce'] as const).filter(
    (winner) => chosenField(field, winner, plan.heldBack, isPerson) !== null,
  );
}

/** The plan with the chosen sides, by HubSpot property; what cannot be chosen stays as planned. */
export function withChoices(pair: Pair, plan: Plan, choices: ReadonlyMap<string, Side>): Plan {
  if (plan.kind !== 'update' || choices.size === 0) return plan;
  const isPerson = pair.salesforce !== null && isPersonAccount(pair.salesforce);
  const hubspot = new Map(Object.entries(plan.hubspot));
  const salesforce = new Map(Object.entries(plan.salesforce));
  const fields = plan.fields.map((field): FieldPlan => {
    const winner = choices.get(field.pair.property.name);
    if (winner === undefined || field.kind === 'same' || field.kind === 'unread') return field;
    const chosen = chosenField(field, winner, plan.heldBack, isPerson);
    if (chosen === null) return field;
    const { property, field: target } = field.pair;
    if (field.kind === 'toHubSpot') hubspot.delete(property.name);
    if (field.kind === 'toSalesforce') salesforce.delete(target.name);
    if (chosen.kind === 'toHubSpot') hubspot.set(property.name, chosen.raw);
    if (chosen.kind === 'toSalesforce') salesforce.set(target.name, chosen.raw);
    return chosen;
  });
  return {
    ...plan,
    fields,
    hubspot: Object.fromEntries(hubspot),
    salesforce: Object.fromEntries(salesforce),
  };
}
