// Whether a set of properties may be written: each exists, is writable and takes its value, and, through
// 2026-09 paths, the admin's required properties stay filled (hubspot-api §0.2). All that is wrong is
// listed, as HubSpot does.
import type { InvalidValue } from '../errors.ts';
import type { Owners } from '../owners.ts';
import type { PropertyRegistry } from '../properties/registry.ts';
import type { ContactRow } from './row.ts';
import { normalise } from './values.ts';

/** A value as it stood in the JSON of a request; null is left out, only '' clears. */
export type RawValue = string | number | boolean | null;

export interface Checked {
  readonly values: Record<string, string>;
  readonly invalid: InvalidValue[];
}

/** The first dated version whose writes keep the admin's rules. */
const RULES_SINCE = '2026-09';

export class Validation {
  readonly #registry: PropertyRegistry;
  readonly #owners: Owners;

  constructor(registry: PropertyRegistry, owners: Owners) {
    this.#registry = registry;
    this.#owners = owners;
  }

  /** @param version of the path: `v3` or dated */
  check(
    raw: Readonly<Record<string, RawValue>>,
    current: ContactRow | null,
    version: string,
  ): Checked {
    const values: Record<string, string> = {};
    const invalid: InvalidValue[] = [];
    for (const [name, value] of Object.entries(raw)) {
      if (value === null) continue;
      const outcome = this.#checkOne(name, String(value), current?.values[name]);
      if ('error' in outcome) invalid.push(outcome);
      else values[name] = outcome.value;
    }
    if (version.startsWith('2') && version >= RULES_SINCE)
      invalid.push(...this.#missing(values, current));
    return { values, invalid };
  }

  #checkOne(
    name: string,
    raw: string,
    current: string | undefined,
  ): InvalidValue | { readonly value: string } {
    const property = this.#registry.get(name);
    if (!property)
      return invalidValue(name, 'PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
    if (property.readOnlyValue || property.calculated)
      return invalidValue(
        name,
        'READ_ONLY_VALUE',
        `"${name}" is a read only property; its value cannot be set.`,
      );
    const outcome = normalise(property, raw, current, this.#owners);
    return outcome.ok
      ? { value: outcome.value }
      : invalidValue(name, outcome.error, outcome.message);
  }

  /** The code and text of a missing required property are decided; only that it is a VALIDATION_ERROR is known. */
  #missing(values: Readonly<Record<string, string>>, current: ContactRow | null): InvalidValue[] {
    const after = { ...current?.values, ...values };
    return this.#registry
      .required()
      .filter(({ property, when }) => !after[property] && (when?.(after) ?? true))
      .map(({ property }) =>
        invalidValue(property, 'REQUIRED_PROPERTY', `Property "${property}" is required`),
      );
  }
}

export function invalidValue(name: string, error: string, message: string): InvalidValue {
  return { isValid: false, message, error, name };
}
