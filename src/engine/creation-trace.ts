// How it comes that a HubSpot contact becomes what it becomes: the rules one by one, each clause with the value it met,
// down to the one that decides. What comes of it is `creationFor`'s own word.
import { clauseHolds, type Clause } from './conditions.ts';
import { creationFor, type CompanyAccount, type Creation } from './creation.ts';
import type { HubSpotContact } from './records.ts';
import type { CreationRule, Settings } from './settings.ts';

export interface ClauseTrace {
  readonly clause: Clause;
  /** What the contact has; null: blank. */
  readonly value: string | null;
  readonly holds: boolean;
}

export interface RuleTrace {
  readonly rule: CreationRule;
  /** Whether the company's account is as the rule wants it; null: the rule doesn't ask. */
  readonly accountHolds: boolean | null;
  readonly clauses: readonly ClauseTrace[];
  readonly holds: boolean;
}

export interface CreationTrace {
  readonly hasAccount: boolean;
  /** In order, until one holds; those behind it aren't asked. */
  readonly rules: readonly RuleTrace[];
  /** Position of the rule that decides; null: none holds, and the switch decides. */
  readonly decidedBy: number | null;
  readonly creation: Creation;
}

export function traceCreation(
  contact: HubSpotContact,
  company: CompanyAccount | null,
  settings: Settings,
): CreationTrace {
  const hasAccount = (company?.accountId ?? null) !== null;
  const rules: RuleTrace[] = [];
  for (const rule of settings.creation.rules) {
    const traced = traceRule(rule, contact, hasAccount);
    rules.push(traced);
    if (traced.holds) break;
  }
  const decidedBy = rules.at(-1)?.holds === true ? rules.length - 1 : null;
  return { hasAccount, rules, decidedBy, creation: creationFor(contact, company, settings) };
}

function traceRule(rule: CreationRule, contact: HubSpotContact, hasAccount: boolean): RuleTrace {
  const { companyHasAccount, properties } = rule;
  const accountHolds = companyHasAccount === null ? null : companyHasAccount === hasAccount;
  const clauses = (properties?.clauses ?? []).map((clause): ClauseTrace => {
    const value = contact.properties[clause.field] ?? null;
    return { clause, value, holds: clauseHolds(value, clause) };
  });
  const condition =
    properties === null ||
    (properties.match === 'all'
      ? clauses.every(({ holds }) => holds)
      : clauses.some(({ holds }) => holds));
  return { rule, accountHolds, clauses, holds: accountHolds !== false && condition };
}
