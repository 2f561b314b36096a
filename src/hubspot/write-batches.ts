// Writes inputs in batches so that each gets its own outcome, whatever HubSpot does with the batch: takes
// all of it, takes part of it (207), or refuses the whole batch because of one input, which is then found
// by halving. A batch that fails altogether never costs the outcomes of the others.
import { CallFailed, RateLimited, Unauthorized, Unavailable } from '../engine/failures.ts';
import { chunksOf, mapConcurrently } from '../http/chunks.ts';
import { HubSpotRejected, type HubSpotErrorBody } from './answers.ts';
import type { HubSpotWriteOutcome } from './port.ts';
import { contextTexts, recordErrorOf, recordErrorOfFailure } from './record-errors.ts';

export const BATCH_SIZE = 100;
export const BATCHES_AT_ONCE = 4;

/** HubSpot tells the inputs of a batch apart by this id, and only with it takes batches in part (hubspot-api §2.1). */
export interface Traced<Input> {
  readonly input: Input;
  readonly objectWriteTraceId: string;
}

export interface BatchResult {
  readonly id: string;
  readonly updatedAt: Date;
  readonly objectWriteTraceId?: string;
  readonly properties?: Readonly<Record<string, string | null>>;
}

export interface BatchAnswer {
  readonly results: readonly BatchResult[];
  readonly errors?: readonly HubSpotErrorBody[];
}

/** One kind of batch write. */
export interface BatchWrite<Input> {
  send(batch: readonly Traced<Input>[]): Promise<BatchAnswer>;
  /** Recognizes an input's result where HubSpot left the trace id out. */
  isResultOf(input: Input, result: BatchResult): boolean;
  /** Whether the input sets the property. */
  sets(input: Input, property: string): boolean;
}

type Outcomes = Map<string, HubSpotWriteOutcome>;

/** Refusals that say something about an input; others are about the call. */
const BLAMES_AN_INPUT = new Set([400, 409, 413, 414]);
/** Refusals of a property rather than of its value: every input that sets it is guilty. */
const BLAMES_THE_PROPERTY = new Set(['PROPERTY_DOESNT_EXIST', 'READ_ONLY_VALUE']);

/** Outcomes in the order of the inputs. Throws `Unauthorized` when nothing could be written because of it. */
export async function writeEach<Input>(
  inputs: readonly Input[],
  write: BatchWrite<Input>,
): Promise<HubSpotWriteOutcome[]> {
  const traced = inputs.map((input, index) => ({ input, objectWriteTraceId: `input-${index}` }));
  let over: CallFailed | null = null;
  const outcomes = await mapConcurrently(
    chunksOf(traced, BATCH_SIZE),
    BATCHES_AT_ONCE,
    async (batch): Promise<Outcomes> => {
      if (over) return everyInput(batch, over);
      try {
        return await settle(batch, write, (failure) => {
          over = failure;
        });
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        return everyInput(batch, error);
      }
    },
  );
  const settled: Outcomes = new Map(outcomes.flatMap((some) => [...some]));
  throwIfRefusedThroughout(over, settled);
  return traced.map(({ objectWriteTraceId }) => {
    const outcome = settled.get(objectWriteTraceId);
    if (!outcome) throw new Error('an input of a batch was left without an outcome');
    return outcome;
  });
}

function throwIfRefusedThroughout(over: CallFailed | null, settled: Outcomes): void {
  if (over instanceof Unauthorized && [...settled.values()].every(({ ok }) => !ok)) throw over;
}

async function settle<Input>(
  batch: readonly Traced<Input>[],
  write: BatchWrite<Input>,
  onOutage: (failure: CallFailed) => void,
): Promise<Outcomes> {
  if (batch.length === 0) return new Map();
  let answer: BatchAnswer;
  try {
    answer = await write.send(batch);
  } catch (error) {
    if (error instanceof HubSpotRejected) return settleRejected(batch, error, write, onOutage);
    if (!(error instanceof CallFailed)) throw error;
    if (isOutage(error)) onOutage(error);
    return everyInput(batch, error);
  }
  const outcomes = outcomesIn(answer, batch, write);
  const open = batch.filter(({ objectWriteTraceId }) => !outcomes.has(objectWriteTraceId));
  if (open.length === 0) return outcomes;
  // HubSpot left out which input it means: asked about fewer at a time, it has to say.
  const [only] = open;
  if (only && batch.length === 1) {
    const [error] = answer.errors ?? [];
    return new Map([[only.objectWriteTraceId, refused(error ?? { message: 'no result' })]]);
  }
  const rest =
    open.length === batch.length
      ? await settleHalves(open, write, onOutage)
      : await settle(open, write, onOutage);
  return new Map([...outcomes, ...rest]);
}

