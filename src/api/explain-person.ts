// What happens to one person, and why: the trace of a dry run in words, under the settings in force or a draft of them.
// Every step is one that the plan took; the last word is the plan's own.
import { settle } from '../engine/settle.ts';
import { everythingTaken } from '../engine/outcome.ts';
import {
  comparePartners,
  emailOfContact,
  emailOfRecord,
  emailsOfContact,
} from '../engine/partners.ts';
import type { Found, Pair } from '../engine/match.ts';
import { explain, type Reason } from '../engine/reasons.ts';
import type { Sighted } from '../engine/sighted.ts';
import type { ListRole, Step } from '../engine/trace.ts';
import type { Plan } from '../engine/plan.ts';
import type { TracedPair } from '../sync/trace.ts';
import { traced } from '../sync/trace.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { CallAnswer, CONTRACT, PersonTrace, TraceStep } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { fieldChange, fieldWritesIn } from './field-changes.ts';
import { keyOf, meantBy, nameOfContact, nameOfRecord } from './find-person.ts';
import type { ApiServices } from './services.ts';
import { inTime } from './in-time.ts';
import { listConditions, type ListConditions } from './list-conditions.ts';
import { stepInWords } from './trace-words.ts';
import { recordInWords, verdictOn } from './trace-verdict.ts';
import type { z } from 'zod';

/** The trace doesn’t wait longer for what it can do without. */
const PATIENCE_MS = 4_000;

type Asked = z.output<(typeof CONTRACT)['explain-person']['parameters']>;

export async function explainedPerson(
  { pipeline, budget }: Pick<ApiServices, 'pipeline' | 'budget'>,
  { who, settings }: Asked,
): Promise<CallAnswer<'explain-person'>> {
  const { ports, workspaces } = pipeline;
  const people = await meantBy(ports, who);
  const [only, ...others] = people;
  if (only === undefined) throw nobodyFound(who);
  if (others.length > 0) return { people, trace: null };
  const workspace =
    settings === null ? await workspaces.current() : await workspaces.under(settings);
  const { pairs, sighted } = await traced(pipeline, [{ key: keyOf(only.id) }], workspace);
  const mine = pairs.find((one) => isOf(one.pair, only.id)) ?? pairs[0];
  if (
    !mine ||
    (mine.pair.hubspot === null && mine.pair.salesforce === null && mine.pair.link === null)
  )
    throw nobodyFound(who);
  const { instanceUrl } = await ports.salesforce.schema.organization();
  const { pair } = mine;
  const usage = await budget.usage();
  const asked = listConditions(ports, workspace, pair.hubspot?.id ?? null, rolesIn(mine.steps));
  const conditions = (await inTime(asked, PATIENCE_MS)) ?? new Map<ListRole, ListConditions>();
  const paused = Object.entries(usage).flatMap(([crm, { pausedUntil }]) =>
    pausedUntil === null ? [] : [pausedStep(crm, pausedUntil)],
  );
  const record = pair.salesforce;
  const trace: PersonTrace = {
    person: {
      name: pair.hubspot ? nameOfContact(pair.hubspot) : record ? nameOfRecord(record) : only.name,
      email: (pair.hubspot && emailOfContact(pair.hubspot)) ?? (record && emailOfRecord(record)),
      hubspotId: pair.hubspot?.id ?? pair.link?.hubspotId ?? null,
      salesforce: record && {
        object: record.object,
        id: record.id,
        url: `${instanceUrl}/lightning/r/${record.object}/${record.id}/view`,
      },
    },
    isDraft: settings !== null,
    steps: [
      inHubSpot(pair),
      inSalesforce(pair, sighted),
      ...mine.steps.map((step) => withConditions(stepInWords(step, workspace), step, conditions)),
      ...effectOf(mine, workspace, new Date(ports.now()).toISOString()),
      ...lastTime(pair),
      ...paused,
    ],
    verdict: verdictOn(mine, workspace),
  };
  return { people, trace };
}

const nobodyFound = (who: string): ApiFailure =>
  new ApiFailure({
    code: 'NOBODY_FOUND',
    message: `Neither HubSpot nor Salesforce knows “${who}”, as far as Tandem may see.`,
    fix: 'Try the e-mail address, or the id from the address of the record. HubSpot’s search finds new contacts after some seconds.',
    field: 'who',
  });

const rolesIn = (steps: readonly Step[]): ListRole[] =>
  steps.flatMap((step) => (step.asks === 'list' ? step.role : []));

/** Of a list with what its own conditions say. */
function withConditions(
  said: TraceStep,
  step: Step,
  conditions: ReadonlyMap<ListRole, ListConditions>,
): TraceStep {
  const found = step.asks === 'list' ? conditions.get(step.role) : undefined;
  if (found === undefined) return said;
  return { ...said, sentence: `${said.sentence} It meets ${found.count}.`, details: found.details };
}

const isOf = ({ hubspot, salesforce, link }: Pair, id: string): boolean =>
  [hubspot?.id, salesforce?.id, link?.hubspotId, link?.salesforceId].includes(id);

function inHubSpot({ hubspot }: Pair): TraceStep {
  const title = 'In HubSpot';
  return hubspot
    ? {
        title,
        outcome: 'pass',
        sentence: `${nameOfContact(hubspot)}, contact ${hubspot.id}.`,
        details: [],
      }
    : {
        title,
        outcome: 'note',
        sentence: 'HubSpot has no contact for this record.',
        details: [],
      };
}

