// Mappings as text that people keep, compare and edit: CSV for spreadsheets, JSON for programs. Each is read back to
// what was written. A value map is one cell (value-map-cell.ts).
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { CHOOSABLE_RULES, RULE_TEXTS, type ChoosableRule, type Rule } from '../engine/rules.ts';
import { valueMapSchema } from '../engine/settings.ts';
import type { ValuePair } from '../engine/defaults.ts';
import type { MappingLineError } from './contract.ts';
import { cellOf, valueMapIn, type ReadMap } from './value-map-cell.ts';

export interface WrittenMapping {
  readonly kind: 'default' | 'custom';
  readonly hubspotProperty: string;
  readonly leadField: string | null;
  readonly contactField: string | null;
  readonly rule: Rule;
  readonly valueMap: readonly ValuePair[];
  readonly valueMapIsDefault: boolean;
}

/** A mapping as it was read; whether there are such fields is not known yet. */
export interface ReadMapping {
  readonly line: number;
  /** Null: it doesn't say. */
  readonly kind: 'default' | 'custom' | null;
  readonly hubspotProperty: string;
  readonly leadField: string | null;
  readonly contactField: string | null;
  /** Null: it doesn't say, or the rule is one that nobody chooses. */
  readonly rule: ChoosableRule | null;
  /** Null: the one that comes with it. */
  readonly valueMap: readonly ValuePair[] | null;
}

export interface ReadFile {
  readonly mappings: readonly ReadMapping[];
  readonly errors: readonly MappingLineError[];
}

const COLUMNS = {
  kind: 'Kind',
  hubspotProperty: 'HubSpot property',
  leadField: 'Lead field',
  contactField: 'Contact field',
  rule: 'Rule',
  valueMap: 'Value map',
} as const;
type Column = keyof typeof COLUMNS;
const COLUMN_NAMES = Object.keys(COLUMNS) as Column[];

export function writeMappings(mappings: readonly WrittenMapping[], format: 'csv' | 'json'): string {
  if (format === 'json') {
    const listed = mappings.map(({ valueMapIsDefault, valueMap, ...mapping }) => ({
      ...mapping,
      valueMap: valueMapIsDefault ? null : valueMap,
    }));
    return `${JSON.stringify({ mappings: listed }, null, 2)}\n`;
  }
  const rows = mappings.map((mapping) => [
    mapping.kind,
    mapping.hubspotProperty,
    mapping.leadField ?? '',
    mapping.contactField ?? '',
    RULE_TEXTS[mapping.rule].label,
    mapping.valueMapIsDefault ? '' : cellOf(mapping),
  ]);
  return stringify([Object.values(COLUMNS), ...rows]);
}

