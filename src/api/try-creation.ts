// What a person would become in Salesforce by creation rules that somebody is editing: the rules with what each of them
// met, and the new record's required values, by the code that creates.
import { creationFor, propertiesForCreation, type CompanyAccount } from '../engine/creation.ts';
import { planSalesforceRecord, type NewSalesforceRecord } from '../engine/plan-create.ts';
import { explain, type ReasonCode } from '../engine/reasons.ts';
import type { HubSpotContact, SalesforceValue } from '../engine/records.ts';
import { isRequired } from '../engine/required-fields.ts';
import type { Settings } from '../engine/settings.ts';
import { conditionInWords } from '../engine/settings-words.ts';
import { propertiesInTemplates } from '../engine/templates.ts';
import type { Step } from '../engine/trace.ts';
import { emailOfContact } from '../engine/partners.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Workspace } from '../sync/workspace.ts';
import type { CallAnswer, CONTRACT } from './contract.ts';
import type { TriedCreation, TriedRule } from './creation-contract.ts';
import { reasonView } from './field-views.ts';
import { foundContact } from './people-calls.ts';
import { contactNotFound } from './record-view.ts';
import type { z } from 'zod';

type Parameters = z.output<(typeof CONTRACT)['try-creation']['parameters']>;

interface Subject {
  readonly contact: HubSpotContact;
  readonly company: CompanyAccount | null;
  readonly person: TriedCreation['person'];
  readonly meanwhile: string | null;
}

export async function triedCreation(
  pipeline: Pipeline,
  { creation, who }: Parameters,
): Promise<CallAnswer<'try-creation'>> {
  const workspace = await pipeline.workspaces.current();
  const settings: Settings = { ...workspace.settings.settings, creation };
  const subject =
    who.of === 'values'
      ? typed(who.properties, who.hasAccount)
      : await known(who.contactId, settings, workspace, pipeline);
  const { contact, company, person, meanwhile } = subject;
  const rules: TriedRule[] = [];
  const made = creationFor(contact, company, settings, (step) => {
    if (step.asks === 'creationRule') rules.push(ruleView(step, workspace));
  });
  const record =
    made.kind === 'create'
      ? planSalesforceRecord(contact, made.object, made.accountId, {
          table: workspace.table,
          settings,
        })
      : null;
  return {
    person,
    meanwhile,
    rules,
    decidedBy: rules.find(({ holds }) => holds)?.number ?? null,
    outcome:
      made.kind === 'create'
        ? made.object === 'Lead'
          ? 'lead'
          : 'contact'
        : made.kind === 'wait'
          ? 'waits'
          : 'nothing',
    reason: made.kind === 'create' ? null : reasonView(made.reason),
    accountId: made.kind === 'create' ? made.accountId : null,
    ...(record === null ? { required: [], others: 0 } : valuesOf(record, workspace)),
  };
}

/** Somebody who isn't there. */
function typed(properties: Readonly<Record<string, string>>, hasAccount: boolean): Subject {
  const company = hasAccount ? { companyId: 'typed', accountId: 'typed' } : null;
  const modifiedAt = new Date(0).toISOString();
  const contact: HubSpotContact = { id: 'typed', properties, modifiedAt, archived: false };
  return { contact, company, person: null, meanwhile: null };
}

async function known(
  contactId: string,
  settings: Settings,
  workspace: Workspace,
  pipeline: Pipeline,
): Promise<Subject> {
  const { hubspot } = pipeline.ports;
  const asked = [
    ...workspace.hubspotProperties,
    ...propertiesForCreation(settings),
    ...propertiesInTemplates(settings.creation.templates),
    'associatedcompanyid',
  ];
  const properties = [...new Set(asked)].filter((name) => workspace.schemas.hubspot.has(name));
  const [found, [planned]] = await Promise.all([
    hubspot.contacts.readByIds([contactId], properties),
    pipeline.dryRun([{ key: { side: 'hubspot', id: contactId } }]),
  ]);
  const contact = found.get(contactId);
  if (!contact || contact.archived) throw contactNotFound(contactId);
  const companyId = contact.properties.associatedcompanyid?.trim() || null;
  const accounts = companyId === null ? null : await hubspot.companies.accountIds([companyId]);
  return {
    contact,
    company: companyId === null ? null : { companyId, accountId: accounts?.get(companyId) ?? null },
    person: foundContact(contact),
    meanwhile: meanwhileOf(contact, planned),
  };
}

/** These are what is being tried. */
const ABOUT_CREATION: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'CREATION_OFF_IN_SALESFORCE',
  'CREATION_RULE_SAYS_NOTHING',
  'WAITING_FOR_ACCOUNT',
]);

function meanwhileOf(
  contact: HubSpotContact,
  planned: Awaited<ReturnType<Pipeline['dryRun']>>[number] | undefined,
): string | null {
  const record = planned?.pair.salesforce;
  if (record)
    return `Salesforce has this person as a ${record.object.toLowerCase()} already, so nothing is created. This is what would happen otherwise.`;
  if (planned?.plan.kind === 'leave' && !ABOUT_CREATION.has(planned.plan.reason.code))
    return `${explain(planned.plan.reason).sentence} This is what would happen otherwise.`;
  return emailOfContact(contact) === null
    ? explain({ code: 'NO_EMAIL', details: {} }).sentence
    : null;
}

function ruleView(
  step: Step & { readonly asks: 'creationRule' },
  { schemas }: Workspace,
): TriedRule {
  const labelOf = (name: string): string => schemas.hubspot.get(name)?.label ?? name;
  const { number, holds, becomes, account, match } = step;
  return {
    number,
    holds,
    becomes,
    account,
    match,
    clauses: step.clauses.map(({ clause, value, holds: clauseHolds }) => ({
      sentence: conditionInWords({ match: 'all', clauses: [clause] }, labelOf) ?? '',
      value: shown(value),
      holds: clauseHolds,
    })),
  };
}

const shown = (value: SalesforceValue | undefined): string | null =>
  value === null || value === undefined || value === '' ? null : String(value);

function valuesOf(
  { object, record, fields, filledIn }: NewSalesforceRecord,
  { schemas }: Workspace,
): Pick<TriedCreation, 'required' | 'others'> {
  const byTemplate = new Set([
    ...filledIn.map(({ field }) => field.name),
    ...fields.flatMap(({ pair, reason, value }) =>
      reason !== null && value === undefined ? [pair.field.name] : [],
    ),
  ]);
  const required = [...schemas.salesforce[object].values()].filter(isRequired);
  const names = new Set(required.map(({ name }) => name));
  return {
    required: required.map(({ name, label }) => ({
      field: name,
      label,
      value: shown(record[name]),
      isFilledIn: byTemplate.has(name),
    })),
    others: Object.keys(record).filter((name) => !names.has(name)).length,
  };
}
