// Whether a run can find what it was asked for: a list, a campaign, a condition, a mapping. Looked at before it
// is started, so that the person hears of it and not a worker at night. What was found gives its name to the run.
import { mappingsOf } from '../engine/mapping.ts';
import { CallRejected, Unavailable } from '../engine/failures.ts';
import { conditionOn, UnreadableCondition } from '../salesforce/soql-condition.ts';
import type { WithStore } from '../sync/runs/control.ts';
import type { RunRequest } from '../sync/runs/request.ts';
import type { Ports } from '../sync/workspace.ts';
import { ApiFailure } from './failure.ts';
import { checkedUndo } from './undo-run.ts';

/** What can be told without asking a CRM. */
export async function checkedHere(
  { ports: { store } }: WithStore,
  request: RunRequest,
): Promise<RunRequest> {
  switch (request.kind) {
    case 'import': {
      const { object, condition } = request.scope;
      if (object !== null && condition !== null) readable(() => conditionOn(object, condition));
      return request;
    }
    case 'backfill': {
      const { hubspotProperty } = request.scope;
      const mappings = mappingsOf((await store.settings.current()).settings);
      const mapping = mappings.find((known) => known.hubspotProperty === hubspotProperty);
      if (!mapping) {
        throw new ApiFailure({
          code: 'MAPPING_NOT_FOUND',
          message: `No mapping has the HubSpot property “${hubspotProperty}”.`,
          fix: 'Choose the property of a saved mapping; a new one has to be saved first.',
          field: 'request.scope.hubspotProperty',
        });
      }
      if (mapping.rule === 'off') {
        throw new ApiFailure({
          code: 'MAPPING_IS_OFF',
          message: `The mapping of “${hubspotProperty}” is on “Don’t sync”, so there is nothing to fill in.`,
          fix: 'Choose another sync rule for it first.',
          field: 'request.scope.hubspotProperty',
        });
      }
      return request;
    }
    case 'undo':
      return checkedUndo(store, request);
    case 'push':
    case 'list':
    case 'everything':
    case 'reconcile':
    case 'retry':
    case 'records':
    case 'formulas':
      return request;
  }
}

/** All of it; answers the request with the names of what it found. */
export async function checkedEverywhere(
  pipeline: { readonly ports: Ports },
  asked: RunRequest,
): Promise<RunRequest> {
  const request = await checkedHere(pipeline, asked);
  const { hubspot, salesforce } = pipeline.ports;
  if (request.kind === 'list') {
    const { listId } = request.scope;
    const list = await hubspot.lists.get(listId);
    if (list === null) {
      throw new ApiFailure({
        code: 'LIST_NOT_FOUND',
        message: `HubSpot has no list ${listId}, or Tandem may not read it.`,
        fix: 'Choose another list.',
        field: 'request.scope.listId',
      });
    }
    return { ...request, scope: { ...request.scope, name: list.name } };
  }
  if (request.kind !== 'import') return request;
  const { object, condition, campaignId } = request.scope;
  if (campaignId !== null) {
    const name = await salesforce.records.campaignName(campaignId);
    if (name === null) {
      throw new ApiFailure({
        code: 'CAMPAIGN_NOT_FOUND',
        message: `Salesforce has no campaign ${campaignId}, or Tandem may not see it.`,
        fix: 'Copy the id from the address of the campaign in Salesforce.',
        field: 'request.scope.campaignId',
      });
    }
    return { ...request, scope: { ...request.scope, name } };
  }
  if (object !== null && condition !== null)
    await taken(() => salesforce.records.count([object], condition));
  return request;
}

const CONDITION = 'request.scope.condition';

function readable(read: () => string): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof UnreadableCondition)) throw error;
    throw new ApiFailure({
      code: 'CONDITION_UNREADABLE',
      message: error.message,
      fix: "Write it as it would stand after WHERE, such as Status = 'Open' AND City = 'Bonn'.",
      field: CONDITION,
    });
  }
}

/** Whether fields exist and values fit is for Salesforce to say. Where it takes too long to count, the run itself will hear. */
async function taken(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (error instanceof Unavailable) return;
    if (!(error instanceof CallRejected)) throw error;
    throw new ApiFailure({
      code: 'CONDITION_REFUSED',
      message: `Salesforce refuses this condition: ${error.message}`,
      fix: 'Check the API names of the fields and that each value fits its field.',
      field: CONDITION,
    });
  }
}
