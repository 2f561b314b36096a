// GET /crm/owners (hubspot-api §2.5). The client asks with a slash at the end; the router takes both.
import { isTrue, limitOf, pathPart, type Routes } from './call.ts';
import { notFound } from './errors.ts';
import { presentOwner, type Owners } from './owners.ts';

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 500;

export function ownerRoutes(owners: Owners): Routes {
  return {
    'GET /crm/owners': (call) => {
      const { query } = call.request;
      const limit = limitOf(call, DEFAULT_PAGE, LARGEST_PAGE);
      const email = query.get('email')?.toLowerCase();
      const after = Number(query.get('after') ?? 0);
      const found = owners
        .all()
        .filter((owner) => owner.archived === isTrue(call, 'archived'))
        .filter((owner) => email === undefined || owner.email?.toLowerCase() === email)
        .filter((owner) => Number(owner.id) > after);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        status: 200,
        value: {
          results: page.map(presentOwner),
          ...(found.length > limit && last ? { paging: { next: { after: last.id } } } : {}),
        },
      };
    },

    'GET /crm/owners/{ownerId}': (call) => {
      const id = pathPart(call, 'ownerId');
      const owner =
        call.request.query.get('idProperty') === 'userId'
          ? owners.all().find((candidate) => String(candidate.userId) === id)
          : owners.get(id);
      if (owner?.archived !== isTrue(call, 'archived')) throw notFound();
      return { status: 200, value: presentOwner(owner) };
    },
  };
}
