// A value map as one cell of a CSV file: a line for each pair, `HubSpot's value=Salesforce's value`, where a backslash
// stands before what would be mistaken for something else.
import type { ValuePair } from '../engine/defaults.ts';

/** Of a default mapping whose built-in map an admin emptied. */
const NO_MAP = 'none';

export function cellOf({
  kind,
  valueMap,
}: {
  readonly kind: 'default' | 'custom';
  readonly valueMap: readonly ValuePair[];
}): string {
  if (valueMap.length === 0) return kind === 'default' ? NO_MAP : '';
  return valueMap
    .map(({ hubspot, salesforce }) => `${escaped(hubspot)}=${escaped(salesforce)}`)
    .join('\n');
}

/** A spreadsheet runs what begins with one of the first four; spaces at the ends get lost. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\=]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`)
    .replace(/^[+\-@' ]/, String.raw`\$&`)
    .replace(/ $/, String.raw`\s`);

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', s: ' ' };

/** The two sides of one line of a value map; null where it isn't one. */
function pairIn(line: string): ValuePair | null {
  const sides = [''];
  for (let place = 0; place < line.length; place += 1) {
    const character = line.charAt(place);
    if (character === '=') {
      sides.push('');
      continue;
    }
    if (character === '\\') place += 1;
    const next = line.charAt(place);
    const meant = character === '\\' ? (ESCAPES[next] ?? next) : character;
    sides.push(`${sides.pop() ?? ''}${meant}`);
  }
  const [hubspot = '', salesforce = '', ...more] = sides;
  return more.length === 0 && hubspot !== '' && salesforce !== '' ? { hubspot, salesforce } : null;
}

/** Null: the map that the mapping comes with. */
export type ReadMap = { readonly map: readonly ValuePair[] | null } | { readonly wrong: string };

export function valueMapIn(cell: string | null): ReadMap {
  if (cell === null) return { map: null };
  if (cell.toLowerCase() === NO_MAP) return { map: [] };
  const map: ValuePair[] = [];
  for (const line of cell.split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue;
    const pair = pairIn(line.trim());
    if (pair === null) return { wrong: line };
    map.push(pair);
  }
  return { map };
}
