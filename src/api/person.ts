// Who somebody is, out of what a CRM holds: for people to recognise them by.
import type { HubSpotContact, SalesforceValue } from '../engine/records.ts';

export interface Person {
  readonly name: string | null;
  readonly email: string | null;
}

export function personOf(
  ...[first, last, email]: readonly (SalesforceValue | undefined)[]
): Person {
  const text = (value: SalesforceValue | undefined): string | null =>
    typeof value === 'string' && value !== '' ? value : null;
  const parts = [text(first), text(last)].filter((part) => part !== null);
  return { name: parts.length === 0 ? null : parts.join(' '), email: text(email) };
}

/** Name, else e-mail address. */
export function whoIs({ properties }: HubSpotContact): string | null {
  const { name, email } = personOf(properties.firstname, properties.lastname, properties.email);
  return name ?? email;
}

/** What `whoIs` asks for. */
export const WHO = ['firstname', 'lastname', 'email'] as const;
