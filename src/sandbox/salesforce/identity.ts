// Who the token's user is: `/services/oauth2/userinfo` and the `/id/{org}/{user}` address a token comes
// with. jsforce's `identity()` reads the second.
import { json, type SandboxResponse } from '../http.ts';
import type { Database } from './org/database.ts';
import { parseDatetime, textOf, type Row } from './values.ts';

export function userInfo(
  database: Database,
  organizationId: string,
  userId: string,
  baseUrl: string,
): SandboxResponse {
  const user = database.table('User').get(userId);
  if (user === undefined)
    return json(404, { error: 'not_found', error_description: 'no such user' });
  return json(200, {
    sub: `${baseUrl}/id/${organizationId}/${userId}`,
    user_id: userId,
    organization_id: organizationId,
    preferred_username: textOf(user, 'Username'),
    nickname: textOf(user, 'CommunityNickname'),
    name: textOf(user, 'Name'),
    email: textOf(user, 'Email'),
    email_verified: true,
    given_name: textOf(user, 'FirstName'),
    family_name: textOf(user, 'LastName'),
    zoneinfo: textOf(user, 'TimeZoneSidKey'),
    locale: textOf(user, 'LocaleSidKey'),
    language: textOf(user, 'LanguageLocaleKey'),
    active: user.IsActive === true,
    user_type: 'STANDARD',
    urls: urls(organizationId, baseUrl),
    updated_at: new Date(modifiedAt(user)).toISOString(),
  });
}

export function identity(
  database: Database,
  organizationId: string,
  userId: string,
  baseUrl: string,
): SandboxResponse {
  const user = database.table('User').get(userId);
  if (user === undefined)
    return json(404, { error: 'not_found', error_description: 'no such user' });
  return json(200, {
    id: `${baseUrl}/id/${organizationId}/${userId}`,
    asserted_user: true,
    user_id: userId,
    organization_id: organizationId,
    username: textOf(user, 'Username'),
    nick_name: textOf(user, 'CommunityNickname'),
    display_name: textOf(user, 'Name'),
    email: textOf(user, 'Email'),
    email_verified: true,
    first_name: textOf(user, 'FirstName'),
    last_name: textOf(user, 'LastName'),
    timezone: textOf(user, 'TimeZoneSidKey'),
    urls: urls(organizationId, baseUrl),
    active: user.IsActive === true,
    user_type: 'STANDARD',
    language: textOf(user, 'LanguageLocaleKey'),
    locale: textOf(user, 'LocaleSidKey'),
    last_modified_date: textOf(user, 'LastModifiedDate'),
    is_app_installed: true,
  });
}

function urls(organizationId: string, baseUrl: string): Record<string, string> {
  const rest = `${baseUrl}/services/data/v{version}`;
  return {
    profile: `${baseUrl}/{userId}`,
    rest: `${rest}/`,
    sobjects: `${rest}/sobjects/`,
    query: `${rest}/query/`,
    custom_domain: baseUrl,
    enterprise: `${baseUrl}/services/Soap/c/{version}/${organizationId.slice(0, 15)}`,
  };
}

function modifiedAt(user: Row): number {
  return parseDatetime(textOf(user, 'LastModifiedDate')) ?? 0;
}
