// The shapes everything in the org is made of: one field's value and one row, by API name as describe
// spells it. Absent and null are the same thing. Datetimes are kept as the API prints them, in UTC and
// to the second, so that comparing text compares time (salesforce-api §4).

export type FieldValue = string | number | boolean | null;

/** One version of one row; never changed once made. */
export type Row = Readonly<Record<string, FieldValue>>;

export function fieldOf(row: Row, name: string): FieldValue {
  return row[name] ?? null;
}

/** Text of a field that holds text (ids, stamps, names); '' when blank. */
export function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

/** `2026-11-23T10:00:00.000+0000`, whole seconds. */
export function toApiDatetime(milliseconds: number): string {
  return `${new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().slice(0, 19)}.000+0000`;
}

const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Reads an ISO datetime with its zone; null when it is none. */
export function parseDatetime(text: string): number | null {
  if (!DATETIME.test(text)) return null;
  const milliseconds = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/** Reads `YYYY-MM-DD` and refuses days that don't exist. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
