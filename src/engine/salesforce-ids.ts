// Salesforce ids: 15 characters that differ by case, or 18 with a checksum that makes case not matter.
// Everything here compares and stores 18 (salesforce-api §6).
import type { SalesforceObject } from './fields.ts';

const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const CAPITAL_A = 65;
const CAPITAL_Z = 90;

/** The 18-character form, or null when the text is not an id. */
export function salesforceId18(text: string): string | null {
  if (!/^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(text)) return null;
  let suffix = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let offset = 0; offset < 5; offset += 1) {
      const code = text.charCodeAt(start + offset);
      if (code >= CAPITAL_A && code <= CAPITAL_Z) bits |= 1 << offset;
    }
    suffix += CHECKSUM.charAt(bits);
  }
  // Several times for every record of every sync: mostly nothing new has to be made.
  return text.length === 18 && text.endsWith(suffix) ? text : `${text.slice(0, 15)}${suffix}`;
}

/** Contacts' ids begin with 003, leads' with 00Q. */
export const objectOfId = (id: string): SalesforceObject =>
  id.startsWith('003') ? 'Contact' : 'Lead';
