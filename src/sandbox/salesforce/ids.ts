// Salesforce record ids: a 3-character key prefix, 12 more characters that tell case apart, and for the
// 18-character form a checksum that makes the id safe where case is lost. Everything inside the stand-in
// uses 18; callers may send either (salesforce-api §6).

const CHECKSUM_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Three letters, each saying which of five characters are capitals. */
function checksum(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 3; block += 1) {
    let bits = 0;
    for (let position = 0; position < 5; position += 1) {
      const character = id15.charAt(block * 5 + position);
      if (character >= 'A' && character <= 'Z') bits |= 1 << position;
    }
    suffix += CHECKSUM_ALPHABET.charAt(bits);
  }
  return suffix;
}

/** The 18-character form, or null when the text is no id: wrong length, characters or checksum. */
export function toId18(text: string): string | null {
  if (!/^[0-9A-Za-z]+$/.test(text)) return null;
  if (text.length === 15) return text + checksum(text);
  if (text.length !== 18) return null;
  const id15 = text.slice(0, 15);
  return checksum(id15) === text.slice(15).toUpperCase() ? id15 + checksum(id15) : null;
}

function base62(value: number, width: number): string {
  let digits = '';
  let rest = value;
  while (rest > 0) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits.padStart(width, '0');
}

function fromBase62(digits: string): number {
  let value = 0;
  for (const digit of digits) value = value * 62 + BASE62.indexOf(digit);
  return value;
}

/** The pod part of every id this org makes itself. */
const POD = '5g0';

/** An id by its place in the sequence of its object; later ones sort later. */
export function makeId(keyPrefix: string, sequence: number): string {
  const id15 = keyPrefix + POD + base62(sequence, 9);
  return id15 + checksum(id15);
}

/** Hands out ascending ids for one object and steps over the ones it is told of. */
export class IdSequence {
  readonly #keyPrefix: string;
  #last = 0;

  constructor(keyPrefix: string) {
    this.#keyPrefix = keyPrefix;
  }

  next(): string {
    this.#last += 1;
    return makeId(this.#keyPrefix, this.#last);
  }

  /** Takes note of an id made elsewhere (a journal, sample rows), so that it is never handed out again. */
  seen(id: string): void {
    if (id.startsWith(this.#keyPrefix + POD)) {
      this.#last = Math.max(this.#last, fromBase62(id.slice(6, 15)));
    }
  }
}
