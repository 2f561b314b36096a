// Values on their way into jsonb columns. Postgres stores neither U+0000 nor half a surrogate pair (what
// is left of an emoji that was cut in two); one such character in one field would make a whole batch
// fail for ever, so it is replaced as Unicode says: by U+FFFD.

/** What stands for a character that can't be stored. */
export const REPLACEMENT = '\uFFFD';

/** An escape that Postgres refuses, after an even number of backslashes: a real escape, not text about one. */
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/** JSON text of a value. `undefined` becomes null. */
export function storableJson(value: unknown): string {
  // `JSON.stringify` writes these characters, and only lone surrogates, as lower-case escapes.
  const json = JSON.stringify(value ?? null);
  return json.includes('\\u') ? json.replace(UNSTORABLE, `$1${REPLACEMENT}`) : json;
}

/** As over a wire: what JSON can't hold is gone, and nobody shares an object. */
export const copyOf = <Value>(value: Value): Value =>
  value === undefined ? value : (JSON.parse(storableJson(value)) as Value);
