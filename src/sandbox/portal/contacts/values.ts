// What HubSpot makes of a written value: the text it stores, or why it refuses (hubspot-api §2.1, §2.4,
// §2.6). Everything is stored as text; '' means empty. Codes and texts are HubSpot's where the specification
// has them; those of a too long text and of a bool are decided.
import type { Owners } from '../owners.ts';
import type { PropertyDefinition } from '../schema/property.ts';

export type Normalised =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly error: string; readonly message: string };

/** Longest text a property takes, in characters. */
export const LONGEST_TEXT = 65_536;

const DAY = 86_400_000;

/** Endings that look like a top-level domain and are none; HubSpot checks against the real list. */
const NO_TOP_LEVEL_DOMAINS = new Set([
  'con',
  'cmo',
  'comm',
  'ocm',
  'invalid',
  'local',
  'localhost',
]);
const EMAIL = /^[^\s@"(),:;<>[\\\]]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,})$/;

function stored(value: string): Normalised {
  return { ok: true, value };
}

function refused(error: string, message: string): Normalised {
  return { ok: false, error, message };
}

function email(raw: string): Normalised {
  const address = raw.trim().toLowerCase();
  const ending = EMAIL.exec(address)?.[1];
  if (ending === undefined || NO_TOP_LEVEL_DOMAINS.has(ending) || address.includes('..'))
    return refused('INVALID_EMAIL', `Email address ${raw} is invalid`);
  return stored(address);
}

function text(raw: string): Normalised {
  if (raw.length > LONGEST_TEXT)
    return refused(
      'PROPERTY_VALUE_TOO_LONG',
      `The value is ${raw.length} characters long; the longest allowed is ${LONGEST_TEXT}.`,
    );
  return stored(raw);
}

function number(raw: string): Normalised {
  const trimmed = raw.trim();
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(trimmed))
    return refused('INVALID_FLOAT', `${raw} was not a valid number.`);
  return stored(trimmed);
}

/** Milliseconds of an epoch or ISO text; NaN when it is neither. */
function instant(raw: string): number {
  if (/^-?\d+$/.test(raw)) return Number(raw);
  return /^\d{4}-\d{2}-\d{2}/.test(raw) ? Date.parse(raw) : Number.NaN;
}

function isoOf(milliseconds: number): string | undefined {
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : undefined;
}

function datetime(raw: string): Normalised {
  const iso = isoOf(instant(raw.trim()));
  return iso === undefined ? refused('INVALID_LONG', `${raw} was not a valid long.`) : stored(iso);
}

function date(raw: string): Normalised {
  const milliseconds = instant(raw.trim());
  const iso = isoOf(milliseconds);
  if (iso === undefined) return refused('INVALID_DATE', `${raw} was not a valid date.`);
  if (milliseconds % DAY !== 0)
    return refused('INVALID_DATE', `${raw} is at ${iso.slice(11, -1)} UTC, not midnight!`);
  return stored(iso.slice(0, 10));
}

function notAnOption(value: string, allowed: readonly string[]): Normalised {
  return refused(
    'INVALID_OPTION',
    `${value} was not one of the allowed options: [${allowed.join(', ')}]`,
  );
}

function option(raw: string, allowed: readonly string[]): Normalised {
  return allowed.includes(raw) ? stored(raw) : notAnOption(raw, allowed);
}

/** A set is written with `;` between its options; one at the beginning adds to what is there. */
function options(raw: string, allowed: readonly string[], current: string | undefined): Normalised {
  const chosen = raw.split(';').filter((part) => part !== '');
  const unknown = chosen.find((part) => !allowed.includes(part));
  if (unknown !== undefined) return notAnOption(unknown, allowed);
  const kept = raw.startsWith(';') && current !== undefined ? current.split(';') : [];
  return stored([...new Set([...kept, ...chosen])].join(';'));
}

function bool(raw: string): Normalised {
  const lower = raw.trim().toLowerCase();
  return lower === 'true' || lower === 'false'
    ? stored(lower)
    : notAnOption(raw, ['true', 'false']);
}

/**
 * @param current the stored value, for additions to a set
 * @example normalise(renewalDate, '1764547200000', undefined, owners) // { ok: true, value: '2025-12-01' }
 */
export function normalise(
  property: PropertyDefinition,
  raw: string,
  current: string | undefined,
  owners: Owners,
): Normalised {
  if (raw === '') return stored('');
  if (property.name === 'email') return raw.trim() === '' ? stored('') : email(raw);
  if (property.referencedObjectType === 'OWNER') return option(raw, owners.assignableIds());
  switch (property.type) {
    case 'number':
      return number(raw);
    case 'bool':
      return bool(raw);
    case 'datetime':
      return datetime(raw);
    case 'date':
      return date(raw);
    case 'enumeration': {
      const allowed = property.options.map(({ value }) => value);
      return property.fieldType === 'checkbox'
        ? options(raw, allowed, current)
        : option(raw, allowed);
    }
    default:
      return text(raw);
  }
}
