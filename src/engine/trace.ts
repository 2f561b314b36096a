// How a plan came about: every question that was asked of one pair, with what it looked at and, where it
// stopped something, the reason that the plan then has. The steps are noted where the plan is made
// (`plan.ts`, `creation.ts`, `list-policy.ts`), by the very code that decides, so a trace cannot say
// anything else than what a sync does. Without anybody who listens nothing is noted.
import type { WeighedClause } from './conditions.ts';
import type { SalesforceObject } from './fields.ts';
import type { Reason } from './reasons.ts';
import type { Side } from './records.ts';
import type { CreationRule } from './settings.ts';

/** Which way a step closes; `both` where the person doesn't sync at all. */
export type Closed = 'both' | 'toSalesforce' | 'toHubSpot';

export type ListRole = 'exclusion' | 'inclusion' | 'receivers';

export type Question =
  /** The pairing itself forbids to go on. */
  | { readonly asks: 'pairing' }
  | {
      readonly asks: 'list';
      readonly role: ListRole;
      readonly list: string;
      readonly isIn: boolean;
    }
  /** A chosen list cannot be read. */
  | { readonly asks: 'listReadable'; readonly list: string }
  | { readonly asks: 'email'; readonly side: Side; readonly email: string | null }
  /** What may enter HubSpot, or what becomes a contact there. */
  | {
      readonly asks: 'salesforceCondition';
      readonly of: 'inclusion' | 'creation';
      readonly object: SalesforceObject;
      readonly match: 'all' | 'any';
      readonly clauses: readonly WeighedClause[];
    }
  | {
      readonly asks: 'creatingInHubSpot';
      readonly object: SalesforceObject;
      readonly isOn: boolean;
    }
  /** One of the ordered rules; `holds` ends the questions about rules. */
  | {
      readonly asks: 'creationRule';
      /** From 1. */
      readonly number: number;
      readonly holds: boolean;
      readonly becomes: CreationRule['becomes'];
      /** What the rule wants of the company's account, and what there is; null where it doesn't ask. */
      readonly account: { readonly wanted: boolean; readonly has: boolean } | null;
      readonly match: 'all' | 'any';
      readonly clauses: readonly WeighedClause[];
    }
  /** No rule held. */
  | { readonly asks: 'creationDefault'; readonly becomes: CreationRule['becomes'] }
  /** The account of a new Salesforce contact. */
  | { readonly asks: 'account'; readonly accountId: string | null }
  /** An admin has paused a direction. */
  | { readonly asks: 'paused' }
  /** A create whose answer never came. */
  | { readonly asks: 'lostAnswer'; readonly until: string }
  /** A record of the pair is gone. */
  | { readonly asks: 'partnerGone'; readonly side: Side; readonly isDeleted: boolean };

export type Step = Question & {
  /** Null where it lets the person pass. */
  readonly stops: { readonly way: Closed; readonly reason: Reason } | null;
};

export type Note = (step: Step) => void;

export const stopping = (way: Closed, why: Reason | null): Step['stops'] =>
  why === null ? null : { way, reason: why };
