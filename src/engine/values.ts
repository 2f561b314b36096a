// Canonical values: small pure readers and writers that conversions are put together from. A reader turns
// what a CRM holds into a value both sides can be compared in; a writer turns it back into what the other
// CRM takes. Each fails with a reason, never with an exception.
import type { SalesforceField } from './fields.ts';
import type { CanonicalValue } from './link.ts';
import { reason, type Reason } from './reasons.ts';
import type { SalesforceValue } from './records.ts';

export type Read =
  | { readonly ok: true; readonly value: CanonicalValue }
  | { readonly ok: false; readonly reason: Reason };
export type Written<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: Reason };

export const read = (value: CanonicalValue): Read => ({ ok: true, value });
export const written = <Value>(value: Value): Written<Value> => ({ ok: true, value });
export const failed = (why: Reason): { readonly ok: false; readonly reason: Reason } => ({
  ok: false,
  reason: why,
});

/** Reasons show values to people; long ones are cut. */
export const shownValue = (text: string): string =>
  text.length > 80 ? `${text.slice(0, 79)}…` : text;

const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** Trimmed, one kind of line break, composed accents, no NUL and no half characters; empty is blank. */
export function readText(raw: string | null): string | null {
  // Nearly every value is plain already, and this is asked of every field of everybody.
  if (raw === null || PLAIN.test(raw)) return raw;
  const text = raw
    .toWellFormed()
    .replaceAll('\0', '')
    .replaceAll('\r\n', '\n')
    .normalize('NFC')
    .trim();
  return text === '' ? null : text;
}

/** HubSpot stores e-mails trimmed and lower-case; Salesforce keeps what was typed. */
export function readEmail(raw: string | null): string | null {
  return readText(raw)?.toLowerCase() ?? null;
}

/**
 * Whether both CRMs could take it as an e-mail address: one `@` with something on both sides, a dot in the
 * domain, no blanks. What only one of them refuses comes back as its own refusal.
 */
export const looksLikeEmail = (text: string): boolean =>
  /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text);

const DIGITS = /^-?\d{1,15}$/;
const GROUPED_NUMBER =
  /^[-+]?(?:\d{1,3}(?:[,\u0020\u00a0\u202f']\d{3})+|\d+)(?:\.\d+)?$|^[-+]?\.\d+$/;

/** A number as people type it: digits, optional thousands separators, one decimal point. */
export function parseNumber(text: string): number | null {
  if (DIGITS.test(text)) return Number(text);
  const trimmed = text.trim();
  if (/^[-+]?\d+(?:\.\d+)?[eE][-+]?\d+$/.test(trimmed)) return Number(trimmed);
  if (!GROUPED_NUMBER.test(trimmed)) return null;
  const value = Number(trimmed.replaceAll(/[,\u0020\u00a0\u202f']/g, ''));
  return Number.isFinite(value) ? value : null;
}

/** Rounded to what the Salesforce field keeps, so that both sides compare equal after a write. */
export function roundTo(scale: number, value: number): number {
  // Adding zero turns -0 into 0.
  if (Number.isSafeInteger(value) && scale >= 0) return value + 0;
  const rounded = Number(`${Math.round(Number(`${value}e${scale}`))}e-${scale}`);
  const safe = Number.isNaN(rounded) ? value : rounded;
  return Object.is(safe, -0) ? 0 : safe;
}

export function readNumber(raw: string | null, field: SalesforceField): Read {
  const text = readText(raw);
  if (text === null) return read(null);
  const value = parseNumber(text);
  if (value === null)
    return failed(reason('NOT_A_NUMBER', { value: shownValue(text), field: field.label }));
  if (field.type === 'int' && !Number.isInteger(value)) {
    return failed(reason('NOT_A_NUMBER', { value: shownValue(text), field: field.label }));
  }
  return read(roundTo(field.scale, value));
}

/** HubSpot takes plain digits: no separators, no exponent. */
export function numberText(value: number): string {
  const text = String(value);
  if (!/e/i.test(text)) return text;
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

/** Text of a number, spelt as HubSpot spells it; any other text as it is. */
export function readNumberText(raw: string | null): string | null {
  const text = readText(raw);
  const value = text === null ? null : parseNumber(text);
  return value === null ? text : numberText(value);
}

/** HubSpot dates come as `YYYY-MM-DD`, ISO instants, or milliseconds since the epoch as text. */
export function readInstant(raw: string | null, fieldLabel: string): Read {
  const text = readText(raw);
  if (text === null) return read(null);
  const dateOnly = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const milliseconds = /^-?\d+$/.test(text)
    ? Number(text)
    : Date.parse(dateOnly ? `${text}T00:00:00Z` : text);
  const instant = new Date(milliseconds);
  if (Number.isNaN(instant.getTime()))
    return failed(reason('NOT_A_DATE', { value: shownValue(text), field: fieldLabel }));
  // Salesforce keeps whole seconds.
  return read(`${instant.toISOString().slice(0, 19)}Z`);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function readDate(raw: string | null, fieldLabel: string): Read {
  if (raw !== null && DATE.test(raw) && !Number.isNaN(Date.parse(raw))) return read(raw);
  const instant = readInstant(raw, fieldLabel);
  return instant.ok && typeof instant.value === 'string'
    ? read(instant.value.slice(0, 10))
    : instant;
}

/** A set of options: sorted, without repeats, joined by semicolons; HubSpot's `;a;b` form included. */
export function readSet(
  raw: string | null,
  option: (text: string) => string = (text) => text,
): string | null {
  const options = (raw ?? '')
    .split(';')
    .map((part) => readText(part))
    .filter((part) => part !== null)
    .map(option);
  const unique = [...new Set(options)].sort();
  return unique.length === 0 ? null : unique.join(';');
}

/** What Salesforce sent, as text; booleans and numbers as they print. */
export function salesforceText(raw: SalesforceValue): string | null {
  return raw === null ? null : String(raw);
}

/** Text for a Salesforce field, unless the field is too short for it. */
export function fittingText(text: string, field: SalesforceField): Written<SalesforceValue> {
  const { length } = text;
  return field.length > 0 && length > field.length
    ? failed(
        reason('VALUE_TOO_LONG', {
          length: String(length),
          limit: String(field.length),
          field: field.label,
        }),
      )
    : written(text);
}

/** A number for a Salesforce field, unless it has more digits before the point than the field keeps. */
export function fittingNumber(value: number, field: SalesforceField): Written<SalesforceValue> {
  const limit =
    field.type === 'int'
      ? 2_147_483_648
      : field.precision > 0
        ? 10 ** (field.precision - field.scale)
        : Infinity;
  return Math.abs(value) >= limit
    ? failed(reason('NUMBER_OUT_OF_RANGE', { value: numberText(value), field: field.label }))
    : written(value);
}
