// Merging records: the losers go to the recycle bin and point at the master, which takes over whatever
// pointed at them (salesforce-api §3). The master's own values stay. Salesforce merges three records at a time;
// more are several merges.
import { badReference, SalesforceError } from '../errors.ts';
import type { ObjectSchema } from '../schema/schema.ts';
import { textOf, type Row } from '../values.ts';
import type { Database } from './database.ts';
import { checkCampaignMember } from './references.ts';
import type { Actor, Writes } from './writes.ts';

const MERGEABLE: ReadonlySet<string> = new Set(['Lead', 'Contact', 'Account']);

export function merge(
  database: Database,
  writes: Writes,
  object: ObjectSchema,
  masterId: string,
  loserIds: readonly string[],
  actor: Actor,
): void {
  if (!MERGEABLE.has(object.name) || loserIds.includes(masterId))
    throw new SalesforceError(400, [badReference()]);
  writes.live(object, masterId, actor);
  for (const loserId of loserIds) {
    writes.live(object, loserId, actor);
    for (const { name } of database.schema.objects)
      repoint(database, writes, name, object.name, loserId, masterId, actor);
    writes.alter(object, loserId, { IsDeleted: true, MasterRecordId: masterId }, actor);
  }
  writes.alter(object, masterId, {}, actor);
}

/** Every lookup of live rows of one object that holds the loser holds the master instead. */
function repoint(
  database: Database,
  writes: Writes,
  holder: string,
  target: string,
  loserId: string,
  masterId: string,
  actor: Actor,
): void {
  const table = database.table(holder);
  const lookups = table.schema.fields.filter(
    ({ name, type, referenceTo }) =>
      type === 'reference' && referenceTo.includes(target) && name !== 'MasterRecordId',
  );
  for (const { name } of lookups) {
    const isHolder = (row: Row | undefined): row is Row =>
      row?.[name] === loserId && row.IsDeleted !== true;
    const indexed = table.withValue(name, loserId);
    const rows = indexed === null ? [...table.byId()] : [...indexed].map((id) => table.get(id));
    for (const row of rows.filter(isHolder)) {
      const moved = { ...row, [name]: masterId };
      // The master may be in the campaign already.
      const isTwin = holder === 'CampaignMember' && checkCampaignMember(database, moved) !== null;
      const id = textOf(row, 'Id');
      if (isTwin) writes.remove(table.schema, id, actor);
      else writes.alter(table.schema, id, { [name]: masterId }, actor);
    }
  }
}
