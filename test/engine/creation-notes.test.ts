// What is noted of the creation rules is what decided: for any rules and any contact.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { COMPARISONS } from '../../src/engine/conditions.ts';
import { creationFor } from '../../src/engine/creation.ts';
import type { Step } from '../../src/engine/trace.ts';
import { contact, settings } from './fixtures.ts';

const word = fc.constantFrom('a', 'B', '7', '12', '2026-01-01', ' ');
const clause = fc.record({
  field: fc.constantFrom('one', 'two', 'three'),
  comparison: fc.constantFrom(...COMPARISONS),
  values: fc.array(word, { minLength: 1, maxLength: 3 }),
});
const rule = fc.record({
  companyHasAccount: fc.constantFrom(true, false, null),
  properties: fc.option(
    fc.record({
      match: fc.constantFrom('all', 'any'),
      clauses: fc.array(clause, { minLength: 1, maxLength: 3 }),
    }),
  ),
  becomes: fc.constantFrom('lead', 'contact', 'nothing'),
});
const creations = fc.record({
  rules: fc.array(rule, { maxLength: 5 }),
  inSalesforce: fc.constantFrom('lead', 'contact', 'nothing'),
  contactWithoutAccount: fc.constantFrom('create', 'wait'),
});
const company = fc.option(
  fc.record({ companyId: fc.constant('9'), accountId: fc.option(fc.constant('001')) }),
);

it('The rule that is noted to hold is the one that decides', () => {
  fc.assert(
    fc.property(
      creations,
      company,
      fc.record({ one: fc.option(word), two: fc.option(word), three: fc.option(word) }),
      (creation, itsCompany, properties) => {
        const document = settings({ creation });
        const person = contact('1', properties);
        const steps: Step[] = [];
        const made = creationFor(person, itsCompany, document, (step) => void steps.push(step));
        expect(creationFor(person, itsCompany, document)).toEqual(made);
        const rules = steps.flatMap((step) => (step.asks === 'creationRule' ? [step] : []));
        const [decides, ...others] = rules.filter(({ holds }) => holds);
        expect(others).toEqual([]);
        expect(decides ?? rules.at(-1)).toBe(rules.at(-1));
        const becomes = decides?.becomes ?? document.creation.inSalesforce;
        const is = made.kind === 'create' ? made.object.toLowerCase() : made.kind;
        expect(is === 'wait' ? 'contact' : is).toBe(becomes);
        // Each clause on its own tells the same as the rule as a whole.
        for (const { holds, account, match, clauses } of rules) {
          const each = clauses.map((weighed) => weighed.holds);
          const met =
            each.length === 0 || (match === 'all' ? each.every(Boolean) : each.some(Boolean));
          expect(holds).toBe(met && (account === null || account.wanted === account.has));
        }
      },
    ),
  );
});
