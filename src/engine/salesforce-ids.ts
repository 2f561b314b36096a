// Salesforce ids: 15 characters that differ by case, or 18 with a checksum that makes case not matter.
// Everything here compares and stores 18 (salesforce-api §6).
import type { SalesforceObject } from './fields.ts';

const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form, or null when the text is not an id. */
export function salesforceId18(text: string): string | null {
  if (!/^(?:[A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(text)) return null;
  const id = text.slice(0, 15);
  let suffix = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let offset = 0; offset < 5; offset += 1) {
      if (/[A-Z]/.test(id.charAt(start + offset))) bits |= 1 << offset;
    }
    suffix += CHECKSUM.charAt(bits);
  }
  return `${id}${suffix}`;
}

/** Contacts' ids begin with 003, leads' with 00Q. */
export const objectOfId = (id: string): SalesforceObject =>
  id.startsWith('003') ? 'Contact' : 'Lead';
