// One field of one pair: which side's value should the other side take? Three-way, against the value on
// which both sides last agreed, so that a cleared field and a field that never had a value are different
// things. The table of native-connector §2.1, rule by rule; its mirror for the rules HubSpot's connector lacks.
import type { CanonicalValue } from './link.ts';
import type { ReasonCode } from './reasons.ts';
import type { Side } from './records.ts';
import type { Rule } from './rules.ts';

/** HubSpot holds a value, but it means nothing on the Salesforce side. */
export const UNREADABLE = Symbol('unreadable');

export interface FieldSituation {
  readonly rule: Rule;
  /** The value both sides last agreed on; undefined when they never did. Null: both were blank. */
  readonly base: CanonicalValue | undefined;
  readonly hubspot: CanonicalValue | typeof UNREADABLE;
  readonly salesforce: CanonicalValue;
  /** Salesforce refuses a blank. */
  readonly requiredInSalesforce: boolean;
  /** On a first meeting without a base Salesforce's value wins whatever is newer (owners: native-connector §6). */
  readonly salesforceWinsFirst: boolean;
  /** The two sides were left different once; since then HubSpot's value was edited and Salesforce's was not. */
  readonly editedInHubSpot: boolean;
  /**
   * For a two-way conflict: when the HubSpot property and the Salesforce record were last changed, ISO.
   * Null times lose.
   */
  readonly changedAt: { readonly hubspot: string | null; readonly salesforce: string | null };
}

export type FieldDecision =
  /** Both sides agree on this value already, or nothing is to be done about their difference. */
  | { readonly kind: 'agree'; readonly value: CanonicalValue }
  | { readonly kind: 'leave'; readonly because: ReasonCode | null }
  /** `to` takes the other side's value; null clears it. */
  | {
      readonly kind: 'write';
      readonly to: Side;
      readonly value: CanonicalValue;
      readonly because: ReasonCode | null;
    };

/** A Salesforce checkbox is never blank, so false counts as a value. */
const isBlank = (value: CanonicalValue | typeof UNREADABLE): value is null => value === null;

const toHubSpot = (value: CanonicalValue, because: ReasonCode | null = null): FieldDecision => ({
  kind: 'write',
  to: 'hubspot',
  value,
  because,
});

const leave = (because: ReasonCode | null = null): FieldDecision => ({ kind: 'leave', because });

/** HubSpot's value goes to Salesforce, unless that would clear a required field. */
function toSalesforce(situation: FieldSituation, because: ReasonCode | null = null): FieldDecision {
  const { hubspot } = situation;
  if (hubspot === UNREADABLE) return leave();
  if (isBlank(hubspot) && situation.requiredInSalesforce) return leave('REQUIRED_NOT_CLEARED');
  return { kind: 'write', to: 'salesforce', value: hubspot, because };
}

/** Salesforce holds a value that HubSpot has to take; says so when an edit in HubSpot is undone by it. */
function salesforceWins({ base, hubspot, salesforce }: FieldSituation): FieldDecision {
  const undoesEdit = base !== undefined && hubspot !== base && salesforce === base;
  return toHubSpot(salesforce, undoesEdit ? 'REVERTED_BY_RULE' : null);
}

function preferSalesforce(situation: FieldSituation): FieldDecision {
  const { base, salesforce } = situation;
  if (!isBlank(salesforce)) return salesforceWins(situation);
  // Blank in Salesforce: cleared there (it had the base value) or never filled.
  return base === undefined || isBlank(base) ? toSalesforce(situation) : toHubSpot(null);
}

function alwaysSalesforce(situation: FieldSituation): FieldDecision {
  const { base, salesforce } = situation;
  if (!isBlank(salesforce)) return salesforceWins(situation);
  return base === undefined || isBlank(base) ? leave('SALESFORCE_WINS_BY_RULE') : toHubSpot(null);
}

/** HubSpot holds a value that Salesforce has to take; says so when an edit in Salesforce is undone by it. */
function hubspotWins(situation: FieldSituation): FieldDecision {
  const { base, hubspot, salesforce } = situation;
  const undoesEdit = base !== undefined && salesforce !== base && hubspot === base;
  return toSalesforce(situation, undoesEdit ? 'REVERTED_IN_SALESFORCE_BY_RULE' : null);
}

