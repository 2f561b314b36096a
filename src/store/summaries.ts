// How many links stand where, counted by the database for reports.
import { sql, type Kysely } from 'kysely';
import type { FieldSummaryRow, LinkSummaryRow } from './port.ts';
import type { Database } from './schema.ts';

const EXAMPLES = 3;

/** State × reason code. Counts and examples come from the index on both, without reading every link. */
export async function summaryByReason(db: Kysely<Database>): Promise<LinkSummaryRow[]> {
  const { rows } = await sql<LinkSummaryRow>`
    select counted.state, counted.count, shown.reason, shown.examples
    from (
      select state, reason_code, count(*)::int4 as count from links group by state, reason_code
    ) counted
    cross join lateral (
      select
        (array_agg(example.reason order by example.id))[1] as reason,
        jsonb_agg(
          jsonb_build_object('hubspotId', hubspot_id, 'salesforceId', salesforce_id)
          order by example.id
        ) as examples
      from (
        select id, reason, hubspot_id, salesforce_id from links
        where links.state = counted.state and links.reason_code = counted.reason_code
        order by id limit ${EXAMPLES}
      ) example
    ) shown
    order by counted.count desc, counted.state, counted.reason_code`.execute(db);
  return rows;
}

/** Mapping × reason code, of the links that have a field left out. */
export async function summaryByField(db: Kysely<Database>): Promise<FieldSummaryRow[]> {
  const { rows } = await sql<FieldSummaryRow>`
    select field.key as mapping, count(*)::int4 as count,
      (array_agg(field.value order by links.id))[1] as reason
    from links cross join lateral jsonb_each(links.field_reasons) field
    where links.field_reasons <> '{}'::jsonb
    group by field.key, field.value->>'code'
    order by count desc, field.key, field.value->>'code'`.execute(db);
  return rows;
}
