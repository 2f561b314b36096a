// The portal's users (GET /settings/users): who may sign in to it, and who is a super admin. Owners are another
// thing, see `owners.ts`.
import { limitOf, pathPart, type Routes } from './call.ts';
import { notFound } from './errors.ts';

export interface PortalUser {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly superAdmin: boolean;
}

export const SAMPLE_USERS: readonly PortalUser[] = [
  {
    id: '61000001',
    email: 'admin@example.com',
    firstName: 'Alex',
    lastName: 'Admin',
    superAdmin: true,
  },
  {
    id: '61000101',
    email: 'maya.okafor@example.com',
    firstName: 'Maya',
    lastName: 'Okafor',
    superAdmin: false,
  },
];

export class Users {
  readonly #users: Map<string, PortalUser>;

  constructor(users: readonly PortalUser[] = SAMPLE_USERS) {
    this.#users = new Map(users.map((user) => [user.id, user]));
  }

  all(): PortalUser[] {
    return [...this.#users.values()];
  }

  get(id: string): PortalUser | undefined {
    return this.#users.get(id);
  }

  find(email: string): PortalUser | undefined {
    return this.all().find((user) => user.email.toLowerCase() === email.toLowerCase());
  }

  /** Adds the user, or replaces the one with its id. */
  put(user: PortalUser): void {
    this.#users.set(user.id, user);
  }

  remove(id: string): void {
    this.#users.delete(id);
  }
}

const LARGEST_PAGE = 100;

const present = (user: PortalUser): Record<string, unknown> => ({
  ...user,
  roleIds: [],
  secondaryTeamIds: [],
  sendWelcomeEmail: false,
});

export function userRoutes(users: Users): Routes {
  return {
    'GET /settings/users': (call) => ({
      status: 200,
      value: {
        results: users
          .all()
          .slice(0, limitOf(call, LARGEST_PAGE, LARGEST_PAGE))
          .map(present),
      },
    }),
    'GET /settings/users/{userId}': (call) => {
      const id = pathPart(call, 'userId');
      const byEmail = call.request.query.get('idProperty') === 'EMAIL';
      const user = byEmail ? users.find(id) : users.get(id);
      if (!user) throw notFound(`user ${id} does not exist`);
      return { status: 200, value: present(user) };
    },
  };
}
