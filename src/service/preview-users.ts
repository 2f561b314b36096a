// Who can be signed in to the preview: an admin of the portal and somebody who is none, real ones, since the service
// asks HubSpot about whoever calls it.
import type { HubSpotUser, HubSpotUsers } from '../hubspot/port.ts';
import type { PreviewConfig, PreviewUser } from '../preview/contract.ts';

/** For a portal that doesn't tell: the service will say what is missing. */
const SOMEBODY: PreviewUser = {
  id: 1,
  email: 'admin@example.com',
  firstName: 'Alex',
  lastName: 'Admin',
  permissions: ['integrations-management-write'],
};

const shown = ({ id, email, firstName, lastName, superAdmin }: HubSpotUser): PreviewUser => ({
  id: Number(id),
  email,
  firstName: firstName || email,
  lastName,
  permissions: superAdmin ? ['integrations-management-write'] : [],
});

export async function previewUsers(users: HubSpotUsers): Promise<PreviewConfig['users']> {
  try {
    const found = await users.some();
    const admin = found.find(({ superAdmin }) => superAdmin);
    const other = found.find(({ superAdmin }) => !superAdmin);
    const [first, ...others] = [admin, other].filter((user) => user !== undefined).map(shown);
    return first === undefined ? [SOMEBODY] : [first, ...others];
  } catch {
    return [SOMEBODY];
  }
}