async function settleRejected<Input>(
  batch: readonly Traced<Input>[],
  rejection: HubSpotRejected,
  write: BatchWrite<Input>,
  onOutage: (failure: CallFailed) => void,
): Promise<Outcomes> {
  const outcome = refused(rejection.body, rejection.code);
  const all = (inputs: readonly Traced<Input>[]): Outcomes =>
    new Map(inputs.map(({ objectWriteTraceId }) => [objectWriteTraceId, outcome]));
  if (batch.length === 1 || !BLAMES_AN_INPUT.has(rejection.status)) return all(batch);
  const { code, fields } = outcome.error;
  if (BLAMES_THE_PROPERTY.has(code)) {
    const isGuilty = ({ input }: Traced<Input>): boolean =>
      fields.some((property) => write.sets(input, property));
    const guilty = batch.filter(isGuilty);
    if (guilty.length > 0) {
      const innocent = batch.filter((input) => !isGuilty(input));
      return new Map([...all(guilty), ...(await settle(innocent, write, onOutage))]);
    }
  }
  return settleHalves(batch, write, onOutage);
}

async function settleHalves<Input>(
  batch: readonly Traced<Input>[],
  write: BatchWrite<Input>,
  onOutage: (failure: CallFailed) => void,
): Promise<Outcomes> {
  const halves = chunksOf(batch, Math.ceil(batch.length / 2));
  const settled = await Promise.all(halves.map((half) => settle(half, write, onOutage)));
  return new Map(settled.flatMap((outcomes) => [...outcomes]));
}

function outcomesIn<Input>(
  { results, errors = [] }: BatchAnswer,
  batch: readonly Traced<Input>[],
  write: BatchWrite<Input>,
): Outcomes {
  const traces = new Set(batch.map(({ objectWriteTraceId }) => objectWriteTraceId));
  const outcomes: Outcomes = new Map();
  for (const result of results) {
    const trace =
      result.objectWriteTraceId !== undefined && traces.has(result.objectWriteTraceId)
        ? result.objectWriteTraceId
        : batch.find(({ input }) => write.isResultOf(input, result))?.objectWriteTraceId;
    const written = {
      ok: true,
      id: result.id,
      modifiedAt: result.updatedAt.toISOString(),
    } as const;
    if (trace !== undefined) outcomes.set(trace, written);
  }
  for (const error of errors) {
    const ids = new Set(contextTexts(error.context, 'ids'));
    const blamed = [
      ...contextTexts(error.context, 'objectWriteTraceId'),
      ...batch.filter(({ input }) => names(input, ids)).map((traced) => traced.objectWriteTraceId),
    ];
    for (const trace of blamed) {
      if (traces.has(trace) && !outcomes.has(trace)) outcomes.set(trace, refused(error));
    }
  }
  return outcomes;
}

function names(input: unknown, ids: ReadonlySet<string>): boolean {
  return typeof input === 'object' && input !== null && 'id' in input && ids.has(String(input.id));
}

function refused(body: HubSpotErrorBody, category?: string): HubSpotWriteOutcome & { ok: false } {
  const known = body.category ?? category;
  return {
    ok: false,
    error: recordErrorOf(known === undefined ? body : { ...body, category: known }),
  };
}

function everyInput<Input>(batch: readonly Traced<Input>[], failure: CallFailed): Outcomes {
  const error = recordErrorOfFailure(failure);
  return new Map(batch.map(({ objectWriteTraceId }) => [objectWriteTraceId, { ok: false, error }]));
}

/** After these the next batch would fare no better. */
function isOutage(failure: CallFailed): boolean {
  return (
    failure instanceof RateLimited ||
    failure instanceof Unavailable ||
    failure instanceof Unauthorized
  );
}
