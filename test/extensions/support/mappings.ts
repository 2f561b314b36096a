// Answers about mappings for the tests of the settings page.
import type { CallAnswer } from '../../../src/api/contract.ts';
import { CHOOSABLE_RULES, type ChoosableRule } from '../../../src/engine/rules.ts';

export const NO_PARTNERS: CallAnswer<'get-field-partners'> = {
  hubspotProperties: { groups: [] },
  leadFields: { groups: [] },
  contactFields: { groups: [] },
};

const byRule = <Value>(valueOf: (rule: ChoosableRule) => Value): Record<ChoosableRule, Value> =>
  Object.fromEntries(CHOOSABLE_RULES.map((rule) => [rule, valueOf(rule)])) as Record<
    ChoosableRule,
    Value
  >;

export const SAMPLES: CallAnswer<'get-mapping-samples'> = {
  samples: [
    {
      who: 'Ada Lovelace',
      object: 'Lead',
      hubspotValue: 'Berlin',
      salesforceValue: 'Paris',
      effects: byRule((rule) => `By ${rule}.`),
    },
  ],
  looked: 100,
  examples: byRule((rule) => [`An example of ${rule}.`]),
  examplesAreReal: true,
};
