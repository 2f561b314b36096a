// `@{reference.path}` in a subrequest: replaced by a value out of an earlier answer. A reference nothing
// stands behind halts the subrequest that uses it.
import { isJson } from './call.ts';

const REFERENCE = /@\{([^}]+)\}/g;

export class InvalidReference extends Error {
  constructor(path: string, reference: string) {
    super(`Invalid reference specified. No value for ${path} found in ${reference}`);
    this.name = 'InvalidReference';
  }
}

/** Replaces references everywhere in a JSON value; a text that is nothing else takes the value's type. */
export function substitute(value: unknown, results: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    const whole = /^@\{([^}]+)\}$/.exec(value)?.[1];
    if (whole !== undefined) return lookUp(whole, results);
    return value.replace(REFERENCE, (_match, path: string) => String(lookUp(path, results)));
  }
  if (Array.isArray(value)) return value.map((entry) => substitute(entry, results));
  if (isJson(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, entry]) => [name, substitute(entry, results)]),
    );
  }
  return value;
}

/** `newLead.id`, `rows[0].id`, `found.records[0].Id` */
function lookUp(path: string, results: ReadonlyMap<string, unknown>): unknown {
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  const [reference = '', ...rest] = steps;
  let at: unknown = results.get(reference);
  for (const step of rest) {
    if (Array.isArray(at)) at = at[Number(step)];
    else if (isJson(at)) at = at[step];
    else at = undefined;
  }
  if (at === undefined || at === null || typeof at === 'object') {
    throw new InvalidReference(path, reference);
  }
  return at;
}
