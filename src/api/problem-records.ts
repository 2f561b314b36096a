// A page of records that don't sync, as a person wants to know them: by name, with why, since when, and where to look.
import type { SalesforceObject } from '../engine/fields.ts';
import type { Link } from '../engine/link.ts';
import type { Reason } from '../engine/reasons.ts';
import type { LinkFilter } from '../store/port.ts';
import type { Pipeline } from '../sync/pipeline.ts';
import type { Ports } from '../sync/workspace.ts';
import type { ProblemChoice } from './problem-contract.ts';
import { inTime } from './in-time.ts';
import { personOf, type Person } from './person.ts';

/** How long names are waited for. */
const PATIENCE_MS = 4_000;

const NOBODY: Person = { name: null, email: null };

export interface FoundProblem {
  readonly link: Link;
  readonly reason: Reason;
  readonly person: Person;
  readonly since: string | null;
  readonly salesforceUrl: string | null;
}

export interface ProblemPage {
  readonly found: readonly FoundProblem[];
  readonly after: string | null;
}

export async function problemPage(
  { ports }: Pipeline,
  which: ProblemChoice,
  after: string | null,
  size: number,
): Promise<ProblemPage> {
  const { store } = ports;
  const more = await store.links.page(filterOf(which), after, size + 1);
  const links = more.slice(0, size);
  const [since, people, instanceUrl] = await Promise.all([
    store.links.since(links.map(({ id }) => id)),
    peopleBehind(links, ports),
    links.some(({ salesforceId }) => salesforceId !== null) ? instanceUrlOf(ports) : null,
  ]);
  const found = links.flatMap((link): FoundProblem[] => {
    const reason = which.of === 'field' ? (link.fieldReasons[which.mapping] ?? null) : link.reason;
    if (reason === null) return [];
    const { salesforceId, salesforceObject } = link;
    const hasPage = instanceUrl !== null && salesforceId !== null && salesforceObject !== null;
    return [
      {
        link,
        reason,
        person: people.get(link.id) ?? NOBODY,
        // It is the record's standing that is dated, not each field's.
        since: which.of === 'field' ? null : (since.get(link.id) ?? null),
        salesforceUrl: hasPage
          ? `${instanceUrl}/lightning/r/${salesforceObject}/${salesforceId}/view`
          : null,
      },
    ];
  });
  return { found, after: more.length > size ? (links.at(-1)?.id ?? null) : null };
}

function filterOf(which: ProblemChoice): LinkFilter {
  switch (which.of) {
    case 'problems':
      return { which: 'left', states: ['problem', 'waiting'], reasons: null };
    case 'leftOut':
      return { which: 'left', states: ['skipped'], reasons: null };
    case 'reason':
      return { which: 'left', states: [which.state], reasons: [which.code] };
    case 'field':
      return { which: 'field', mapping: which.mapping, reason: which.code };
  }
}

const instanceUrlOf = async ({ salesforce }: Ports): Promise<string | null> =>
  (await inTime(salesforce.schema.organization(), PATIENCE_MS))?.instanceUrl ?? null;

const FIELDS = ['FirstName', 'LastName', 'Email'] as const;

/** By the link's id. HubSpot's contact where there is one, else Salesforce's record. */
async function peopleBehind(
  links: readonly Link[],
  { hubspot, salesforce }: Ports,
): Promise<ReadonlyMap<string, Person>> {
  const contactIds = links.flatMap(({ hubspotId }) => hubspotId ?? []);
  const only = links.filter(({ hubspotId }) => hubspotId === null);
  const idsOf = (object: SalesforceObject): string[] =>
    only.flatMap(({ salesforceObject, salesforceId }) =>
      salesforceObject === object && salesforceId !== null ? [salesforceId] : [],
    );
  const ids = { Lead: idsOf('Lead'), Contact: idsOf('Contact') };
  const [contacts, records] = await Promise.all([
    contactIds.length === 0
      ? null
      : inTime(
          hubspot.contacts.readByIds(contactIds, ['firstname', 'lastname', 'email']),
          PATIENCE_MS,
        ),
    only.length === 0
      ? null
      : inTime(
          salesforce.records.read({ ids, emails: [] }, { Lead: FIELDS, Contact: FIELDS }),
          PATIENCE_MS,
        ),
  ]);
  const bySalesforceId = new Map((records ?? []).map((record) => [record.id, record.fields]));
  return new Map(
    links.flatMap(({ id, hubspotId, salesforceId }): [string, Person][] => {
      const properties = hubspotId === null ? undefined : contacts?.get(hubspotId)?.properties;
      if (properties)
        return [[id, personOf(properties.firstname, properties.lastname, properties.email)]];
      const fields = salesforceId === null ? undefined : bySalesforceId.get(salesforceId);
      return fields ? [[id, personOf(fields.FirstName, fields.LastName, fields.Email)]] : [];
    }),
  );
}
