// The calls of the tab “Creating and deleting”: what a person would become by rules that aren't saved yet, which fields
// Salesforce insists on, and who owns records on either side. Part of the contract (contract.ts).
import { z } from 'zod';
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';
import { CREATE_IN_SALESFORCE, settingsSchema } from '../engine/settings.ts';
import { reasonViewSchema } from './shared-views.ts';

const clauseViewSchema = z.object({
  /** In words: “Industry is “Retail””. */
  sentence: z.string(),
  /** What the person has; null: blank. */
  value: z.string().nullable(),
  holds: z.boolean(),
});

const ruleViewSchema = z.object({
  /** From 1. */
  number: z.int(),
  holds: z.boolean(),
  becomes: z.enum(CREATE_IN_SALESFORCE),
  /** Null: the rule doesn't ask for an account. */
  account: z.object({ wanted: z.boolean(), has: z.boolean() }).nullable(),
  match: z.enum(['all', 'any']),
  clauses: z.array(clauseViewSchema),
});
export type TriedRule = z.infer<typeof ruleViewSchema>;

const requiredValueSchema = z.object({
  field: z.string(),
  label: z.string(),
  /** Null: Tandem has nothing for it, and Salesforce refuses the record. */
  value: z.string().nullable(),
  /** A template put it there, since HubSpot has nothing. */
  isFilledIn: z.boolean(),
});

export const triedCreationSchema = z.object({
  person: z
    .object({ contactId: z.string(), name: z.string().nullable(), email: z.string().nullable() })
    .nullable(),
  /** Why nothing is created now, whatever the rules say: already paired, no e-mail address, outside the segment. */
  meanwhile: z.string().nullable(),
  /** The rules in order, down to the one that decides; the others aren't asked. */
  rules: z.array(ruleViewSchema),
  /** Number of the rule that decides; null: none, so the choice for everybody else does. */
  decidedBy: z.int().nullable(),
  outcome: z.enum(['lead', 'contact', 'nothing', 'waits']),
  /** Why nothing is created, or what is waited for. */
  reason: reasonViewSchema.nullable(),
  /** Id of the account that a contact gets. */
  accountId: z.string().nullable(),
  required: z.array(requiredValueSchema),
  /** How many more fields are filled. */
  others: z.int(),
});
export type TriedCreation = z.infer<typeof triedCreationSchema>;

const requiredFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** In words. */
  type: z.string(),
  objects: z.array(z.enum(SALESFORCE_OBJECTS)),
  /** Label of the HubSpot property that is mapped to it; null: none is on either object. */
  mappedTo: z.string().nullable(),
  /** Objects on which no mapping fills it. */
  unmappedOn: z.array(z.enum(SALESFORCE_OBJECTS)),
  /** What it takes: labels of options; empty where anything goes. */
  options: z.array(z.string()),
  /** Whether a template's text can fill it at all. */
  takesText: z.boolean(),
});
export type RequiredField = z.infer<typeof requiredFieldSchema>;

const tellingSchema = z.object({
  /** Null: the template is fine. */
  problem: z.string().nullable(),
  /** What the sample contact would get; null: nothing that the field takes. */
  example: z.string().nullable(),
});

const ownerViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  /** Deactivated in HubSpot. */
  archived: z.boolean(),
  /** The user with the same e-mail address. */
  sameEmail: z.string().nullable(),
  /** Contacts that this owner has; null: not counted. */
  contacts: z.int().nullable(),
});
export type OwnerView = z.infer<typeof ownerViewSchema>;

const holderViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  kind: z.enum(['user', 'queue']),
  isActive: z.boolean(),
});
export type HolderView = z.infer<typeof holderViewSchema>;

const creationSchema = settingsSchema.shape.creation;

export const CREATION_CALLS = {
  'try-creation': {
    parameters: z.object({
      /** As somebody is editing it. */
      creation: creationSchema,
      who: z.discriminatedUnion('of', [
        z.object({ of: z.literal('contact'), contactId: z.string().min(1).max(64) }),
        z.object({
          of: z.literal('values'),
          properties: z.record(z.string().max(255), z.string().max(65_536)),
          hasAccount: z.boolean(),
        }),
      ]),
    }),
    answer: triedCreationSchema,
  },
  'get-required-fields': {
    parameters: z.object({}),
    /** By label. */
    answer: z.object({ fields: z.array(requiredFieldSchema) }),
  },
  'try-templates': {
    parameters: z.object({
      templates: z.record(z.string().max(255), z.string().max(5_000)),
      /** Null: any contact. */
      contactId: z.string().min(1).max(64).nullable(),
    }),
    answer: z.object({
      /** Whose values the examples are made of; null: there is nobody. */
      sample: z.object({ contactId: z.string(), name: z.string() }).nullable(),
      /** By field. */
      templates: z.record(z.string(), tellingSchema),
    }),
  },
  'get-owners': {
    parameters: z.object({}),
    answer: z.object({
      owners: z.array(ownerViewSchema),
      /** Users and queues, active ones first. */
      holders: z.array(holderViewSchema),
    }),
  },
} as const;
