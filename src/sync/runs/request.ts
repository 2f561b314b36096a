// What somebody asks a run to do: its kind, and which records. Stored with the run and checked when it is
// started and when it is worked on, since an older Tandem may have written it.
import { z } from 'zod';
import { SALESFORCE_OBJECTS } from '../../engine/fields.ts';
import { REASON_CATEGORIES } from '../../engine/reasons/text.ts';
import type { RunKind } from '../../store/runs-port.ts';

const everything = z.object({}).strict();

/** What the list, campaign or mapping was called when it was chosen; only for people to read. */
const name = z.string().max(500).optional();

/** Contacts one run may be asked for by id: what a person can pick. */
const MOST_PICKED = 10_000;

export const runRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('import'),
    /** All leads and contacts unless it says otherwise. */
    scope: z
      .object({
        object: z.enum(SALESFORCE_OBJECTS).nullable().default(null),
        /** Which of that object's records: SOQL as it stands after WHERE. */
        condition: z.string().trim().min(1).max(4_000).nullable().default(null),
        /** The members of this campaign and nobody else. */
        campaignId: z
          .string()
          .regex(/^701[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/, 'A campaign id starts with 701.')
          .nullable()
          .default(null),
        name,
      })
      .strict()
      .refine(({ object, condition }) => condition === null || object !== null, {
        message: 'A condition needs to say whose: leads or contacts.',
        path: ['object'],
      })
      .refine(({ object, campaignId }) => campaignId === null || object === null, {
        message: 'Choose a campaign or an object, not both.',
        path: ['campaignId'],
      }),
  }),
  z.object({ kind: z.literal('push'), scope: everything }),
  z.object({
    kind: z.literal('list'),
    scope: z.object({ listId: z.string().min(1, 'Say which list.'), name }).strict(),
  }),
  z.object({ kind: z.literal('everything'), scope: everything }),
  z.object({
    kind: z.literal('backfill'),
    /** HubSpot property of the mapping. */
    scope: z
      .object({
        hubspotProperty: z.string().min(1, 'Say which mapping, by its HubSpot property.'),
        name,
      })
      .strict(),
  }),
  z.object({ kind: z.literal('reconcile'), scope: everything }),
  z.object({
    kind: z.literal('retry'),
    /** Null: whatever the reason. */
    scope: z
      .object({
        categories: z.array(z.enum(REASON_CATEGORIES)).min(1).nullable(),
        /** Whoever waited while sync was paused, and nobody else. */
        afterPause: z.boolean().optional(),
      })
      .strict(),
  }),
  z.object({
    kind: z.literal('records'),
    scope: z
      .object({
        hubspotIds: z
          .array(z.string().regex(/^\d+$/, 'A HubSpot contact id is digits only.'))
          .min(1, 'Say at least one contact.')
          .max(MOST_PICKED),
      })
      .strict(),
  }),
  z.object({ kind: z.literal('formulas'), scope: everything }),
  z.object({
    kind: z.literal('undo'),
    scope: z
      .object({
        /** The run whose writes are taken back. */
        runId: z.string().regex(/^\d{1,18}$/, 'The number of a run is digits only.'),
        name,
      })
      .strict(),
  }),
]);
export type RunRequest = z.infer<typeof runRequestSchema>;
/** As somebody may write it, with what goes without saying left out. */
export type RunRequestInput = z.input<typeof runRequestSchema>;

/** The scope of a run over all there are, for the kinds that know one. */
export const wholeScope = (kind: RunKind): RunRequest['scope'] =>
  runRequestSchema.parse({ kind, scope: {} }).scope;
