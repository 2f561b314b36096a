// Batch writes in which every input gets its own outcome. HubSpot does that itself for inputs that carry
// an `objectWriteTraceId`; where it refuses a whole batch all the same, the batch is halved until only the
// guilty inputs are refused.
import type { RecordError } from '../engine/errors.ts';
import { CallFailed, Unauthorized } from '../engine/failures.ts';
import { chunksOf, eachChunk } from './chunks.ts';
import { errorBodySchema, lostChunk, recordErrorOf } from './errors.ts';
import type { HubSpotWriteOutcome } from './port.ts';

export interface TracedInput<Input> {
  readonly traceId: string;
  readonly input: Input;
}

export interface BatchAnswer {
  /** `told` is what tells an input again when the answer doesn't repeat its trace id. */
  readonly written: readonly {
    readonly traceId: string | undefined;
    readonly id: string;
    readonly modifiedAt: string;
    readonly told: string | null;
  }[];
  readonly errors: readonly {
    readonly traceIds: readonly string[];
    readonly ids: readonly string[];
    readonly error: RecordError;
  }[];
}

/** Outcomes in the order of the inputs. `tell` names what an answer can be matched by without a trace id. */
export async function writeEach<Input>(
  inputs: readonly Input[],
  batchSize: number,
  send: (chunk: readonly TracedInput<Input>[]) => Promise<BatchAnswer>,
  tell: (input: Input) => string | null,
): Promise<HubSpotWriteOutcome[]> {
  const traced = inputs.map((input, index): TracedInput<Input> => ({
    traceId: String(index),
    input,
  }));
  const outcomes = await eachChunk(chunksOf(traced, batchSize), (chunk) =>
    writeChunk(chunk, send, tell),
  );
  return outcomes.flat();
}

async function writeChunk<Input>(
  chunk: readonly TracedInput<Input>[],
  send: (chunk: readonly TracedInput<Input>[]) => Promise<BatchAnswer>,
  tell: (input: Input) => string | null,
): Promise<HubSpotWriteOutcome[]> {
  let answer: BatchAnswer;
  try {
    answer = await send(chunk);
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === null) {
      if (error instanceof Unauthorized) throw error;
      const lost = lostChunk(error);
      return chunk.map(() => ({ ok: false, error: lost }));
    }
    if (chunk.length === 1) return [{ ok: false, error: refused }];
    const middle = Math.ceil(chunk.length / 2);
    return [
      ...(await writeChunk(chunk.slice(0, middle), send, tell)),
      ...(await writeChunk(chunk.slice(middle), send, tell)),
    ];
  }
  const writtenBy = new Map<string, BatchAnswer['written'][number]>(
    answer.written.flatMap((one) => [
      [`trace ${one.traceId ?? ''}`, one] as const,
      [`told ${one.told ?? ''}`, one] as const,
    ]),
  );
  const errorBy = new Map<string, RecordError>(
    answer.errors.flatMap(({ traceIds, ids, error }) => [
      ...traceIds.map((id) => [`trace ${id}`, error] as const),
      ...ids.map((id) => [`told ${id}`, error] as const),
    ]),
  );
  return chunk.map(({ traceId, input }): HubSpotWriteOutcome => {
    const told = `told ${tell(input) ?? ''}`;
    const error = errorBy.get(`trace ${traceId}`) ?? errorBy.get(told);
    if (error) return { ok: false, error };
    const written = writtenBy.get(`trace ${traceId}`) ?? writtenBy.get(told);
    return written
      ? { ok: true, id: written.id, modifiedAt: written.modifiedAt }
      : { ok: false, error: UNANSWERED };
  });
}

/** HubSpot answered, but not about this input: what became of it is found by looking again. */
const UNANSWERED: RecordError = {
  code: 'UNANSWERED',
  message: 'HubSpot’s answer does not mention this record.',
  fields: [],
  existingId: null,
  retryable: true,
};

/** What HubSpot said when it refused a batch as a whole; null when the call failed in another way. */
function refusalOf(error: unknown): RecordError | null {
  if (error instanceof CallFailed) return null;
  if (
    typeof error !== 'object' ||
    error === null ||
    !('code' in error) ||
    typeof error.code !== 'number'
  )
    throw error;
  const body = errorBodySchema.safeParse('body' in error ? error.body : undefined);
  return body.success
    ? recordErrorOf(body.data)
    : {
        code: `STATUS_${error.code}`,
        message: `HubSpot answered with status ${error.code}.`,
        fields: [],
        existingId: null,
        retryable: false,
      };
}
