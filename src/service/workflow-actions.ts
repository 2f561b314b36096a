// The workflow action "Sync to Salesforce now" (app/workflow-actions): HubSpot calls it for each contact that comes to it
// in a workflow, and hands what it answers on to the actions behind it. It is the contract's `sync-now`, by nobody in
// particular.
//
// HubSpot signs these requests the older way (v2), which has no time in it. One that is sent again syncs the same contact
// again, which changes nothing that the next sync wouldn't.
import { Router } from 'express';
import { z } from 'zod';
import { syncResultSchema } from '../api/card-contract.ts';
import type { Caller } from '../api/caller.ts';
import type { Answer, ApiError } from '../api/contract.ts';
import { handleCall } from '../api/handle.ts';
import type { ApiServices } from '../api/services.ts';
import { isRequestSigned, rawBody, textOf, type Signed } from './signed-request.ts';

/** Nobody in particular: history says that it was a workflow. */
const WORKFLOW: Caller = { userId: 'workflow', email: 'a workflow' };

export interface WorkflowActionOptions extends Signed {
  readonly services: ApiServices;
  readonly portalId: string | null;
}

const executionSchema = z.object({
  origin: z.object({ portalId: z.coerce.string() }),
  object: z.object({ objectId: z.coerce.string(), objectType: z.string() }),
});

/** The names are those of `outputFields` in the action's metadata. */
interface Outputs {
  readonly outcome: string;
  readonly sentence: string;
  readonly salesforceId: string;
  readonly hs_execution_state: 'SUCCESS' | 'FAIL_CONTINUE';
}

/** Errors that pass by themselves: HubSpot tries again later. */
const PASSING: ReadonlyMap<string, number> = new Map([
  ['RATE_LIMITED', 429],
  ['CRM_UNAVAILABLE', 503],
]);

const failedWith = ({ message, fix }: ApiError): Outputs => ({
  outcome: 'failed',
  sentence: [message, fix].filter((part) => part !== null).join(' '),
  salesforceId: '',
  hs_execution_state: 'FAIL_CONTINUE',
});

function doneWith(value: unknown): Outputs {
  const { outcome, sentence, record } = syncResultSchema.parse(value);
  return {
    outcome,
    sentence,
    salesforceId: record.salesforce?.id ?? '',
    hs_execution_state: 'SUCCESS',
  };
}

function executionIn(text: string): z.output<typeof executionSchema> | null {
  try {
    return executionSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export function workflowActions({ services, portalId, ...signed }: WorkflowActionOptions): Router {
  const router = Router();
  router.post('/workflow-actions/sync-now', rawBody, async (request, response) => {
    if (!isRequestSigned(request, { ...signed, orV2: true })) {
      response.status(401).json({ message: 'not signed by HubSpot' });
      return;
    }
    const execution = executionIn(textOf(request));
    if (execution?.object.objectType !== 'CONTACT') {
      response.status(400).json({ message: 'not an execution for a contact' });
      return;
    }
    if (execution.origin.portalId !== portalId) {
      response.status(403).json({ message: 'another portal' });
      return;
    }
    const parameters = { contactId: execution.object.objectId };
    const answer: Answer<unknown> = await handleCall('sync-now', parameters, services, WORKFLOW);
    if (answer.ok) {
      response.json({ outputFields: doneWith(answer.value) });
      return;
    }
    const status = PASSING.get(answer.error.code) ?? 200;
    response.status(status).json({ outputFields: failedWith(answer.error) });
  });
  return router;
}
