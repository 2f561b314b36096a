// What must hold once the killing is over and everything has settled: nobody lost, nobody doubled, nothing
// stuck. Judged from what both CRMs, the links and the queue hold, each complaint in words.
import { sendsSomething } from '../../../src/engine/plan.ts';
import type { RecordKey } from '../../../src/engine/records.ts';
import type { Pipeline } from '../../../src/sync/pipeline.ts';
import { LOOKS } from '../../../src/sync/live.ts';
import { executeOn } from '../../support/postgres.ts';
import { recordsOf, type BothSides, type Somebody } from './crash-traffic.ts';

/** What is still under way: empty when everything has settled and was looked at since. */
export async function unsettled(databaseUrl: string, since: Date): Promise<string[]> {
  const jobs = await executeOn(
    databaseUrl,
    `select name, state::text, count(*)::integer from jobs.job
     where state < 'completed' and name like 'records%' group by 1, 2`,
  );
  const links = await executeOn(
    databaseUrl,
    `select id::text, reason_code, retry_at, attempts from links
     where state = 'waiting' and (retry_at is null or attempts > 0 or creating_since is not null) limit 5`,
  );
  // The looks of whoever was killed come again only when their heartbeat has been missed.
  const looks = await executeOn(
    databaseUrl,
    `select distinct singleton_key from jobs.job
     where name = 'looks' and state = 'completed' and started_on > '${since.toISOString()}'`,
  );
  const looked = new Set(looks.map(({ singleton_key: where }) => where));
  const holds = await executeOn(
    databaseUrl,
    'select count(*)::integer from holds where held_until is not null',
  );
  const runs = await executeOn(databaseUrl, `select kind from runs where finished_at is null`);
  return [
    ...jobs.map((row) => `${String(row.count)} ${String(row.state)} in ${String(row.name)}`),
    ...links.map((row) => `a link waits: ${JSON.stringify(row)}`),
    ...holds.flatMap(({ count }) => (count === 0 ? [] : [`${String(count)} links are held`])),
    ...LOOKS.flatMap((where) => (looked.has(where) ? [] : [`nobody has looked: ${where}`])),
    ...runs.map(({ kind }) => `the ${String(kind)} is not finished`),
  ];
}

/** Jobs that nobody works on though they are said to be in hand, once nobody works any more. */
export async function orphans(databaseUrl: string): Promise<string[]> {
  const rows = await executeOn(
    databaseUrl,
    `select name, state::text from jobs.job where state = 'active'`,
  );
  return rows.map(({ name }) => `a job of ${String(name)} is in hand of nobody`);
}

export async function complaints(
  sides: BothSides,
  pipeline: Pipeline,
  people: readonly Somebody[],
): Promise<string[]> {
  return [
    ...(await lost(sides, pipeline, people)),
    ...doubled(sides, people),
    ...(await unexplained(sides, pipeline)),
  ];
}

const text = (value: unknown): string => (value == null ? '' : String(value));

/** Who was only edited is on both sides, with the last value entered. */
async function lost(
  sides: BothSides,
  { ports }: Pipeline,
  people: readonly Somebody[],
): Promise<string[]> {
  const found: string[] = [];
  for (const { email, fate, jobTitle, city } of people) {
    if (fate !== 'edited') continue;
    const contact = sides.hubspot.portal.byEmail(email);
    const [record] = recordsOf(sides, email);
    if (!contact || !record) {
      found.push(`lost: ${email} is not in ${contact ? 'Salesforce' : 'HubSpot'}`);
      continue;
    }
    const { properties } = contact;
    const { fields, object } = record;
    const compared = [
      ['job title', jobTitle, properties.jobtitle, fields.Title],
      ['city', city, properties.city, object === 'Lead' ? fields.City : fields.MailingCity],
      ['phone', null, properties.phone, fields.Phone],
    ] as const;
    for (const [what, entered, inHubSpot, inSalesforce] of compared) {
      const held = [text(inHubSpot), text(inSalesforce)];
      const wanted = entered ?? held[0];
      if (held.every((value) => value === wanted)) continue;
      const history = await ports.store.links.history(contact.id, 1_000);
      const told = history
        .filter(({ before, after }) => [...held, entered].includes(text(after ?? before)))
        .map(({ at, side, cause, before, after, why }) =>
          [at, cause, side, text(before), '→', text(after), why].join(' '),
        );
      found.push(
        [
          `lost: ${what} of ${email} was “${text(entered)}” last and is “${held.join('” and “')}”`,
          ...told,
        ].join('\n    '),
      );
    }
  }
  return found;
}

function doubled(sides: BothSides, people: readonly Somebody[]): string[] {
  const contacts = Map.groupBy(sides.hubspot.portal.all(), ({ properties }) => properties.email);
  const records = (['Lead', 'Contact'] as const).flatMap((object) =>
    sides.salesforce.org.all(object),
  );
  const byExternalId = Map.groupBy(records, (row) => text(row.Tandem_HubSpot_Id__c));
  return [
    ...people.flatMap(({ email }) => [
      ...((contacts.get(email)?.length ?? 0) > 1 ? [`doubled: ${email} in HubSpot`] : []),
      ...(recordsOf(sides, email).length > 1 ? [`doubled: ${email} in Salesforce`] : []),
    ]),
    ...[...byExternalId].flatMap(([id, rows]) =>
      id !== '' && rows.length > 1 ? [`doubled: ${rows.length} records are contact ${id}`] : [],
    ),
  ];
}

/** Everybody has a link; whoever is not in sync has a reason, and nothing is left to send. */
async function unexplained(sides: BothSides, pipeline: Pipeline): Promise<string[]> {
  const everybody: RecordKey[] = [
    ...sides.hubspot.portal.all().map(({ id }): RecordKey => ({ side: 'hubspot', id })),
    ...(['Lead', 'Contact'] as const).flatMap((object) =>
      sides.salesforce.org
        .all(object)
        .map(({ Id }): RecordKey => ({ side: 'salesforce', object, id: text(Id) })),
    ),
  ];
  const links = await pipeline.ports.store.links.find({
    hubspot: everybody.flatMap((key) => (key.side === 'hubspot' ? key.id : [])),
    salesforce: everybody.flatMap((key) => (key.side === 'salesforce' ? key.id : [])),
  });
  const known = new Set(links.flatMap(({ hubspotId, salesforceId }) => [hubspotId, salesforceId]));
  const planned = await pipeline.dryRun(everybody.map((key) => ({ key })));
  return [
    ...everybody.flatMap(({ id }) => (known.has(id) ? [] : [`unknown: nobody remembers ${id}`])),
    ...links.flatMap(({ id, state, reason, hubspotId, salesforceId }) => {
      if (state !== 'inSync')
        return reason === null ? [`unexplained: link ${id} is ${state} without a reason`] : [];
      return hubspotId && salesforceId ? [] : [`unexplained: link ${id} is alone and in sync`];
    }),
    ...planned.flatMap(({ pair, plan }) =>
      sendsSomething(plan)
        ? [
            `unfinished: ${pair.hubspot?.id ?? ''} ${pair.salesforce?.id ?? ''} ${JSON.stringify(plan)}`,
          ]
        : [],
    ),
  ];
}
