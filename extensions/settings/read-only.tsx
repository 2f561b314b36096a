// Why the settings page shows everything and changes nothing, and the notice that says so. It only saves people a
// try: whether somebody may change a setting is decided where it is changed (docs/security.md).
import { Alert, Text } from '@hubspot/ui-extensions';
import type { ExtensionPointApi } from '@hubspot/ui-extensions';
import type { ReactElement } from 'react';
import { serviceAddressIn } from '../ui/service-address.ts';

type Context = Pick<ExtensionPointApi<'settings'>['context'], 'user' | 'variables'>;

export type WhyReadOnly = 'notAdmin' | 'noService';

/** Where HubSpot tells nothing of permissions, only the service is asked. */
const mayTry = (permissions: readonly string[] | undefined): boolean =>
  permissions?.includes('integrations-management-write') ?? true;

/** Null: this person may change settings, as far as HubSpot tells. */
export function whyReadOnly({ user, variables }: Context): WhyReadOnly | null {
  if (!mayTry(user.permissions)) return 'notAdmin';
  return serviceAddressIn(variables) === null ? 'noService' : null;
}

/** For somebody who could do something about it: for others the foot of the page says enough. */
export function ReadOnlyNotice({ why }: { readonly why: WhyReadOnly | null }): ReactElement | null {
  if (why !== 'noService') return null;
  return (
    <Alert title="Settings can’t be changed yet: Tandem’s service is not set up" variant="warning">
      <Text>
        Changes have to prove that an admin makes them, which a HubSpot function can’t. They go to
        the Tandem service instead, and this project doesn’t say where it is.
      </Text>
      <Text format={{ fontWeight: 'demibold' }}>
        Enter its https address as TANDEM_SERVICE_URL in the profile of the project
        (hsprofile.production.json), then upload it with hs project upload --profile production.
      </Text>
    </Alert>
  );
}
