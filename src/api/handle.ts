// Serves the calls of the contract: checks the parameters, runs the handler, checks the answer. Whatever
// goes wrong comes back as an error a person can read; nothing is thrown.
import type { z } from 'zod';
import { CallFailed, RateLimited, Unauthorized } from '../engine/failures.ts';
import {
  CONTRACT,
  type Answer,
  type ApiError,
  type CallAnswer,
  type CallName,
} from './contract.ts';
import { onRecord } from './audit.ts';
import { refuseUnlessAllowed, type Caller } from './caller.ts';
import { ApiFailure } from './failure.ts';
import { fieldUsage } from './field-usage.ts';
import { createdProperty, propertyProposal } from './create-property.ts';
import { conditionFields } from './condition-fields.ts';
import { historyOf } from './history-view.ts';
import { explainedPerson } from './explain-person.ts';
import { inclusionLists } from './inclusion-lists.ts';
import { checkMapping, fieldPartners, mappingChoices, mappingOptions } from './mapping-choices.ts';
import { mappingsRead, mappingsWritten } from './mapping-import.ts';
import { mappingSamples } from './mapping-samples.ts';
import { previewedConditions, previewedInclusion } from './inclusion-preview.ts';
import { pairingChanged } from './change-pairing.ts';
import { connectionView } from './connection.ts';
import { previewSync } from './preview-sync.ts';
import { overview } from './overview.ts';
import { ownersView } from './owners.ts';
import { foundPeople } from './people-calls.ts';
import { problemRecords, problemsView, retriedRecord } from './problem-calls.ts';
import { exportedProblems } from './problem-export.ts';
import { recordWithConditions } from './record-outside-list.ts';
import { requiredFields, triedTemplates } from './required-fields.ts';
import {
  controlledRun,
  runEstimate,
  runRecords,
  runsView,
  selectionSynced,
  startedRun,
} from './run-calls.ts';
import { exportedRunRecords } from './run-export.ts';
import type { ApiServices } from './services.ts';
import { setupDismissed, setupView } from './setup.ts';
import { saveSettings, settingsView } from './settings-calls.ts';
import { settingsEffect } from './settings-effect.ts';
import { syncNow } from './sync-now.ts';
import { undoPreview } from './undo-run.ts';
import { triedCreation } from './try-creation.ts';
import { undone } from './undo-changes.ts';
import { comparedSettings, restoredSettings, settingsVersions } from './version-calls.ts';
import { isForAdmins, isOnRecord, type AdminCall } from './who-may.ts';

type Handlers = {
  readonly [Name in CallName]: (
    parameters: z.output<(typeof CONTRACT)[Name]['parameters']>,
    services: ApiServices,
    /** What only admins do is done by somebody who is known. */
    caller: Name extends AdminCall ? Caller : Caller | null,
  ) => Promise<CallAnswer<Name>>;
};

