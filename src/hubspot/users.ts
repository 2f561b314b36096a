// The portal's users: who is a super admin. A plain request, since api-client's package for it is larger than all
// there is to ask.
import { z } from 'zod';
import { CallRejected } from '../engine/failures.ts';
import type { GeneratedClients } from './generated.ts';
import type { HubSpotUser, HubSpotUsers } from './port.ts';
import { messageOf } from './transport.ts';

/** Older answers have it as text. */
const flagSchema = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((it) => it === 'true'),
]);

const userSchema = z.object({
  id: z.coerce.string(),
  email: z.string(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  superAdmin: flagSchema.nullish(),
});

const pageSchema = z.object({ results: z.array(userSchema) });

const FIRST_PAGE = 100;

const userOf = ({
  id,
  email,
  firstName,
  lastName,
  superAdmin,
}: z.output<typeof userSchema>): HubSpotUser => ({
  id,
  email,
  firstName: firstName ?? '',
  lastName: lastName ?? '',
  superAdmin: superAdmin === true,
});

export function usersOver({ request }: GeneratedClients): HubSpotUsers {
  const asked = async (path: string): Promise<unknown> => {
    const { status, text } = await request('GET', path);
    if (status === 404) return null;
    if (status !== 200)
      throw new CallRejected('HubSpot', messageOf(text) ?? `status ${status}`, status, 'USERS');
    return JSON.parse(text);
  };
  return {
    async get(userId) {
      const answer = await asked(`/settings/v3/users/${encodeURIComponent(userId)}`);
      return answer === null ? null : userOf(userSchema.parse(answer));
    },
    async some() {
      const answer = await asked(`/settings/v3/users?limit=${FIRST_PAGE}`);
      return pageSchema.parse(answer ?? { results: [] }).results.map(userOf);
    },
  };
}
