// Who is calling: a bearer token stands for an app or for a person working in HubSpot's own screens, and
// every change remembers which (hubspot-api §2.1, provenance). Scopes are not modelled.
import type { SandboxRequest } from '../http.ts';
import { Refused } from './errors.ts';

export const SANDBOX_APP_ID = '9393361';
/** The integration's own token. */
export const SANDBOX_TOKEN = 'pat-na1-00000000-sand-box0-0000-integration0';
/** A second app's token: its writes carry its own app id. */
export const SANDBOX_OTHER_APP_TOKEN = 'pat-na1-00000000-sand-box0-0000-anotherapp00';
/** Stands for a person who edits in HubSpot's UI. */
export const SANDBOX_UI_TOKEN = 'pat-na1-00000000-sand-box0-0000-personinui00';

/** What the integration's own token may do, in HubSpot's names. */
export const SANDBOX_SCOPES: readonly string[] = [
  ...['crm.lists.read', 'crm.objects.contacts.read', 'crm.objects.contacts.write'],
  ...['crm.objects.owners.read', 'crm.schemas.contacts.read', 'crm.schemas.contacts.write'],
  ...['oauth', 'settings.users.read', 'communication_preferences.statuses.batch.write'],
];

export interface SandboxToken {
  readonly token: string;
  /** Null when the token stands for a person in the UI. */
  readonly appId: string | null;
}

export const SANDBOX_TOKENS: readonly SandboxToken[] = [
  { token: SANDBOX_TOKEN, appId: SANDBOX_APP_ID },
  { token: SANDBOX_OTHER_APP_TOKEN, appId: '1160452' },
  { token: SANDBOX_UI_TOKEN, appId: null },
];

/** Where a change came from, as property history and webhooks tell it. */
export interface ChangeSource {
  readonly sourceType: string;
  readonly sourceId: string;
  readonly sourceLabel?: string;
  readonly updatedByUserId?: number;
}

const UI_USER_ID = 61000101;

export const PERSON_IN_UI: ChangeSource = {
  sourceType: 'CRM_UI',
  sourceId: `userId:${UI_USER_ID}`,
  updatedByUserId: UI_USER_ID,
};

/** HubSpot's own bookkeeping: opens, visits, roll-ups. */
export const HUBSPOT_ITSELF: ChangeSource = { sourceType: 'ANALYTICS', sourceId: 'ContactUpdate' };

export interface Caller {
  /** What the rolling limit counts by. */
  readonly name: string;
  readonly source: ChangeSource;
}

function callerOf(token: SandboxToken): Caller {
  if (token.appId === null) return { name: 'ui', source: PERSON_IN_UI };
  return {
    name: token.appId,
    source: { sourceType: 'INTEGRATION', sourceId: token.appId, sourceLabel: 'INTEGRATION' },
  };
}

const NO_CREDENTIALS =
  'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more ' +
  'details at https://developers.hubspot.com/docs/methods/auth/oauth-overview';

/** Resolves bearer tokens; an unknown one is refused with HubSpot's own 401. */
export class Tokens {
  readonly #callers: ReadonlyMap<string, Caller>;

  constructor(tokens: readonly SandboxToken[]) {
    this.#callers = new Map(tokens.map((token) => [token.token, callerOf(token)]));
  }

  identify(request: SandboxRequest): Caller {
    const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = token === undefined ? undefined : this.#callers.get(token);
    if (!caller)
      throw new Refused(401, { category: 'INVALID_AUTHENTICATION', message: NO_CREDENTIALS });
    return caller;
  }
}
