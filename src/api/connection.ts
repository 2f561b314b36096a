// Who is connected and what they may do, asked of both CRMs anew: what is out of reach is said, and the rest is shown.
import { CallFailed } from '../engine/failures.ts';
import { mappingsOf } from '../engine/mapping.ts';
import type { HubSpotAccess } from '../hubspot/port.ts';
import { workersAtWork } from '../metrics/worker-health.ts';
import type { SalesforceAccess } from '../salesforce/port.ts';
import { lastWebhooks } from '../store/webhook-notes.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import {
  eventsCheck,
  externalIdChecks,
  objectChecks,
  ownPropertiesCheck,
  scopeChecks,
  webhooksCheck,
  workersCheck,
} from './access-checks.ts';
import type { ConnectionView } from './connection-contract.ts';
import { fieldChecks } from './field-checks.ts';

export async function connectionView(pipeline: Pipeline): Promise<ConnectionView> {
  const { hubspot, salesforce, store, now } = pipeline.ports;
  // Permissions that were given a minute ago are what the admin came to see.
  pipeline.workspaces.refresh();
  const [atHubSpot, atSalesforce, workspace, workers, webhooks, { settings }] = await Promise.all([
    reached(hubspot.schema.access()),
    reached(salesforce.schema.access()),
    reached(pipeline.workspaces.current()),
    workersAtWork(store.health, now()),
    lastWebhooks(store.cursors),
    store.settings.current(),
  ]);
  const schemas = 'value' in workspace ? workspace.value.schemas : null;
  return {
    salesforce: salesforceView(atSalesforce),
    hubspot: hubspotView(atHubSpot),
    salesforceChecks: [
      ...('value' in atSalesforce ? objectChecks(atSalesforce.value.objects, settings) : []),
      ...(schemas === null ? [] : externalIdChecks(schemas)),
    ],
    hubspotChecks: [
      ...('value' in atHubSpot ? scopeChecks(atHubSpot.value.scopes) : []),
      ...(schemas === null ? [] : [ownPropertiesCheck(schemas)]),
    ],
    liveChecks: [workersCheck(workers), webhooksCheck(webhooks), eventsCheck(settings, workers)],
    fields: schemas === null ? [] : fieldChecks(mappingsOf(settings), schemas),
  };
}

type Reached<Value> = { readonly value: Value } | { readonly error: string };

/** A CRM that doesn't answer, or refuses Tandem, is part of the answer. */
async function reached<Value>(asked: Promise<Value>): Promise<Reached<Value>> {
  try {
    return { value: await asked };
  } catch (error) {
    if (error instanceof CallFailed) return { error: error.message };
    throw error;
  }
}

const NOBODY = {
  user: null,
  organization: null,
  organizationId: null,
  kind: null,
  edition: null,
  instanceUrl: null,
  apiVersion: null,
} as const;

function salesforceView(asked: Reached<SalesforceAccess>): ConnectionView['salesforce'] {
  if ('error' in asked) return { ...NOBODY, error: asked.error };
  const { user, organization, organizationId, instanceUrl, apiVersion } = asked.value;
  return {
    user,
    organization: organization?.name ?? null,
    organizationId,
    kind: organization && (organization.isSandbox ? 'sandbox' : 'production'),
    edition: organization?.edition ?? null,
    instanceUrl,
    apiVersion,
    error: null,
  };
}

const ACCOUNT_KINDS: Readonly<Record<string, string>> = {
  STANDARD: 'Standard account',
  SANDBOX: 'Sandbox',
  DEVELOPER_TEST: 'Developer test account',
  APP_DEVELOPER: 'Developer account',
};

function hubspotView(asked: Reached<HubSpotAccess>): ConnectionView['hubspot'] {
  if ('error' in asked) return { portalId: null, kind: null, error: asked.error };
  const { portalId, accountType } = asked.value;
  return { portalId, kind: ACCOUNT_KINDS[accountType] ?? accountType, error: null };
}
