// What the integration user may do with leads and contacts as a whole, what the app may do in HubSpot, and what keeps
// live sync going, each with what to do about it. Pure.
import {
  SALESFORCE_OBJECTS,
  type SalesforceField,
  type SalesforceObject,
  type Schemas,
} from '../engine/fields.ts';
import { OWN_PROPERTIES } from '../engine/own-properties.ts';
import { EXTERNAL_ID_FIELD } from '../engine/partners.ts';
import type { Settings } from '../engine/settings.ts';
import { SCOPES } from '../hubspot/scopes.ts';
import type { WorkerHealth } from '../metrics/worker-health.ts';
import type { ObjectAccess, SalesforceAccess } from '../salesforce/port.ts';
import type { Check } from './connection-contract.ts';

const PLURALS: Readonly<Record<SalesforceObject, string>> = { Lead: 'Leads', Contact: 'Contacts' };

export function objectChecks(
  objects: SalesforceAccess['objects'],
  { creation, deletion }: Settings,
): Check[] {
  return SALESFORCE_OBJECTS.map((object): Check => {
    const access = objects[object];
    const about = { id: `salesforce.${object}`, title: PLURALS[object] };
    const many = PLURALS[object].toLowerCase();
    const fix = (what: string): string =>
      `In Salesforce give the integration user ${what} on ${many} (object settings of its permission set).`;
    if (!access?.queryable)
      return {
        ...about,
        state: 'problem',
        sentence: `Tandem doesn’t see ${many} at all, so none of them sync.`,
        fix: fix('Read, Create and Edit'),
      };
    const wanted: readonly (readonly [keyof ObjectAccess, string, boolean])[] = [
      ['updateable', 'Edit', true],
      ['createable', 'Create', creates(object, creation)],
      ['deletable', 'Delete', deletion.inHubSpot === 'delete'],
    ];
    const missing = wanted.filter(([right, , isWanted]) => isWanted && !access[right]);
    if (missing.length === 0)
      return {
        ...about,
        state: 'ok',
        sentence: `Tandem may read ${many} and do all that the settings ask for.`,
        fix: null,
      };
    const names = missing.map(([, name]) => name).join(' and ');
    return {
      ...about,
      state: 'problem',
      sentence: `Tandem may read ${many}, but lacks the right to ${names.toLowerCase()} them.`,
      fix: fix(names),
    };
  });
}

function creates(object: SalesforceObject, { inSalesforce, rules }: Settings['creation']): boolean {
  const wanted = object === 'Lead' ? 'lead' : 'contact';
  return inSalesforce === wanted || rules.some(({ becomes }) => becomes === wanted);
}

export const externalIdChecks = (schemas: Schemas): Check[] =>
  SALESFORCE_OBJECTS.map((object) => {
    const about = {
      id: `salesforce.externalId.${object}`,
      title: `${EXTERNAL_ID_FIELD} on ${PLURALS[object].toLowerCase()}`,
    };
    const found = externalIdState(schemas.salesforce[object].get(EXTERNAL_ID_FIELD));
    return found === null
      ? {
          ...about,
          state: 'ok',
          sentence: 'It is there, unique, an external ID, and Tandem may fill it in.',
          fix: null,
        }
      : { ...about, ...found };
  });

function externalIdState(field: SalesforceField | undefined): Omit<Check, 'id' | 'title'> | null {
  const made = `a text field of 32 characters named ${EXTERNAL_ID_FIELD}, with “External ID” and “Unique” ticked`;
  if (!field)
    return {
      state: 'attention',
      sentence:
        'Tandem doesn’t see it. Records are created all the same, only slower and with more care against duplicates.',
      fix: `Create ${made}, and give the integration user read and edit access to it.`,
    };
  if (!field.externalId || !field.unique)
    return {
      state: 'attention',
      sentence: `It is there, but not ${field.externalId ? 'unique' : 'an external ID'}, so Tandem can’t rely on it.`,
      fix: `Make it ${made}.`,
    };
  if (!field.createable || !field.updateable)
    return {
      state: 'attention',
      sentence: 'Tandem may read it and not fill it in.',
      fix: 'Give the integration user edit access to the field.',
    };
  return null;
}

