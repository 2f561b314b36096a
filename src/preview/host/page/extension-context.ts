// HubSpot's `context` for an extension, made from the preview's configuration.
import type { PreviewConfig, PreviewUser } from '../../contract.ts';
import type { ExtensionContext, ExtensionLocation } from '../worker-protocol.ts';

/** HubSpot's number for the object type "contact". */
const CONTACT_TYPE = '0-1';

/** The configuration, and who is signed in. */
export interface SeenConfig extends PreviewConfig {
  readonly user: PreviewUser;
}

function baseContext(
  { portal, user, app, variables }: SeenConfig,
  location: ExtensionLocation,
): ExtensionContext {
  return {
    location,
    portal,
    variables,
    user: {
      ...user,
      emails: [user.email],
      roles: [],
      teams: [],
      locale: 'en-us',
      language: 'en',
    },
    extension: app,
  };
}

export function cardContext(
  config: SeenConfig,
  contactId: string,
  location: 'sidebar' | 'tab',
): ExtensionContext {
  return {
    ...baseContext(config, `crm.record.${location}`),
    crm: { objectId: Number(contactId), objectTypeId: CONTACT_TYPE },
  };
}

/** Of an action on the people ticked in a list. */
export function bulkContext(config: SeenConfig, contactIds: readonly string[]): ExtensionContext {
  return {
    ...baseContext(config, 'crm.bulkActions'),
    crm: { objectIds: contactIds.map(Number), objectTypeId: CONTACT_TYPE },
  };
}

export function settingsContext(config: SeenConfig): ExtensionContext {
  return baseContext(config, 'settings');
}
