// What one value must be to go into one field, and what Salesforce makes of it on the way in: text is
// trimmed, blank text becomes null, decimals are rounded to the field's scale, ids get their 18
// characters. Too long is refused, never cut (salesforce-api §4).
import {
  badEmail,
  badPicklistValue,
  malformedId,
  outsideRange,
  tooLong,
  wrongType,
  type Refusal,
} from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { FieldSpec } from '../schema/field.ts';
import type { FieldValue } from '../values.ts';

export type Checked =
  | { readonly ok: true; readonly value: FieldValue }
  | { readonly ok: false; readonly refusal: Refusal };

const accept = (value: FieldValue): Checked => ({ ok: true, value });
const refuse = (refusal: Refusal): Checked => ({ ok: false, refusal });

export function checkValue(field: FieldSpec, incoming: FieldValue): Checked {
  const value = typeof incoming === 'string' ? incoming.trim() || null : incoming;
  if (value === null) {
    return field.type === 'boolean' ? refuse(wrongType(field.label, field.name, '')) : accept(null);
  }
  if (typeof value === 'number') return checkNumber(field, value);
  if (typeof value === 'boolean') return accept(value);
  if (field.type === 'reference') {
    const id = toId18(value);
    return id === null ? refuse(malformedId(field.label, field.name, value)) : accept(id);
  }
  if (field.length > 0 && value.length > field.length) {
    return refuse(tooLong(field.label, field.name, value, field.length));
  }
  if (field.type === 'email' && !EMAIL.test(value)) {
    return refuse(badEmail(field.label, field.name, value));
  }
  return checkPicklist(field, value);
}

/** Roughly what Salesforce takes for an e-mail address: no spaces or quotes, a domain with a dot. */
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

function checkNumber(field: FieldSpec, value: number): Checked {
  const whole = field.type === 'int' ? field.digits : field.precision - field.scale;
  const factor = 10 ** field.scale;
  // Halves go away from zero; a whisker more makes 1.005 what people mean by it.
  const magnitude = Math.abs(value) * factor;
  const rounded = (Math.sign(value) * Math.round(magnitude * (1 + Number.EPSILON))) / factor;
  return Math.abs(rounded) >= 10 ** whole
    ? refuse(outsideRange(field.label, field.name, value))
    : accept(rounded === 0 ? 0 : rounded);
}

function checkPicklist(field: FieldSpec, value: string): Checked {
  if (field.type !== 'picklist' && field.type !== 'multipicklist') return accept(value);
  const chosen =
    field.type === 'multipicklist' ? value.split(';').map((part) => part.trim()) : [value];
  const canonical: string[] = [];
  for (const wanted of chosen.filter(Boolean)) {
    const known = field.values.find(
      (entry) => entry.active && entry.value.toLowerCase() === wanted.toLowerCase(),
    );
    if (known === undefined && field.restricted) {
      return refuse(badPicklistValue(field.label, field.name, wanted));
    }
    canonical.push(known?.value ?? wanted);
  }
  return accept([...new Set(canonical)].join(';') || null);
}