/** @param granted null where HubSpot doesn't tell */
export function scopeChecks(granted: readonly string[] | null): Check[] {
  return SCOPES.map(({ name, isOptional, what, without }): Check => {
    const about = { id: `scope.${name}`, title: name };
    if (granted === null)
      return {
        ...about,
        state: 'unknown',
        sentence: `${what}. HubSpot didn’t say whether the app has it.`,
        fix: null,
      };
    if (granted.includes(name)) return { ...about, state: 'ok', sentence: `${what}.`, fix: null };
    return {
      ...about,
      state: isOptional ? 'attention' : 'problem',
      sentence: `${what}. The app doesn’t have it: ${without}.`,
      fix: 'Add the scope in the app’s settings, upload the project, and accept the new scopes in HubSpot.',
    };
  });
}

export function ownPropertiesCheck(schemas: Schemas): Check {
  const about = { id: 'hubspot.properties', title: 'Tandem’s own contact properties' };
  const missing = OWN_PROPERTIES.filter(({ name }) => !schemas.hubspot.has(name));
  if (missing.length === 0)
    return {
      ...about,
      state: 'ok',
      sentence: `All ${OWN_PROPERTIES.length} are there, in the group “Salesforce (Tandem)”.`,
      fix: null,
    };
  return {
    ...about,
    state: 'problem',
    sentence: `Missing: ${missing.map(({ label }) => label).join(', ')}.`,
    fix: 'Start Tandem’s service again: it creates what is missing.',
  };
}

export function workersCheck(workers: ReadonlyMap<string, WorkerHealth>): Check {
  const about = { id: 'live.workers', title: 'Workers' };
  return workers.size > 0
    ? {
        ...about,
        state: 'ok',
        sentence:
          workers.size === 1 ? 'One process is at work.' : `${workers.size} processes are at work.`,
        fix: null,
      }
    : {
        ...about,
        state: 'problem',
        sentence: 'Nobody works: nothing is synced, and open runs wait.',
        fix: 'Start Tandem’s service with npm start, or a worker with npm start -- --worker.',
      };
}

/** @param webhooks ISO; null: never */
export function webhooksCheck(webhooks: {
  readonly accepted: string | null;
  readonly refused: string | null;
}): Check {
  const about = { id: 'live.webhooks', title: 'HubSpot webhooks' };
  const { accepted, refused } = webhooks;
  if (refused !== null && (accepted === null || refused > accepted))
    return {
      ...about,
      state: 'attention',
      sentence: `The last one (${told(refused)}) was turned away: its signature is not HubSpot’s. Changes are found by looking every few seconds all the same.`,
      fix: 'Check HUBSPOT_CLIENT_SECRET of the service, and TANDEM_SERVICE_URL where it stands behind a proxy.',
    };
  if (accepted === null)
    return {
      ...about,
      state: 'attention',
      sentence:
        'None has come yet. Changes in HubSpot are found by looking every few seconds all the same.',
      fix: 'Set HUBSPOT_CLIENT_SECRET of the service, and the webhooks’ target address in the project to its public address.',
    };
  return {
    ...about,
    state: 'ok',
    sentence: `The last one came ${told(accepted)}, and its signature was right.`,
    fix: null,
  };
}

const told = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

export function eventsCheck(
  { salesforceEvents }: Settings,
  workers: ReadonlyMap<string, WorkerHealth>,
): Check {
  const about = { id: 'live.events', title: 'Salesforce change events' };
  if (!salesforceEvents)
    return {
      ...about,
      state: 'ok',
      sentence: 'They are off. Changes in Salesforce are found by looking every few seconds.',
      fix: null,
    };
  const heard = [...workers.values()].map(({ events }) => events);
  if (heard.some((one) => one?.kind === 'connected'))
    return { ...about, state: 'ok', sentence: 'They are on and heard.', fix: null };
  const refused = heard.find((one) => one?.kind === 'refused');
  return {
    ...about,
    state: 'attention',
    sentence:
      refused?.kind === 'refused'
        ? `They are on, and Salesforce refuses them: ${refused.why}`
        : 'They are on and not heard yet. Changes are found by looking every few seconds meanwhile.',
    fix: 'In Salesforce select Lead and Contact under Setup > Change Data Capture, and let the integration user see them.',
  };
}
