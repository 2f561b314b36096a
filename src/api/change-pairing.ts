// The call that pins or breaks a pair, and what to tell when it cannot be done.
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import { changePairing, type PairingOutcome } from '../sync/pairing.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Caller } from './caller.ts';
import type { ApiError, RecordView } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { recordView } from './record-view.ts';

type Refusal = Extract<PairingOutcome, { ok: false }>['why'];

const REFUSALS: Readonly<Record<Refusal, ApiError>> = {
  recordNotFound: {
    code: 'RECORD_NOT_FOUND',
    message: 'Salesforce has no such lead or contact, it was converted, or Tandem may not see it.',
    fix: 'Copy the id of an open lead or a contact from its address in Salesforce.',
    field: 'salesforceId',
  },
  contactNotFound: {
    code: 'CONTACT_NOT_FOUND',
    message: 'HubSpot has no such contact.',
    fix: null,
    field: 'contactId',
  },
  notPaired: {
    code: 'NOT_PAIRED',
    message: 'This contact is not paired with a Salesforce record.',
    fix: null,
    field: null,
  },
  changed: {
    code: 'CHANGED_MEANWHILE',
    message: 'The record was being synced at this very moment.',
    fix: 'Try again.',
    field: null,
  },
};

export async function pairingChanged(
  pipeline: Pipeline,
  contactId: string,
  salesforceId: string | null,
  caller: Caller | null = null,
): Promise<RecordView> {
  const id = salesforceId === null ? null : salesforceId18(salesforceId);
  const outcome = await changePairing(pipeline, contactId, id, caller?.email);
  if (!outcome.ok) throw new ApiFailure(REFUSALS[outcome.why]);
  return recordView(pipeline, contactId);
}