const FOUND: Readonly<Record<Found, string>> = {
  linked: 'They are paired.',
  storedId: 'Found by the id that HubSpot remembers of it.',
  externalId: 'Found by the HubSpot id that Salesforce remembers.',
  email: 'Found by the e-mail address.',
  converted: 'The paired lead was converted; the contact it became takes its place.',
  mergedInSalesforce: 'The paired record was merged; the one that is left takes its place.',
  mergedInHubSpot: 'The paired contact was merged into this one.',
  alone: '',
};

/** Which record of the person it is, and who else might have been. */
function inSalesforce({ hubspot, salesforce, found }: Pair, sighted: Sighted): TraceStep {
  const title = 'In Salesforce';
  const emails = new Set([
    ...(hubspot ? emailsOfContact(hubspot) : []),
    ...(salesforce ? [emailOfRecord(salesforce)] : []),
  ]);
  const alike = [...sighted.records.values()]
    .filter((record) => emails.has(emailOfRecord(record)) && emailOfRecord(record) !== null)
    .sort(comparePartners);
  const details =
    alike.length < 2
      ? []
      : alike.map((record) => ({
          text: record.isConverted ? `${recordInWords(record)}: converted` : recordInWords(record),
          holds: record.id === salesforce?.id ? true : null,
        }));
  if (salesforce === null)
    return {
      title,
      outcome: 'note',
      sentence: 'No lead or contact that could be this person’s.',
      details,
    };
  const choice =
    details.length > 0 && hubspot !== null && found !== 'linked'
      ? ' Of several a contact comes before a lead, then the one changed last.'
      : '';
  return {
    title,
    outcome: 'pass',
    sentence: `${recordInWords(salesforce)}. ${hubspot ? FOUND[found] : ''}${choice}`.trim(),
    details,
  };
}

/** What the plan would write, and what it leaves out. */
function effectOf({ pair, plan }: TracedPair, workspace: Workspace, now: string): TraceStep[] {
  if (
    plan.kind !== 'update' &&
    plan.kind !== 'createInSalesforce' &&
    plan.kind !== 'createInHubSpot'
  )
    return [];
  const { writes } = settle(pair, plan, everythingTaken(pair, plan), now);
  const changes = fieldWritesIn(writes).map((write) => fieldChange(write, workspace));
  const filledIn =
    plan.kind === 'createInSalesforce'
      ? plan.fields.flatMap(({ sent, reason }) =>
          sent && reason ? [explain(reason).sentence] : [],
        )
      : [];
  const leftOut = leftOutOf(plan);
  const written = changes.map(({ side, field, after }) => ({
    text: `${field} in ${side === 'hubspot' ? 'HubSpot' : 'Salesforce'}: ${after === null ? 'cleared' : `“${after}”`}`,
    holds: true,
  }));
  const details = [
    ...written.slice(0, MOST_SHOWN),
    ...(written.length > MOST_SHOWN
      ? [{ text: `and ${written.length - MOST_SHOWN} more`, holds: null }]
      : []),
    ...filledIn.map((text) => ({ text, holds: null })),
    ...leftOut.slice(0, MOST_SHOWN).map(({ field, reason }) => ({
      text: `${field}: ${explain(reason).sentence}`,
      holds: false,
    })),
  ];
  return [
    {
      title: 'What the next sync writes',
      outcome: 'note',
      sentence:
        changes.length === 0
          ? 'Nothing: both sides are as their rules say.'
          : `${changes.length === 1 ? '1 field' : `${changes.length} fields`}.`,
      details,
    },
  ];
}

const MOST_SHOWN = 8;

function leftOutOf(
  plan: Extract<Plan, { kind: 'update' | 'createInSalesforce' | 'createInHubSpot' }>,
): { readonly field: string; readonly reason: Reason }[] {
  if (plan.kind === 'update') {
    const { toHubSpot, toSalesforce } = plan.heldBack;
    return plan.fields.flatMap((field) =>
      field.kind === 'left' &&
      field.reason &&
      field.reason !== toHubSpot &&
      field.reason !== toSalesforce
        ? [{ field: field.pair.property.label, reason: field.reason }]
        : [],
    );
  }
  return plan.fields.flatMap(({ pair, sent, reason }) =>
    !sent && reason ? [{ field: pair.property.label, reason }] : [],
  );
}

/** How it ended when this person was looked at last. */
function lastTime({ link }: Pair): TraceStep[] {
  if (link === null) return [];
  const { state, reason, lastSyncedAt, retryAt, attempts } = link;
  const tried = attempts > 0 ? ` Tried ${attempts === 1 ? 'once' : `${attempts} times`}.` : '';
  const details = [
    ...(lastSyncedAt === null ? [] : [{ text: 'Last synced', holds: null, at: lastSyncedAt }]),
    ...(retryAt === null ? [] : [{ text: 'Next look', holds: null, at: retryAt }]),
  ];
  return [
    {
      title: 'Last time',
      outcome: state === 'problem' ? 'fail' : state === 'waiting' ? 'waits' : 'note',
      sentence: `${reason ? explain(reason).sentence : 'Both sides agreed.'}${tried}`,
      details,
    },
  ];
}

const pausedStep = (crm: string, until: string): TraceStep => ({
  title: `${crm} asks to slow down`,
  outcome: 'waits',
  sentence: `Nothing is asked of ${crm} for a while.`,
  details: [{ text: 'It goes on', holds: null, at: until }],
});
