// Who calls, and whether they may. A caller is somebody whom HubSpot's signature names (src/service/app-calls.ts);
// a HubSpot function knows nobody, so for it there is none.
import { Unauthorized } from '../engine/failures.ts';
import type { HubSpotUsers } from '../hubspot/port.ts';
import type { CallName } from './contract.ts';
import { ApiFailure } from './failure.ts';
import { isForAdmins } from './who-may.ts';

export interface Caller {
  /** HubSpot's user id, digits. */
  readonly userId: string;
  readonly email: string;
}

/** Who is an admin of the portal now, or was a few minutes ago. */
export interface Admins {
  includes(userId: string): Promise<boolean>;
}

/** How long an admin is taken for one without asking again. Nobody else is remembered: who becomes one is one at once. */
const REMEMBERED_MS = 3 * 60_000;

export function adminsOver(users: HubSpotUsers, now: () => number): Admins {
  const known = new Map<string, number>();
  return {
    async includes(userId) {
      const askedAt = known.get(userId);
      if (askedAt !== undefined && now() - askedAt < REMEMBERED_MS) return true;
      known.delete(userId);
      const user = await users.get(userId);
      if (user?.superAdmin !== true) return false;
      known.set(userId, now());
      return true;
    },
  };
}

/** Throws what a person is told who may not make the call. */
export async function refuseUnlessAllowed(
  name: CallName,
  caller: Caller | null,
  admins: Admins,
): Promise<void> {
  if (!isForAdmins(name)) return;
  if (caller === null) {
    throw new ApiFailure({
      code: 'CALLER_NOT_PROVEN',
      message:
        'Only admins may do this, and a call that comes through a HubSpot function doesn’t prove who makes it.',
      fix: 'Enter the address of the Tandem service as TANDEM_SERVICE_URL in the profile of the project (hsprofile.*.json) and upload it again.',
      field: null,
    });
  }
  if (!(await isAdmin(caller, admins))) {
    throw new ApiFailure({
      code: 'ADMINS_ONLY',
      message: `Only super admins of this HubSpot account may do this, and ${caller.email} is not one.`,
      fix: 'Ask a super admin to do it, or to make you one: Settings > Users & Teams in HubSpot.',
      field: null,
    });
  }
}

async function isAdmin(caller: Caller, admins: Admins): Promise<boolean> {
  try {
    return await admins.includes(caller.userId);
  } catch (error) {
    if (!(error instanceof Unauthorized)) throw error;
    throw new ApiFailure({
      code: 'ADMINS_UNKNOWN',
      message: `HubSpot doesn’t let Tandem ask who is an admin: ${error.message}`,
      fix: 'Give the app the scope settings.users.read: upload the project again and accept its permissions.',
      field: null,
    });
  }
}
