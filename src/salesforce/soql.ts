// SOQL is only ever put together here: names are checked, values are quoted. Nothing else builds queries.

const NAME = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/;

/** A field or object name as it is; throws on anything that isn't one. */
export function name(text: string): string {
  if (!NAME.test(text)) throw new Error(`“${text}” is not a Salesforce field or object name`);
  return text;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

const SPECIAL = /[\\'\n\r\t\b\f]/;

/** A quoted string literal. */
export function quoted(text: string): string {
  if (!SPECIAL.test(text)) return `'${text}'`;
  return `'${text.replaceAll(/[\\'\n\r\t\b\f]/g, (character) => ESCAPES[character] ?? character)}'`;
}

/** A text within the quotes of LIKE, where % and _ stand for themselves. */
export const likeText = (text: string): string =>
  quoted(text)
    .slice(1, -1)
    .replaceAll(/[%_]/g, String.raw`\$&`);

/** A dateTime literal, unquoted, whole seconds. */
export function dateTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) throw new Error(`“${iso}” is not a time`);
  return `${at.toISOString().slice(0, 19)}Z`;
}

export const inList = (field: string, values: readonly string[]): string =>
  `${name(field)} IN (${values.map(quoted).join(',')})`;

export interface Select {
  readonly fields: readonly string[];
  readonly from: string;
  readonly where?: string;
  readonly orderBy?: readonly string[];
  readonly limit?: number;
}

export function select({ fields, from, where, orderBy, limit }: Select): string {
  const unique = [...new Map(fields.map((field) => [field.toLowerCase(), name(field)])).values()];
  return [
    `SELECT ${unique.join(', ')} FROM ${name(from)}`,
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    ...(orderBy === undefined ? [] : [`ORDER BY ${orderBy.map(name).join(', ')}`]),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ].join(' ');
}

/** A query as part of an address; what a query string may hold as it is stays so, and more e-mails fit in. */
export function inAddress(soql: string): string {
  return encodeURIComponent(soql)
    .replaceAll('%20', '+')
    .replaceAll('%2C', ',')
    .replaceAll('%40', '@')
    .replaceAll('%3A', ':');
}