/** Reads either format; what can't be read is told line by line, and the rest is read. */
export function readMappings(text: string): ReadFile {
  const trimmed = text.replace(/^\uFEFF/, '').trimStart();
  return /^[[{]/.test(trimmed) ? readJson(trimmed) : readCsv(trimmed);
}

const unreadable = (message: string, fix: string, line = 1): ReadFile => ({
  mappings: [],
  errors: [{ line, field: '', value: '', message, fix }],
});

/** Excel writes semicolons where the comma is for decimals. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1);
  const counts = [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const);
  return counts.toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? ',';
}

const rowsSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }),
);

const plainName = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');

function readCsv(text: string): ReadFile {
  let rows: z.infer<typeof rowsSchema>;
  try {
    rows = rowsSchema.parse(
      parse(text, {
        bom: true,
        delimiter: delimiterOf(text),
        info: true,
        relax_column_count: true,
        skip_empty_lines: true,
        skip_records_with_empty_values: true,
        trim: true,
      }),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    return unreadable(
      `This is neither CSV nor JSON: ${why}.`,
      'Export the mappings, change what you like, and paste all of it here.',
    );
  }
  const [header, ...body] = rows;
  const places = new Map<Column, number>();
  for (const [place, title] of (header?.record ?? []).entries()) {
    const column = COLUMN_NAMES.find(
      (name) =>
        plainName(name) === plainName(title) || plainName(COLUMNS[name]) === plainName(title),
    );
    if (column !== undefined) places.set(column, place);
  }
  if (!places.has('hubspotProperty')) {
    return unreadable(
      `The first line has no column “${COLUMNS.hubspotProperty}”.`,
      `Begin with a line of titles: ${Object.values(COLUMNS).join(', ')}.`,
    );
  }
  return collected(
    body.map(({ record, info }) => {
      const cell = (column: Column): string | null => {
        const place = places.get(column);
        return (place === undefined ? undefined : record[place]?.trim()) || null;
      };
      return lineOf(info.lines, cell, valueMapIn(cell('valueMap')));
    }),
  );
}

const jsonSchema = z.union([
  z.array(z.record(z.string(), z.unknown())),
  z
    .object({ mappings: z.array(z.record(z.string(), z.unknown())) })
    .transform(({ mappings }) => mappings),
]);

function readJson(text: string): ReadFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return unreadable(
      `This begins like JSON but isn’t: ${error instanceof Error ? error.message : ''}`,
      'Check the brackets and commas, or paste CSV.',
    );
  }
  const list = jsonSchema.safeParse(json);
  if (!list.success) {
    return unreadable(
      'This is JSON, but no list of mappings.',
      'It has to be a list, or an object with a list “mappings”.',
    );
  }
  return collected(
    list.data.map((entry, index) => {
      const cell = (column: Column): string | null => {
        const value = entry[column];
        return value === null || value === undefined || value === ''
          ? null
          : typeof value === 'string'
            ? value.trim()
            : JSON.stringify(value);
      };
      const map = valueMapSchema.nullish().safeParse(entry.valueMap);
      return lineOf(
        index + 1,
        cell,
        map.success ? { map: map.data ?? null } : { wrong: JSON.stringify(entry.valueMap) },
      );
    }),
  );
}

type ReadLine = ReadMapping | MappingLineError;
const isError = (line: ReadLine): line is MappingLineError => 'message' in line;

function collected(lines: readonly ReadLine[]): ReadFile {
  if (lines.length === 0)
    return unreadable('There are no mappings in this.', 'Paste the titles and the mappings.');
  return {
    mappings: lines.filter((line): line is ReadMapping => !isError(line)),
    errors: lines.filter(isError),
  };
}

function lineOf(
  line: number,
  cell: (column: Column) => string | null,
  valueMap: ReadMap,
): ReadLine {
  const wrong = (column: Column, message: string, fix: string): MappingLineError => ({
    line,
    field: COLUMNS[column],
    value: (cell(column) ?? '').slice(0, 100),
    message,
    fix,
  });
  const hubspotProperty = cell('hubspotProperty');
  if (hubspotProperty === null)
    return wrong(
      'hubspotProperty',
      'It doesn’t say which HubSpot property.',
      'Enter its internal name.',
    );
  const kind = kindOf(cell('kind'));
  if (kind === undefined)
    return wrong('kind', 'A mapping is “default” or “custom”.', 'Enter one of them, or nothing.');
  const rule = ruleOf(cell('rule'));
  if (rule === undefined)
    return wrong('rule', 'There is no such rule.', `Choose one of: ${RULE_LABELS.join(', ')}.`);
  if ('wrong' in valueMap) {
    return {
      ...wrong(
        'valueMap',
        'A value map is a line for each pair: HubSpot’s value=Salesforce’s value.',
        'Put a backslash before an equals sign that belongs to a value.',
      ),
      value: valueMap.wrong.slice(0, 100),
    };
  }
  return {
    line,
    kind,
    hubspotProperty,
    leadField: cell('leadField'),
    contactField: cell('contactField'),
    rule,
    valueMap: valueMap.map,
  };
}

function kindOf(text: string | null): ReadMapping['kind'] | undefined {
  if (text === null) return null;
  return (['default', 'custom'] as const).find((kind) => kind === text.toLowerCase());
}

const RULE_LABELS = CHOOSABLE_RULES.map((rule) => RULE_TEXTS[rule].label);
const FIXED_LABELS: ReadonlySet<string> = new Set(
  (['optOut', 'mirror'] as const).flatMap((rule) => [
    rule.toLowerCase(),
    plainName(RULE_TEXTS[rule].label),
  ]),
);

/** By its code or HubSpot's words for it, in any letter case; null for one that is fixed. */
function ruleOf(text: string | null): ChoosableRule | null | undefined {
  if (text === null) return null;
  const wanted = plainName(text);
  if (FIXED_LABELS.has(wanted)) return null;
  return CHOOSABLE_RULES.find(
    (rule) => plainName(rule) === wanted || plainName(RULE_TEXTS[rule].label) === wanted,
  );
}
