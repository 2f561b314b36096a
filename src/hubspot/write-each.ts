// Batch writes in which every input gets its own outcome. HubSpot does that itself for inputs that carry
// an `objectWriteTraceId`; where it refuses a whole batch all the same, the batch is halved until only the
// guilty inputs are refused. A batch that fails altogether never costs the outcomes of the others.
import type { RecordError } from '../engine/errors.ts';
import { CallFailed, Unauthorized } from '../engine/failures.ts';
import { chunksOf, eachChunk } from './chunks.ts';
import {
  contextTexts,
  errorBodySchema,
  lostChunk,
  recordErrorOf,
  type ErrorBody,
} from './errors.ts';
import type { HubSpotWriteOutcome } from './port.ts';
import { AnswerLost } from './transport.ts';

/** Inputs of one batch (hubspot-api §2.1). */
export const BATCH = 100;

export interface TracedInput<Input> {
  readonly traceId: string;
  readonly input: Input;
}

export interface BatchAnswer {
  /** `told` is what tells an input again when the answer doesn't repeat its trace id. */
  readonly written: readonly {
    readonly traceId?: string | undefined;
    readonly id: string;
    readonly modifiedAt: string;
    readonly told: string | null;
  }[];
  readonly errors: readonly ErrorBody[];
}

/** One kind of batch write. */
export interface BatchWrite<Input> {
  send(chunk: readonly TracedInput<Input>[]): Promise<BatchAnswer>;
  /** What an answer or an error can be matched by without a trace id. */
  tell(input: Input): string | null;
  properties(input: Input): Readonly<Record<string, unknown>>;
}

type Outcomes = ReadonlyMap<string, HubSpotWriteOutcome>;

/** Refusals that may be one input's fault; others are about the call. */
const BLAMES_AN_INPUT = new Set([400, 409, 413, 414]);
/** Refusals of a property rather than of its value: every input that sets it is guilty. */
const BLAMES_THE_PROPERTY = new Set(['PROPERTY_DOESNT_EXIST', 'READ_ONLY_VALUE']);

/**
 * Outcomes in the order of the inputs. Throws `Unauthorized` when that is why nothing could be written;
 * every other failure is an outcome.
 */
export async function writeEach<Input>(
  inputs: readonly Input[],
  write: BatchWrite<Input>,
): Promise<HubSpotWriteOutcome[]> {
  const traced = inputs.map((input, index): TracedInput<Input> => ({
    traceId: String(index),
    input,
  }));
  const batches = new Batches(write);
  const settled = await eachChunk(chunksOf(traced, BATCH), (chunk) => batches.settle(chunk));
  const outcomes = new Map(settled.flatMap((some) => [...some]));
  const nothingWritten = ![...outcomes.values()].some(({ ok }) => ok);
  if (batches.over instanceof Unauthorized && nothingWritten) throw batches.over;
  return traced.map(({ traceId }) => {
    const outcome = outcomes.get(traceId);
    if (!outcome) throw new Error('an input of a batch was left without an outcome');
    return outcome;
  });
}

class Batches<Input> {
  readonly #write: BatchWrite<Input>;
  /** Why no further batch is sent: it would fare no better. */
  over: CallFailed | null = null;

  constructor(write: BatchWrite<Input>) {
    this.#write = write;
  }

