// Carries out the inputs of a batch write. With a trace id on any of them each is committed or refused on
// its own, the refusal under `context.objectWriteTraceId` (an array with the id) and, for a taken e-mail,
// `context.existingId`: the shape of answers seen in the wild. Without, all are prepared before the first
// is committed, and what is wrong with any of them is thrown for all.
import {
  contactExists,
  contactsNotFound,
  invalidValues,
  type ErrorBody,
  type InvalidValue,
  type Refused,
} from '../errors.ts';
import type { ContactPresenter } from './present.ts';
import type { Claims, Prepared } from './writes.ts';

export type PreparedInput =
  | Prepared
  | { readonly kind: 'missing'; readonly id: string }
  | { readonly kind: 'refused'; readonly refusal: Refused };

export interface BatchInput {
  readonly traceId: string | undefined;
  /** Its results say whether the contact is new. */
  readonly isUpsert?: boolean;
  readonly prepare: (claims: Claims) => PreparedInput;
}

export interface BatchOutcome {
  readonly results: Record<string, unknown>[];
  readonly errors: Record<string, unknown>[];
}

type Ready = Extract<Prepared, { kind: 'ready' }>;

export function runBatch(inputs: readonly BatchInput[], presenter: ContactPresenter): BatchOutcome {
  return inputs.some(({ traceId }) => traceId !== undefined)
    ? eachOnItsOwn(inputs, presenter)
    : allOrNothing(inputs, presenter);
}

function allOrNothing(inputs: readonly BatchInput[], presenter: ContactPresenter): BatchOutcome {
  const claims: Claims = new Set();
  const ready: { input: BatchInput; prepared: Ready }[] = [];
  const invalid: InvalidValue[] = [];
  const missing: string[] = [];
  const refusals: Refused[] = [];
  for (const input of inputs) {
    const prepared = input.prepare(claims);
    if (prepared.kind === 'ready') ready.push({ input, prepared });
    else if (prepared.kind === 'invalid') invalid.push(...prepared.invalid);
    else if (prepared.kind === 'missing') missing.push(prepared.id);
    else if (prepared.kind === 'refused') refusals.push(prepared.refusal);
    else refusals.push(contactExists(prepared.existingId));
  }
  if (invalid.length > 0) throw invalidValues(invalid);
  const [refusal] = refusals;
  if (refusal) throw refusal;
  return {
    results: ready.map(({ input, prepared }) => resultOf(input, prepared, presenter)),
    errors: missing.length === 0 ? [] : [{ status: 'error', ...contactsNotFound(missing) }],
  };
}

function eachOnItsOwn(inputs: readonly BatchInput[], presenter: ContactPresenter): BatchOutcome {
  const results: Record<string, unknown>[] = [];
  const errors: Record<string, unknown>[] = [];
  for (const input of inputs) {
    const prepared = input.prepare(new Set());
    if (prepared.kind === 'ready') results.push(resultOf(input, prepared, presenter));
    else errors.push(errorOf(input, refusalOf(prepared)));
  }
  return { results, errors };
}

function refusalOf(prepared: Exclude<PreparedInput, Ready>): ErrorBody {
  switch (prepared.kind) {
    case 'invalid':
      return invalidValues(prepared.invalid).body;
    case 'conflict':
      return conflictOf(prepared.existingId);
    case 'missing':
      return contactsNotFound([prepared.id]);
    case 'refused':
      return prepared.refusal.body;
  }
}

/** Only in a batch does HubSpot give the other contact's id a place of its own. */
function conflictOf(existingId: string | null): ErrorBody {
  const { body } = contactExists(existingId);
  return existingId === null ? body : { ...body, context: { existingId: [existingId] } };
}

function errorOf({ traceId }: BatchInput, body: ErrorBody): Record<string, unknown> {
  const trace = traceId === undefined ? {} : { objectWriteTraceId: [traceId] };
  return { status: 'error', ...body, context: { ...body.context, ...trace } };
}

function resultOf(
  { traceId, isUpsert }: BatchInput,
  prepared: Ready,
  presenter: ContactPresenter,
): Record<string, unknown> {
  const row = prepared.commit();
  return {
    ...presenter.present(row, { properties: ['lifecyclestage', ...prepared.written] }),
    ...(traceId === undefined ? {} : { objectWriteTraceId: traceId }),
    ...(isUpsert === true ? { new: prepared.isNew } : {}),
  };
}