function preferHubSpot(situation: FieldSituation): FieldDecision {
  const { base, hubspot, salesforce } = situation;
  if (!isBlank(hubspot)) return hubspotWins(situation);
  // Blank in HubSpot: cleared there (it had the base value) or never filled.
  return base === undefined || isBlank(base) ? toHubSpot(salesforce) : toSalesforce(situation);
}

function alwaysHubSpot(situation: FieldSituation): FieldDecision {
  const { base, hubspot } = situation;
  if (!isBlank(hubspot)) return hubspotWins(situation);
  return base === undefined || isBlank(base)
    ? leave('HUBSPOT_WINS_BY_RULE')
    : toSalesforce(situation);
}

const fillHubSpot = ({ hubspot, salesforce }: FieldSituation): FieldDecision =>
  isBlank(hubspot) ? toHubSpot(salesforce) : leave('FILLS_ONLY_BLANKS');

const fillSalesforce = (situation: FieldSituation): FieldDecision =>
  isBlank(situation.salesforce) ? toSalesforce(situation) : leave('FILLS_ONLY_BLANKS');

function twoWay(situation: FieldSituation): FieldDecision {
  const { base, hubspot, salesforce, changedAt } = situation;
  if (base === undefined) {
    if (isBlank(hubspot)) return toHubSpot(salesforce);
    if (isBlank(salesforce)) return toSalesforce(situation);
    if (situation.salesforceWinsFirst)
      return situation.editedInHubSpot ? toSalesforce(situation) : toHubSpot(salesforce);
  } else {
    if (hubspot === base) return toHubSpot(salesforce);
    // An owner whom Salesforce doesn't know is set back to the last one it had (native-connector §6).
    const isUnknownOwner = hubspot === UNREADABLE && situation.salesforceWinsFirst;
    if (salesforce === base)
      return isUnknownOwner ? toHubSpot(salesforce) : toSalesforce(situation);
  }
  const hubspotIsNewer = (changedAt.hubspot ?? '') > (changedAt.salesforce ?? '');
  return hubspotIsNewer && hubspot !== UNREADABLE
    ? toSalesforce(situation, 'CONFLICT_NEWEST_WON')
    : toHubSpot(salesforce, 'CONFLICT_NEWEST_WON');
}

/** True on either side makes both true; nothing makes it false (native-connector §11.4). */
function optOut({ hubspot, salesforce }: FieldSituation): FieldDecision {
  return hubspot === true
    ? { kind: 'write', to: 'salesforce', value: true, because: null }
    : toHubSpot(salesforce);
}

const RULES: Readonly<Record<Rule, (situation: FieldSituation) => FieldDecision>> = {
  preferSalesforceUnlessBlank: preferSalesforce,
  alwaysSalesforce,
  twoWay,
  preferHubSpotUnlessBlank: preferHubSpot,
  alwaysHubSpot,
  fillHubSpotIfBlank: fillHubSpot,
  fillSalesforceIfBlank: fillSalesforce,
  off: () => leave(),
  optOut,
  mirror: salesforceWins,
};

/** Decides one field. `hubspot` and `salesforce` are canonical: equal means nothing to write. */
export function reconcile(situation: FieldSituation): FieldDecision {
  const { rule, hubspot, salesforce } = situation;
  if (rule !== 'off' && hubspot !== UNREADABLE && hubspot === salesforce)
    return { kind: 'agree', value: hubspot };
  return RULES[rule](situation);
}

/** Whether the decision depends on when each side changed: only then is property history worth reading. */
export function isConflict({
  rule,
  base,
  hubspot,
  salesforce,
  salesforceWinsFirst,
}: FieldSituation): boolean {
  if (rule !== 'twoWay' || hubspot === salesforce || hubspot === UNREADABLE) return false;
  return base === undefined
    ? !isBlank(hubspot) && !isBlank(salesforce) && !salesforceWinsFirst
    : hubspot !== base && salesforce !== base;
}
