// The calls about field mappings: what can be mapped and what goes together, what a mapping would do to real records,
// how filled its fields are, making the HubSpot property, and mappings as text. Part of the contract (contract.ts).
import { z } from 'zod';
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';
import { CHOOSABLE_RULES } from '../engine/rules.ts';
import { choosableRuleSchema, valueMapSchema } from '../engine/settings.ts';

export const mappingViewSchema = z.object({
  hubspotProperty: z.string(),
  hubspotLabel: z.string(),
  hubspotType: z.string(),
  leadField: z.string().nullable(),
  leadLabel: z.string().nullable(),
  contactField: z.string().nullable(),
  contactLabel: z.string().nullable(),
  rule: z.enum([...CHOOSABLE_RULES, 'optOut', 'mirror']),
  ruleLabel: z.string(),
  kind: z.enum(['default', 'custom']),
  /** Default mappings whose rule is fixed too (owner, opt-out, account id). */
  ruleLocked: z.boolean(),
  valueMap: valueMapSchema,
  /** Whether the map is the one that comes with a default mapping, not an admin's. */
  valueMapIsDefault: z.boolean(),
  /** What is wrong or risky with it now, in a sentence: a missing field, a type that needs care. */
  problem: z.object({ severity: z.enum(['warning', 'error']), sentence: z.string() }).nullable(),
});
export type MappingView = z.infer<typeof mappingViewSchema>;

const fieldChoiceSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** The type in words, for the dropdown: "Single-line text", "Picklist", … */
  type: z.string(),
  readOnly: z.boolean(),
});
export type FieldChoice = z.infer<typeof fieldChoiceSchema>;

const mappingVerdictSchema = z.object({
  /** `ok`: fine. `warning`: allowed, read the sentence. `refused`: cannot be mapped. */
  verdict: z.enum(['ok', 'warning', 'refused']),
  /** One sentence for each thing to know; empty when all is fine. */
  sentences: z.array(z.string()),
});
export type MappingVerdict = z.infer<typeof mappingVerdictSchema>;

const partnersSchema = z.object({
  /** Why they can't be mapped, or what to know; fields that are in no group just go together. */
  groups: z.array(
    z.object({
      verdict: z.enum(['warning', 'refused']),
      sentence: z.string(),
      names: z.array(z.string()),
    }),
  ),
});
/** What goes together with the fields chosen so far, for one list of fields. */
export type FieldPartners = z.infer<typeof partnersSchema>;

const name = z.string().min(1).max(255);
const fields = { leadField: name.nullable(), contactField: name.nullable() };

const optionSchema = z.object({ value: z.string(), label: z.string() });
export type ValueOption = z.infer<typeof optionSchema>;

const sampleSchema = z.object({
  /** Name or e-mail address; null where the contact has neither. */
  who: z.string().nullable(),
  object: z.enum(SALESFORCE_OBJECTS),
  hubspotValue: z.string().nullable(),
  salesforceValue: z.string().nullable(),
  /** What would happen to it, in a sentence, by rule. */
  effects: z.record(choosableRuleSchema, z.string()),
});
export type MappingSample = z.infer<typeof sampleSchema>;

const filledSchema = z.object({
  total: z.number(),
  /** Null: that CRM can't count it. */
  filled: z.number().nullable(),
});
export type Filled = z.infer<typeof filledSchema>;

const wantedMappingSchema = z.object({
  kind: z.enum(['default', 'custom']),
  hubspotProperty: name,
  ...fields,
  rule: z.enum([...CHOOSABLE_RULES, 'optOut', 'mirror']),
  valueMap: valueMapSchema,
  valueMapIsDefault: z.boolean(),
});

const lineErrorSchema = z.object({
  /** Of the text, the first is 1; of JSON, the place in the list. */
  line: z.number(),
  field: z.string(),
  value: z.string(),
  message: z.string(),
  fix: z.string(),
});
export type MappingLineError = z.infer<typeof lineErrorSchema>;

/** What HubSpot lets a property be called. */
const propertyNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,98}$/,
    'A name is lower-case letters, digits and underscores, and starts with a letter.',
  );
const salesforceFieldSchema = z.object({ object: z.enum(SALESFORCE_OBJECTS), field: name });

export const MAPPING_CALLS = {
  'get-mapping-choices': {
    parameters: z.object({}),
    answer: z.object({
      hubspotProperties: z.array(fieldChoiceSchema),
      leadFields: z.array(fieldChoiceSchema),
      contactFields: z.array(fieldChoiceSchema),
    }),
  },
  'check-mapping': {
    parameters: z.object({
      hubspotProperty: z.string(),
      leadField: z.string().nullable(),
      contactField: z.string().nullable(),
      rule: choosableRuleSchema.default('preferSalesforceUnlessBlank'),
    }),
    answer: mappingVerdictSchema,
  },
  'get-field-partners': {
    parameters: z.object({
      hubspotProperty: name.nullable(),
      ...fields,
      rule: choosableRuleSchema.default('preferSalesforceUnlessBlank'),
    }),
    answer: z.object({
      /** Each side beside what is chosen on the other; no groups where nothing is. */
      hubspotProperties: partnersSchema,
      leadFields: partnersSchema,
      contactFields: partnersSchema,
    }),
  },
  'get-mapping-options': {
    parameters: z.object({ hubspotProperty: name, ...fields }),
    answer: z.object({
      /** Null: values are not chosen from a list. */
      hubspot: z.array(optionSchema).nullable(),
      /** Of the lead field and the contact field together. */
      salesforce: z.array(optionSchema).nullable(),
    }),
  },
  'get-mapping-samples': {
    parameters: z.object({
      hubspotProperty: name,
      ...fields,
      valueMap: valueMapSchema,
      valueMapIsDefault: z.boolean().default(false),
    }),
    answer: z.object({
      samples: z.array(sampleSchema),
      /** Pairs that were looked at for them. */
      looked: z.number(),
      /** What each rule does where both sides differ and where one is blank, in sentences. */
      examples: z.record(choosableRuleSchema, z.array(z.string())),
      /** The values of the examples are from real records, not made up. */
      examplesAreReal: z.boolean(),
    }),
  },
  'get-field-usage': {
    parameters: z.object({ hubspotProperty: name.nullable(), ...fields }),
    /** Null where nothing is chosen. */
    answer: z.object({
      hubspot: filledSchema.nullable(),
      lead: filledSchema.nullable(),
      contact: filledSchema.nullable(),
    }),
  },
  'get-property-proposal': {
    parameters: salesforceFieldSchema,
    answer: z.object({
      name: z.string(),
      label: z.string(),
      /** In words. */
      type: z.string(),
      /** How many options it gets from the picklist. */
      options: z.number(),
      groups: z.array(z.object({ name: z.string(), label: z.string() })),
    }),
  },
  'create-property': {
    parameters: salesforceFieldSchema.extend({
      name: propertyNameSchema,
      label: z.string().trim().min(1, 'Give it a label.').max(255),
      group: name,
    }),
    answer: z.object({ name: z.string() }),
  },
  'write-mappings': {
    parameters: z.object({
      format: z.enum(['csv', 'json']),
      mappings: z.array(wantedMappingSchema).max(5_000),
    }),
    answer: z.object({ text: z.string(), mappings: z.number() }),
  },
  'read-mappings': {
    parameters: z.object({ text: z.string().min(1).max(2_000_000) }),
    answer: z.object({
      /** As they would be saved, with labels and what is wrong with each. */
      mappings: z.array(z.object({ line: z.number(), mapping: mappingViewSchema })),
      errors: z.array(lineErrorSchema),
    }),
  },
} as const;
