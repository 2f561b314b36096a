// What each rule makes of an edit, written down as a HubSpot admin would check it (native-connector §2,
// §2.1; opt-out §11.4). Tests compare both CRMs with this table; nothing here asks the engine.
import type { SalesforceObject } from '../../../src/engine/fields.ts';
import type { ReasonCode } from '../../../src/engine/reasons.ts';
import type { Side } from '../../../src/engine/records.ts';
import type { Rule } from '../../../src/engine/rules.ts';
import { CHECKBOXES, REQUIRED_IN_SALESFORCE } from './field-values.ts';

export type Action =
  /** A field that was blank on both sides is filled for the first time. */
  | 'filled'
  /** A value both sides hold is replaced. */
  | 'changed'
  /** A value both sides hold is emptied. */
  | 'cleared';

export type Fate =
  /** The other side takes the edit. */
  | 'arrives'
  /** The edited side gets the other side’s value back. */
  | 'set back'
  /** The edit stays where it was made; the other side keeps what it had. */
  | 'stays'
  /** Salesforce doesn’t let anybody make the edit. */
  | 'refused by Salesforce';

export interface Outcome {
  readonly fate: Fate;
  /** What Tandem says about it: with the field, or, for an edit that was set back, in the history. */
  readonly says: ReasonCode | null;
}

const arrives: Outcome = { fate: 'arrives', says: null };
const setBack: Outcome = { fate: 'set back', says: 'REVERTED_BY_RULE' };
const setBackInSalesforce: Outcome = { fate: 'set back', says: 'REVERTED_IN_SALESFORCE_BY_RULE' };
const filledAgain: Outcome = { fate: 'set back', says: null };
const stays = (says: ReasonCode | null): Outcome => ({ fate: 'stays', says });

const keepsOwn = stays('FILLS_ONLY_BLANKS');

type BySide = Readonly<Record<Side, Readonly<Record<Action, Outcome>>>>;

const EVERYTHING_ARRIVES = { filled: arrives, changed: arrives, cleared: arrives };
const NOTHING_MOVES = { filled: stays(null), changed: stays(null), cleared: stays(null) };
const OPTED_OUT_STAYS_SO: Outcome = { fate: 'set back', says: null };

export const RULE_OUTCOMES: Readonly<Record<Rule, BySide>> = {
  preferSalesforceUnlessBlank: {
    hubspot: { filled: arrives, changed: setBack, cleared: setBack },
    salesforce: EVERYTHING_ARRIVES,
  },
  alwaysSalesforce: {
    hubspot: { filled: stays('SALESFORCE_WINS_BY_RULE'), changed: setBack, cleared: setBack },
    salesforce: EVERYTHING_ARRIVES,
  },
  twoWay: { hubspot: EVERYTHING_ARRIVES, salesforce: EVERYTHING_ARRIVES },
  preferHubSpotUnlessBlank: {
    hubspot: EVERYTHING_ARRIVES,
    salesforce: { filled: arrives, changed: setBackInSalesforce, cleared: setBackInSalesforce },
  },
  alwaysHubSpot: {
    hubspot: EVERYTHING_ARRIVES,
    salesforce: {
      filled: stays('HUBSPOT_WINS_BY_RULE'),
      changed: setBackInSalesforce,
      cleared: setBackInSalesforce,
    },
  },
  fillHubSpotIfBlank: {
    hubspot: { filled: keepsOwn, changed: keepsOwn, cleared: filledAgain },
    salesforce: { filled: arrives, changed: keepsOwn, cleared: keepsOwn },
  },
  fillSalesforceIfBlank: {
    hubspot: { filled: arrives, changed: keepsOwn, cleared: keepsOwn },
    salesforce: { filled: keepsOwn, changed: keepsOwn, cleared: filledAgain },
  },
  off: { hubspot: NOTHING_MOVES, salesforce: NOTHING_MOVES },
  mirror: {
    hubspot: { filled: setBack, changed: setBack, cleared: setBack },
    salesforce: EVERYTHING_ARRIVES,
  },
  optOut: {
    hubspot: { filled: arrives, changed: arrives, cleared: OPTED_OUT_STAYS_SO },
    salesforce: { filled: arrives, changed: arrives, cleared: OPTED_OUT_STAYS_SO },
  },
};

export interface Edit {
  readonly hubspotProperty: string;
  readonly object: SalesforceObject;
  readonly rule: Rule;
  readonly side: Side;
  readonly action: Action;
}

/** The table, and the few fields that cannot do what their rule says. Null: there is no such edit. */
export function outcomeOf({ hubspotProperty, object, rule, side, action }: Edit): Outcome | null {
  const plain = RULE_OUTCOMES[rule][side][action];
  if (CHECKBOXES.has(hubspotProperty)) {
    // Ticked or not: there is no second value to change to.
    if (action === 'changed') return null;
    // Unticked is a value like ticked: there is no blank to fill, and whoever wins wins with it.
    if (rule === 'fillHubSpotIfBlank' || rule === 'fillSalesforceIfBlank') return keepsOwn;
    const salesforceWins = rule === 'preferSalesforceUnlessBlank' || rule === 'alwaysSalesforce';
    const hubspotWins = rule === 'preferHubSpotUnlessBlank' || rule === 'alwaysHubSpot';
    if (salesforceWins && side === 'hubspot') return setBack;
    return hubspotWins && side === 'salesforce' ? setBackInSalesforce : plain;
  }
  if (REQUIRED_IN_SALESFORCE[object].has(hubspotProperty)) {
    // Never blank in Salesforce: first fills are creations, which have their own tests.
    if (action === 'filled') return null;
    if (action === 'cleared' && side === 'salesforce')
      return { fate: 'refused by Salesforce', says: null };
    return action === 'cleared' && plain.fate === 'arrives' ? stays('REQUIRED_NOT_CLEARED') : plain;
  }
  // A range never goes to Salesforce: neither an edit made in HubSpot nor HubSpot’s value set back.
  const toSalesforce = side === 'hubspot' ? 'arrives' : 'set back';
  const isRange = hubspotProperty === 'numemployees';
  return isRange && plain.fate === toSalesforce ? stays('RANGE_NOT_WRITTEN_BACK') : plain;
}
