// Short stand-ins for values, to tell later whether a value is still the one that was looked at.
import type { CanonicalValue } from './link.ts';

const LONGEST_PLAIN = 40;

/** The value itself while it is short; otherwise its length and a 64-bit hash (two FNV-1a of 32 bits). */
export function fingerprint(value: CanonicalValue | undefined): string {
  const text = value === undefined ? '' : JSON.stringify(value);
  if (text.length <= LONGEST_PLAIN) return text;
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x01000193) ^ (other >>> 15);
  }
  return `${text.length}:${(one >>> 0).toString(36)}${(other >>> 0).toString(36)}`;
}
