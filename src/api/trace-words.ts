// The questions a plan asked, in words: a title, what the answer was, and what was looked at.
import type { WeighedClause } from '../engine/conditions.ts';
import { explain } from '../engine/reasons.ts';
import { becomesInWords, conditionInWords } from '../engine/settings-words.ts';
import type { Step } from '../engine/trace.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { TraceStep } from './contract.ts';

/** States of waiting: nothing is wrong, and nothing has to be done. */
const PASSING: ReadonlySet<string> = new Set(['ANSWER_LOST', 'WAITING_FOR_ACCOUNT']);

export function stepInWords(step: Step, workspace: Workspace): TraceStep {
  const { stops } = step;
  const said = saidOf(step, workspace);
  return {
    outcome:
      stops === null ? (said.outcome ?? 'pass') : PASSING.has(stops.reason.code) ? 'waits' : 'fail',
    title: said.title,
    sentence: said.sentence ?? (stops === null ? '' : explain(stops.reason).sentence),
    details: said.details ?? [],
  };
}

interface Said {
  readonly title: string;
  /** Absent: that of the reason. */
  readonly sentence?: string;
  readonly outcome?: TraceStep['outcome'];
  readonly details?: TraceStep['details'];
}

const LISTS = {
  exclusion: 'Exclusion list',
  inclusion: 'Inclusion list',
  receivers: 'Who receives from Salesforce',
} as const;

function saidOf(step: Step, workspace: Workspace): Said {
  const { schemas } = workspace;
  switch (step.asks) {
    case 'pairing':
      return { title: 'Pairing' };
    case 'listReadable':
      return { title: 'Lists that decide who syncs' };
    case 'list':
      return {
        title: LISTS[step.role],
        sentence: `${step.isIn ? 'Is' : 'Isn’t'} in “${step.list}”${closing(step)}`,
      };
    case 'email':
      return {
        title: 'E-mail address',
        ...(step.email === null ? {} : { sentence: `${step.email} is in ${crmOf(step.side)}.` }),
      };
    case 'salesforceCondition': {
      const label = (name: string): string =>
        schemas.salesforce[step.object].get(name)?.label ?? name;
      return {
        title:
          step.of === 'inclusion' ? 'What may enter HubSpot' : 'What becomes a HubSpot contact',
        sentence: `${countOf(step.clauses)}${closing(step)}`,
        details: clausesInWords(step.clauses, label),
      };
    }
    case 'creatingInHubSpot':
      return {
        title: 'Creating in HubSpot',
        ...(step.isOn
          ? { sentence: `New ${step.object.toLowerCase()}s become HubSpot contacts.` }
          : {}),
      };
    case 'creationRule': {
      const label = (name: string): string => schemas.hubspot.get(name)?.label ?? name;
      const outcome = step.holds ? 'pass' : 'note';
      return {
        title: `Creation rule ${step.number}`,
        outcome,
        sentence: step.holds
          ? `Holds: the contact becomes ${becomesInWords(step.becomes)} in Salesforce.`
          : 'Doesn’t hold, so the next one is asked.',
        details: [...accountInWords(step.account), ...clausesInWords(step.clauses, label)],
      };
    }
    case 'creationDefault':
      return {
        title: 'Creating in Salesforce',
        ...(step.stops
          ? {}
          : { sentence: `A contact without a record becomes ${becomesInWords(step.becomes)}.` }),
      };
    case 'account':
      return {
        title: 'Account of the company',
        ...(step.stops
          ? {}
          : {
              sentence:
                step.accountId === null
                  ? 'The company has none in Salesforce; the contact is created without one.'
                  : `The new contact goes to the account ${step.accountId}.`,
            }),
      };
    case 'paused':
      return { title: 'Paused by an admin' };
    case 'lostAnswer':
      return { title: 'A try that is still open' };
    case 'partnerGone':
      return {
        title: step.isDeleted
          ? `Deleted in ${crmOf(step.side)}`
          : `Not to be found in ${crmOf(step.side)}`,
      };
  }
}

const crmOf = (side: 'hubspot' | 'salesforce'): string =>
  side === 'hubspot' ? 'HubSpot' : 'Salesforce';

const WAYS = {
  both: ', so nothing moves in either direction.',
  toSalesforce: ', so nothing is sent to Salesforce.',
  toHubSpot: ', so nothing is sent to HubSpot.',
} as const;

const closing = ({ stops }: Step): string => (stops === null ? '.' : WAYS[stops.way]);

function countOf(clauses: readonly WeighedClause[]): string {
  const holding = clauses.filter(({ holds }) => holds).length;
  return `${holding} of ${clauses.length} ${clauses.length === 1 ? 'condition holds' : 'conditions hold'}`;
}

const clausesInWords = (
  clauses: readonly WeighedClause[],
  label: (name: string) => string,
): TraceStep['details'] =>
  clauses.map(({ clause, value, holds }) => {
    const asked = conditionInWords({ match: 'all', clauses: [clause] }, label) ?? '';
    const is = value === null || value === '' ? 'blank' : `“${String(value)}”`;
    return { text: `${asked}: it is ${is}`, holds };
  });

const accountInWords = (
  account: { readonly wanted: boolean; readonly has: boolean } | null,
): TraceStep['details'] =>
  account === null
    ? []
    : [
        {
          text: `The company has ${account.wanted ? 'an' : 'no'} account: it has ${account.has ? 'one' : 'none'}`,
          holds: account.wanted === account.has,
        },
      ];
