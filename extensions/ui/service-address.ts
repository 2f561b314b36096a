// Where the Tandem service is, as the project's profile says (hsprofile.*.json). What only admins may do goes there,
// since only `hubspot.fetch` proves who asks (docs/security.md).
import type { ExtensionPointApi } from '@hubspot/ui-extensions';

export type ProfileVariables = ExtensionPointApi<'settings'>['context']['variables'];

/** Null while nobody has entered one: the project comes with an address that leads nowhere. */
export function serviceAddressIn(variables: ProfileVariables): string | null {
  const address = variables?.TANDEM_SERVICE_URL;
  if (typeof address !== 'string') return null;
  const trimmed = address.trim().replace(/\/+$/, '');
  return /^https?:\/\/[^/?#]+/.test(trimmed) && !/^https?:\/\/[^/]+\.invalid\b/.test(trimmed)
    ? trimmed
    : null;
}