const HANDLERS: Handlers = {
  'get-record': ({ contactId }, { pipeline }) => recordWithConditions(pipeline, contactId),
  'sync-now': ({ contactId, choices }, { pipeline }, caller) =>
    syncNow(pipeline, contactId, choices, caller),
  'preview-sync': (parameters, { pipeline }) => previewSync(pipeline, parameters),
  'get-history': (parameters, { pipeline }) => historyOf(pipeline, parameters),
  'undo-changes': (parameters, { pipeline }, caller) => undone(pipeline, parameters, caller),
  'change-pairing': ({ contactId, salesforceId }, { pipeline }, caller) =>
    pairingChanged(pipeline, contactId, salesforceId, caller),
  'get-settings': (_, { pipeline }) => settingsView(pipeline),
  'get-inclusion-lists': (parameters, { pipeline }) => inclusionLists(pipeline, parameters),
  'get-mapping-choices': (_, { pipeline }) => mappingChoices(pipeline),
  'check-mapping': (parameters, { pipeline }) => checkMapping(pipeline, parameters),
  'get-field-partners': (parameters, { pipeline }) => fieldPartners(pipeline, parameters),
  'get-mapping-options': (parameters, { pipeline }) => mappingOptions(pipeline, parameters),
  'get-mapping-samples': (parameters, { pipeline }) => mappingSamples(pipeline, parameters),
  'get-field-usage': (parameters, { pipeline }) => fieldUsage(pipeline, parameters),
  'get-property-proposal': (parameters, { pipeline }) => propertyProposal(pipeline, parameters),
  'create-property': (parameters, { pipeline }) => createdProperty(pipeline, parameters),
  'write-mappings': (parameters) => Promise.resolve(mappingsWritten(parameters)),
  'read-mappings': (parameters, { pipeline }) => mappingsRead(pipeline, parameters),
  'preview-settings': (parameters, { pipeline }) => settingsEffect(pipeline, parameters),
  'save-settings': (parameters, { pipeline }, { email }) =>
    saveSettings(pipeline, parameters, email),
  'start-run': (parameters, { pipeline }, { email }) => startedRun(pipeline, parameters, email),
  'sync-selected': (parameters, { pipeline }, caller) =>
    selectionSynced(pipeline, parameters, caller?.email ?? null),
  'estimate-run': ({ request }, { pipeline }) => runEstimate(pipeline, request),
  'get-runs': (parameters, services) => runsView(services, parameters),
  'control-run': (parameters, { pipeline }) => controlledRun(pipeline, parameters),
  'get-run-records': (parameters, { pipeline }) => runRecords(pipeline, parameters),
  'export-run-records': (parameters, { pipeline }) => exportedRunRecords(pipeline, parameters),
  'get-problems': (_, { pipeline }) => problemsView(pipeline),
  'get-problem-records': (parameters, { pipeline }) => problemRecords(pipeline, parameters),
  'retry-record': (parameters, { pipeline }, caller) => retriedRecord(pipeline, parameters, caller),
  'export-problems': (parameters, { pipeline }) => exportedProblems(pipeline, parameters),
  'get-settings-versions': (parameters, { pipeline }) => settingsVersions(pipeline, parameters),
  'compare-settings': (parameters, { pipeline }) => comparedSettings(pipeline, parameters),
  'restore-settings': (parameters, { pipeline }, { email }) =>
    restoredSettings(pipeline, parameters, email),
  'get-condition-choices': (parameters, { pipeline }) => conditionFields(pipeline, parameters),
  'get-connection': (_, { pipeline }) => connectionView(pipeline),
  'get-setup': (_, { pipeline }) => setupView(pipeline),
  'dismiss-setup': (_, { pipeline }, { email }) => setupDismissed(pipeline, email),
  'preview-undo': (parameters, { pipeline }) => undoPreview(pipeline, parameters),
  'try-creation': (parameters, { pipeline }) => triedCreation(pipeline, parameters),
  'get-required-fields': (_, { pipeline }) => requiredFields(pipeline),
  'try-templates': (parameters, { pipeline }) => triedTemplates(pipeline, parameters),
  'get-owners': (_, { pipeline }) => ownersView(pipeline),
  'find-people': (parameters, { pipeline }) => foundPeople(pipeline, parameters),
  'get-overview': (_, services) => overview(services),
  'preview-inclusion': (parameters, { pipeline }) => previewedInclusion(pipeline, parameters),
  'preview-conditions': (parameters, { pipeline }) => previewedConditions(pipeline, parameters),
  'explain-person': (parameters, services) => explainedPerson(services, parameters),
};

export const isCallName = (name: string): name is CallName => Object.hasOwn(CONTRACT, name);

/**
 * Serves one call. `parameters` come from outside and are not trusted; `caller` is somebody whom HubSpot’s signature
 * names, or null where nobody is known.
 */
export async function handleCall(
  name: CallName,
  parameters: unknown,
  services: ApiServices,
  caller: Caller | null = null,
): Promise<Answer<unknown>> {
  const { parameters: schema, answer } = CONTRACT[name];
  const checked = schema.safeParse(parameters ?? {});
  if (!checked.success) return { ok: false, error: invalidParameters(checked.error) };
  // TypeScript cannot follow that handler and schema belong to one name; the schema has just checked it.
  const handler = HANDLERS[name] as (
    parameters: unknown,
    services: ApiServices,
    caller: Caller | null,
  ) => Promise<unknown>;
  try {
    await refuseUnlessAllowed(name, caller, services.admins);
    const work = async (): Promise<unknown> =>
      answer.parse(await handler(checked.data, services, caller));
    const value =
      caller !== null && isForAdmins(name) && isOnRecord(name)
        ? await onRecord(services.trail, { name, parameters: checked.data, caller }, codeOf, work)
        : await work();
    return { ok: true, value };
  } catch (error) {
    return { ok: false, error: asApiError(error) };
  }
}

function invalidParameters(error: z.ZodError): ApiError {
  const [issue] = error.issues;
  const field = issue?.path.join('.') || null;
  return {
    code: 'INVALID_PARAMETERS',
    message:
      field === null
        ? (issue?.message ?? 'The parameters are not valid.')
        : `${field}: ${issue?.message ?? 'not valid'}`,
    fix: null,
    field,
  };
}

const codeOf = (error: unknown): string => asApiError(error).code;

/** What a person is told of a failure; details that are no use to them stay out. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiFailure) return error.error;
  const base = { field: null };
  if (error instanceof Unauthorized) {
    return {
      ...base,
      code: 'UNAUTHORIZED',
      message: `${error.crm} does not accept Tandem’s credentials: ${error.message}`,
      fix: `Check the ${error.crm} credentials and permissions of the app.`,
    };
  }
  if (error instanceof RateLimited) {
    return {
      ...base,
      code: 'RATE_LIMITED',
      message: `${error.crm} asks Tandem to slow down.`,
      fix: 'Try again in a minute.',
    };
  }
  if (error instanceof CallFailed) {
    return {
      ...base,
      code: 'CRM_UNAVAILABLE',
      message: `${error.crm} did not answer as expected: ${error.message}`,
      fix: 'Try again in a minute.',
    };
  }
  return {
    ...base,
    code: 'UNEXPECTED',
    message: `Something unexpected went wrong: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Try again; if it stays, tell the admin of Tandem.',
  };
}