  async settle(chunk: readonly TracedInput<Input>[]): Promise<Outcomes> {
    if (this.over) return refuseAll(chunk, lostChunk(this.over));
    let answer: BatchAnswer;
    try {
      answer = await this.#write.send(chunk);
    } catch (error) {
      if (!(error instanceof CallFailed)) return this.#settleRefused(chunk, refusalOf(error));
      // A lost answer says nothing about the next call.
      if (!(error instanceof AnswerLost)) this.over = error;
      return refuseAll(chunk, lostChunk(error));
    }
    const outcomes = this.#outcomesIn(answer, chunk);
    const open = chunk.filter(({ traceId }) => !outcomes.has(traceId));
    if (open.length === 0) return outcomes;
    // HubSpot didn't say which inputs it means. Asked about fewer at a time it has to.
    const [error] = answer.errors;
    const rest =
      chunk.length === 1
        ? refuseAll(chunk, error ? recordErrorOf(error) : UNANSWERED)
        : await (open.length === chunk.length ? this.#settleHalves(open) : this.settle(open));
    return new Map([...outcomes, ...rest]);
  }

  async #settleRefused(
    chunk: readonly TracedInput<Input>[],
    { status, error }: Refusal,
  ): Promise<Outcomes> {
    if (chunk.length === 1 || !BLAMES_AN_INPUT.has(status)) return refuseAll(chunk, error);
    if (BLAMES_THE_PROPERTY.has(error.code)) {
      const isGuilty = ({ input }: TracedInput<Input>): boolean =>
        error.fields.some((property) => property in this.#write.properties(input));
      const guilty = chunk.filter(isGuilty);
      const innocent = chunk.filter((traced) => !isGuilty(traced));
      if (guilty.length > 0) {
        const rest = innocent.length > 0 ? await this.settle(innocent) : [];
        return new Map([...refuseAll(guilty, error), ...rest]);
      }
    }
    return this.#settleHalves(chunk);
  }

  async #settleHalves(chunk: readonly TracedInput<Input>[]): Promise<Outcomes> {
    const halves = chunksOf(chunk, Math.ceil(chunk.length / 2));
    const settled = await Promise.all(halves.map((half) => this.settle(half)));
    return new Map(settled.flatMap((some) => [...some]));
  }

  #outcomesIn(answer: BatchAnswer, chunk: readonly TracedInput<Input>[]): Outcomes {
    const traces = new Set(chunk.map(({ traceId }) => traceId));
    const told = new Map<string, string>();
    for (const { traceId, input } of chunk) {
      const name = this.#write.tell(input);
      if (name !== null) told.set(name, traceId);
    }
    const outcomes = new Map<string, HubSpotWriteOutcome>();
    for (const { traceId, told: name, id, modifiedAt } of answer.written) {
      const trace = traceId ?? told.get(name ?? '');
      if (trace !== undefined) outcomes.set(trace, { ok: true, id, modifiedAt });
    }
    for (const body of answer.errors) {
      const named = contextTexts(body, 'ids').flatMap((name) => told.get(name) ?? []);
      for (const trace of [...contextTexts(body, 'objectWriteTraceId'), ...named]) {
        if (traces.has(trace)) outcomes.set(trace, { ok: false, error: recordErrorOf(body) });
      }
    }
    return outcomes;
  }
}

function refuseAll<Input>(chunk: readonly TracedInput<Input>[], error: RecordError): Outcomes {
  return new Map(chunk.map(({ traceId }) => [traceId, { ok: false, error }]));
}

/** HubSpot answered, but not about this input: what became of it is found by looking again. */
const UNANSWERED: RecordError = {
  code: 'UNANSWERED',
  message: 'HubSpot’s answer does not mention this record.',
  fields: [],
  existingId: null,
  retryable: true,
};

interface Refusal {
  readonly status: number;
  readonly error: RecordError;
}

/** What HubSpot said when it refused a batch as a whole: api-client's exception, with the parsed body. */
function refusalOf(exception: unknown): Refusal {
  if (
    typeof exception !== 'object' ||
    exception === null ||
    !('code' in exception) ||
    typeof exception.code !== 'number'
  )
    throw exception;
  const status = exception.code;
  const body = errorBodySchema.safeParse('body' in exception ? bodyOf(exception.body) : undefined);
  const error = body.success
    ? recordErrorOf(body.data)
    : {
        code: `STATUS_${status}`,
        message: `HubSpot answered with status ${status}.`,
        fields: [],
        existingId: null,
        retryable: false,
      };
  return { status, error };
}

/** The client leaves bodies of statuses it doesn't expect as text. */
function bodyOf(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
