// From a change event's bytes to the keys of the records it is about. Of the whole event only the header is
// looked at; what it can't say with certainty is a gap. Tandem's own writes name nobody: reading everything it
// writes once more would double its calls, and polling sees those rows all the same, with whatever an automation
// made of them.
import avro, { type AvroType } from 'avro-js/lib/schemas.js';
import { z } from 'zod';
import { CLIENT_NAME } from '../connection.ts';
import { SALESFORCE_OBJECTS } from '../../engine/fields.ts';
import type { RecordKey } from '../../engine/records.ts';

const eventSchema = z.object({
  ChangeEventHeader: z.object({
    entityName: z.string(),
    recordIds: z.array(z.string()),
    changeType: z.string(),
    changeOrigin: z.string().default(''),
  }),
});
const objectSchema = z.enum(SALESFORCE_OBJECTS);

export interface DecodedEvent {
  readonly keys: readonly RecordKey[];
  /** It happened, but what, or to whom, isn't told in full. */
  readonly isGap: boolean;
}

const NOT_READABLE: DecodedEvent = { keys: [], isGap: true };
const RECORD_ID = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;
/** Stands for everything that happened to an object. */
const NOBODY = /^0{15}/;

/** Decodes events by the schema they name; a schema is loaded once. */
export class EventDecoder {
  readonly #types = new Map<string, AvroType | null>();

  /** Rejects when the schema can't be had; an event that can't be read is a gap. */
  async decode(
    { schemaId, payload }: { readonly schemaId: string; readonly payload: Buffer },
    load: (schemaId: string) => Promise<string>,
  ): Promise<DecodedEvent> {
    let type = this.#types.get(schemaId);
    if (type === undefined) {
      type = typeOf(await load(schemaId));
      this.#types.set(schemaId, type);
    }
    return type === null ? NOT_READABLE : decoded(type, payload);
  }
}

function typeOf(json: string): AvroType | null {
  try {
    const schema: unknown = JSON.parse(json);
    return typeof schema === 'object' && schema !== null ? avro.createType(schema) : null;
  } catch {
    return null;
  }
}

function decoded(type: AvroType, payload: Buffer): DecodedEvent {
  let value: unknown;
  try {
    value = type.fromBuffer(payload);
  } catch {
    return NOT_READABLE;
  }
  const event = eventSchema.safeParse(value);
  if (!event.success) return NOT_READABLE;
  const { entityName, recordIds, changeType, changeOrigin } = event.data.ChangeEventHeader;
  const object = objectSchema.safeParse(entityName);
  const isOwn = changeOrigin.endsWith(`;client=${CLIENT_NAME}`);
  if (!object.success || isOwn) return { keys: [], isGap: false };
  const ids = recordIds.filter((id) => RECORD_ID.test(id) && !NOBODY.test(id));
  return {
    keys: ids.map((id) => ({ side: 'salesforce', object: object.data, id })),
    isGap: changeType.startsWith('GAP_') || ids.length < recordIds.length || ids.length === 0,
  };
}
