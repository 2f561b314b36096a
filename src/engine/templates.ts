// What a required Salesforce field gets when HubSpot has no value for it. A template is a few alternatives,
// `{lastname} || {email.local} || Unknown`: the first in which no name in braces is blank is used.
// `{email.local}` and `{email.domain}` are the parts of the contact's e-mail address; every other name is
// a HubSpot property.
import { z } from 'zod';
import type { HubSpotContact } from './records.ts';
import { readEmail, readText } from './values.ts';

const NAME = /\{([a-z0-9_.]+)\}/g;

export const templateSchema = z
  .string()
  .min(1)
  .max(500)
  .refine((template) => !/[{}]/.test(template.replaceAll(NAME, '')), {
    message: 'has a brace that does not belong to a property name, as in {lastname}',
  });

/** By field name, on leads and contacts alike. */
export const DEFAULT_TEMPLATES: Readonly<Record<string, string>> = {
  LastName: '{lastname} || {email.local} || Unknown',
  Company: '{company} || {email.domain} || Unknown',
};

const LAST_RESORT = 'Unknown';

/** HubSpot properties that templates mention, to be read with every contact. */
export function propertiesInTemplates(templates: Readonly<Record<string, string>>): string[] {
  const names = Object.values(templates).flatMap((template) =>
    [...template.matchAll(NAME)].map(([, name = '']) => name),
  );
  return [...new Set(names.map((name) => (name.startsWith('email.') ? 'email' : name)))];
}

function valueOf(name: string, contact: HubSpotContact): string | null {
  if (name === 'email.local' || name === 'email.domain') {
    const [local, domain] = (readEmail(contact.properties.email ?? null) ?? '').split('@');
    return readText((name === 'email.local' ? local : domain) ?? null);
  }
  return readText(contact.properties[name] ?? null);
}

/**
 * The text of the first alternative whose names all have values; never blank.
 * @param fits what the Salesforce field takes
 */
export function fillIn(
  template: string | undefined,
  contact: HubSpotContact,
  fits: (text: string) => boolean = () => true,
): string {
  for (const alternative of (template ?? LAST_RESORT).split('||')) {
    const values = [...alternative.matchAll(NAME)].map(([, name = '']) => valueOf(name, contact));
    if (values.includes(null)) continue;
    const filled = readText(alternative.replaceAll(NAME, () => values.shift() ?? ''));
    if (filled !== null && fits(filled)) return filled;
  }
  return LAST_RESORT;
}
