// A condition of the settings as SOQL, for people to read and for Salesforce to count by. The sync judges records
// with `meets` (engine/conditions.ts); where SOQL judges otherwise, or has no words for it, this says so. What no
// record's own value decides (a checkbox, a field that is not there) is settled here by asking `meets`.
import { meets, type Clause, type Condition } from '../engine/conditions.ts';
import type { SalesforceField } from '../engine/fields.ts';
import type { SalesforceValue } from '../engine/records.ts';
import { parseNumber } from '../engine/values.ts';
import { dateTime, likeText, name, quoted } from './soql.ts';

export interface ConditionInSoql {
  /** What stands after WHERE; null where some clause has no counterpart. */
  readonly where: string | null;
  /** Where the sync and SOQL may judge a record differently, one sentence each; why there is no SOQL. */
  readonly differences: readonly string[];
}

export const EVERYBODY = 'Id != null';
const NOBODY = 'Id = null';

interface Expressed {
  readonly soql: string | null;
  readonly difference: string | null;
}

export function conditionInSoql(
  { match, clauses }: Condition,
  fields: ReadonlyMap<string, SalesforceField>,
): ConditionInSoql {
  const expressed = clauses.map((clause) => clauseInSoql(clause, fields.get(clause.field)));
  const differences = [...new Set(expressed.flatMap(({ difference }) => difference ?? []))];
  const parts = expressed.flatMap(({ soql }) => soql ?? []);
  if (parts.length < clauses.length) return { where: null, differences };
  const where = parts.length === 1 ? parts[0] : parts.map(bracketed).join(GLUE[match]);
  return { where: where ?? null, differences };
}

const GLUE = { all: ' AND ', any: ' OR ' } as const;

const bracketed = (part: string): string => (/ (?:AND|OR) /.test(part) ? `(${part})` : part);

const exact = (soql: string): Expressed => ({ soql, difference: null });
const impossible = (difference: string): Expressed => ({ soql: null, difference });

/** What long texts, addresses and files can't be in SOQL: filtered by. */
const LONGEST_FILTERED = 255;
const UNFILTERED: ReadonlySet<string> = new Set([
  'address',
  'location',
  'base64',
  'encryptedstring',
  'anyType',
]);
const NUMBERS: ReadonlySet<string> = new Set(['int', 'long', 'double', 'currency', 'percent']);

function clauseInSoql(clause: Clause, field: SalesforceField | undefined): Expressed {
  const holds = (value: SalesforceValue): boolean =>
    meets({ [clause.field]: value }, { match: 'all', clauses: [clause] });
  if (field === undefined) {
    return {
      soql: holds(null) ? EVERYBODY : NOBODY,
      difference: `Salesforce has no field “${clause.field}” that Tandem may see; it counts as blank.`,
    };
  }
  const { label, type, length } = field;
  if (UNFILTERED.has(type) || (type === 'textarea' && length > LONGEST_FILTERED))
    return impossible(
      `SOQL can’t filter by “${label}” because of its type; Tandem looks at it record by record.`,
    );
  if (type === 'boolean') return exact(onCheckbox(field.name, holds(true), holds(false)));
  const { comparison } = clause;
  const path = name(field.name);
  if (comparison === 'isBlank') return exact(`${path} = null`);
  if (comparison === 'isNotBlank') return exact(`${path} != null`);
  if (NUMBERS.has(type)) return onNumber(path, clause, field);
  if (type === 'date' || type === 'datetime') return onTime(path, clause, field);
  return onText(path, clause, field);
}

const onCheckbox = (field: string, whenTrue: boolean, whenFalse: boolean): string =>
  whenTrue === whenFalse ? (whenTrue ? EVERYBODY : NOBODY) : `${name(field)} = ${whenTrue}`;

const any = (parts: readonly string[], otherwise: string): string =>
  parts.length === 0 ? otherwise : [...new Set(parts)].join(' OR ');

/** One of the values, or none of them, each a literal. */
function equality(path: string, isNot: boolean, literals: readonly string[]): string {
  const unique = [...new Set(literals)];
  const [only] = unique;
  if (only === undefined) return isNot ? EVERYBODY : NOBODY;
  if (unique.length === 1) return `${path} ${isNot ? '!=' : '='} ${only}`;
  // Blank records differ from every value, and NOT IN says nothing certain about them.
  return isNot
    ? unique.map((literal) => `${path} != ${literal}`).join(' AND ')
    : `${path} IN (${unique.join(', ')})`;
}

