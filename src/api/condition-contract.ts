// The call about what a condition can look at: properties of HubSpot's contact, fields of a lead or contact, with the
// options there are to choose from. Part of the contract (contract.ts).
import { z } from 'zod';
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';

/** Which comparisons make sense, and how a value is entered. */
const CONDITION_KINDS = [
  'text',
  'number',
  'date',
  'dateTime',
  /** One of several. */
  'option',
  /** Any number of several. */
  'options',
  'checkbox',
] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

const conditionFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** The type in words. */
  type: z.string(),
  kind: z.enum(CONDITION_KINDS),
  /** Empty where a value is typed. */
  options: z.array(z.object({ value: z.string(), label: z.string() })),
});
export type ConditionFieldView = z.infer<typeof conditionFieldSchema>;

export const CONDITION_CALLS = {
  'get-condition-choices': {
    parameters: z.object({ of: z.enum(['HubSpot', ...SALESFORCE_OBJECTS]) }),
    /** By label. */
    answer: z.object({ fields: z.array(conditionFieldSchema) }),
  },
} as const;
