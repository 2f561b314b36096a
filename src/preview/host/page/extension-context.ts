// HubSpot's `context` for an extension, made from the preview's configuration.
import type { PreviewConfig } from '../../contract.ts';
import type { ExtensionContext, ExtensionLocation } from '../worker-protocol.ts';

/** HubSpot's number for the object type "contact". */
const CONTACT_TYPE = '0-1';

function baseContext(
  { portal, user, app }: PreviewConfig,
  location: ExtensionLocation,
): ExtensionContext {
  return {
    location,
    portal,
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
  config: PreviewConfig,
  contactId: string,
  location: 'sidebar' | 'tab',
): ExtensionContext {
  return {
    ...baseContext(config, `crm.record.${location}`),
    crm: { objectId: Number(contactId), objectTypeId: CONTACT_TYPE },
  };
}

export function settingsContext(config: PreviewConfig): ExtensionContext {
  return baseContext(config, 'settings');
}