function onNumber(
  path: string,
  { comparison, values }: Clause,
  { label }: SalesforceField,
): Expressed {
  if (comparison === 'contains' || comparison === 'startsWith')
    return impossible(`SOQL can’t look for digits within the number “${label}”.`);
  const numbers = values.map((value) => parseNumber(value));
  const literals = numbers.flatMap((number) =>
    number === null ? [] : Number.isSafeInteger(number) ? String(number) : number.toFixed(6),
  );
  if (comparison === 'is' || comparison === 'isNot')
    return exact(equality(path, comparison === 'isNot', literals));
  if (literals.length < values.length)
    return impossible(`“${label}” is a number and one of the values is not.`);
  const sign = comparison === 'lessThan' ? '<' : '>';
  return exact(
    any(
      literals.map((literal) => `${path} ${sign} ${literal}`),
      NOBODY,
    ),
  );
}

const DAY_MS = 24 * 60 * 60_000;
const WRITTEN_TIME = /^\d{4}-\d{2}-\d{2}(?:T|$)/;

function onTime(
  path: string,
  { comparison, values }: Clause,
  { label, type }: SalesforceField,
): Expressed {
  if (comparison === 'contains' || comparison === 'startsWith')
    return impossible(`SOQL can’t look for characters within the date “${label}”.`);
  const isTime = (value: string): boolean =>
    WRITTEN_TIME.test(value) && !Number.isNaN(Date.parse(value));
  const times = values.filter(isTime).map((value) => Date.parse(value));
  if (times.length < values.length)
    return impossible(`“${label}” is compared with something that is not a date (2026-11-30).`);
  const isDate = type === 'date';
  const literal = (time: number): string =>
    isDate ? new Date(time).toISOString().slice(0, 10) : dateTime(new Date(time).toISOString());
  if (comparison === 'is' || comparison === 'isNot') {
    // Salesforce keeps days, or whole seconds: nothing is at any other time.
    const possible = times.filter((time) => time % (isDate ? DAY_MS : 1_000) === 0);
    return exact(equality(path, comparison === 'isNot', possible.map(literal)));
  }
  const isBefore = comparison === 'lessThan';
  const step = isDate ? DAY_MS : 1_000;
  const parts = times.map((time) => {
    const isBetween = time % step !== 0;
    return `${path} ${isBefore ? (isBetween ? '<=' : '<') : '>'} ${literal(time)}`;
  });
  return exact(any(parts, NOBODY));
}

function onText(path: string, clause: Clause, field: SalesforceField): Expressed {
  const { comparison, values } = clause;
  const { label, type } = field;
  switch (comparison) {
    case 'is':
    case 'isNot': {
      // Salesforce never keeps an empty text: it is blank.
      const literals = values
        .map((value) => value.trim())
        .filter((value) => value !== '')
        .map(quoted);
      const numeric = values.some(
        (value) => parseNumber(value) !== null || WRITTEN_TIME.test(value.trim()),
      );
      const said = numeric
        ? `Tandem takes numbers and dates in “${label}” for what they are (5 is 5.0); SOQL compares letter by letter.`
        : null;
      return { soql: equality(path, comparison === 'isNot', literals), difference: said };
    }
    case 'contains':
    case 'startsWith':
      return onPartOfText(path, clause, field);
    default: {
      if (type === 'multipicklist')
        return impossible(`SOQL can’t put the several values of “${label}” in an order.`);
      const sign = comparison === 'lessThan' ? '<' : '>';
      const literals = values.map((value) => `${path} ${sign} ${quoted(value.trim())}`);
      return {
        soql: any(literals, NOBODY),
        difference: `“${label}” is a text: Tandem orders numbers and dates in it by size, and Salesforce letter by letter in its own language.`,
      };
    }
  }
}

function onPartOfText(
  path: string,
  { comparison, values }: Clause,
  { label, type, picklistValues }: SalesforceField,
): Expressed {
  if (type === 'id' || type === 'reference')
    return impossible(`SOQL can’t look for characters within the record id “${label}”.`);
  if (values.includes('')) return exact(`${path} != null`);
  if (type === 'multipicklist') {
    if (comparison === 'startsWith')
      return impossible(`SOQL can’t tell which of the values of “${label}” comes first.`);
    const wanted = values.map((value) => value.toLowerCase());
    const options = picklistValues.map(({ value }) => value);
    const found = options.filter((option) =>
      wanted.some((part) => option.toLowerCase().includes(part)),
    );
    return {
      soql: found.length === 0 ? NOBODY : `${path} INCLUDES (${found.map(quoted).join(', ')})`,
      difference: `SOQL looks for whole values of “${label}” that are in its list today.`,
    };
  }
  if (values.some((value) => value.includes('\\')))
    return impossible(`SOQL can’t look for a backslash within “${label}”.`);
  const front = comparison === 'contains' ? '%' : '';
  return exact(
    any(
      values.map((value) => `${path} LIKE '${front}${likeText(value)}%'`),
      NOBODY,
    ),
  );
}
