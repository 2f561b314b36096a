// Which portal and organization a database belongs to: one row, written once and never changed.
import type { Kysely } from 'kysely';
import type { Installation } from './port.ts';
import type { Database } from './schema.ts';

/** Remembers the installation the first time; answers the one remembered, whoever was first. */
export async function rememberedInstallation(
  db: Kysely<Database>,
  { portalId, organizationId }: Installation,
): Promise<Installation> {
  const remembered = () => db.selectFrom('installation').selectAll().executeTakeFirst();
  const row = await remembered();
  if (row) return { portalId: row.portal_id, organizationId: row.organization_id };
  await db
    .insertInto('installation')
    .values({ portal_id: portalId, organization_id: organizationId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return rememberedInstallation(db, { portalId, organizationId });
}
