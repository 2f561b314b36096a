// Which campaigns leads and contacts are in, for hundreds of people in one query, and who is in one of them.
// A lead's members are found by LeadId, also after its conversion, when they stand for the contact as well
// (salesforce-api §6).
import { CallRejected } from '../engine/failures.ts';
import { SALESFORCE_OBJECTS } from '../engine/fields.ts';
import { salesforceId18 } from '../engine/salesforce-ids.ts';
import { accepted, compositeCall, HEAVY_PER_COMPOSITE, refusalOf } from './composite.ts';
import type { SalesforceConnection } from './connection.ts';
import { asAsked, MOST_IDS } from './fates.ts';
import type { SalesforceRecords } from './port.ts';
import { askableIds, idOf, PAGE, portions, query, rowsOf, totalSizeOf } from './rows.ts';
import { inList, quoted, select } from './soql.ts';

const HIDDEN: ReadonlySet<string> = new Set(['INVALID_TYPE', 'INVALID_FIELD']);

const nameIn = (campaign: unknown): string | null =>
  typeof campaign === 'object' &&
  campaign !== null &&
  'Name' in campaign &&
  typeof campaign.Name === 'string'
    ? campaign.Name
    : null;

/** The user may not see campaign members at all, or not the campaigns they are members of. */
function noneIfHidden(error: unknown): never[] {
  const isHidden = error instanceof CallRejected && HIDDEN.has(error.code);
  if (isHidden) return [];
  throw error;
}

export function campaignsOver(
  connection: SalesforceConnection,
): Pick<
  SalesforceRecords,
  'campaigns' | 'campaignMembers' | 'campaignName' | 'countCampaignMembers' | 'memberships'
> {
  return {
    async campaigns(ids) {
      const questions = SALESFORCE_OBJECTS.flatMap((object) => {
        const person = `${object}Id`;
        return portions(askableIds(object, ids), MOST_IDS).map((portion) => ({
          person,
          subrequest: query(
            select({
              fields: [person, 'CampaignId'],
              from: 'CampaignMember',
              where: inList(person, portion),
            }),
          ),
        }));
      });
      const found = new Map<string, Set<string>>();
      for (let start = 0; start < questions.length; start += HEAVY_PER_COMPOSITE) {
        const asked = questions.slice(start, start + HEAVY_PER_COMPOSITE);
        const answers = await compositeCall(
          connection,
          asked.map(({ subrequest }) => subrequest),
        );
        for (const [index, { person }] of asked.entries()) {
          const answer = answers[index];
          // A user who can't see campaign members sees nobody in any campaign.
          if (refusalOf(answer)?.code === 'INVALID_TYPE') continue;
          for (const row of await rowsOf(connection, accepted(answer))) {
            const id = idOf(row[person]);
            found.set(id, (found.get(id) ?? new Set()).add(idOf(row.CampaignId)));
          }
        }
      }
      return new Map(
        [...asAsked(ids, found)].map(([id, campaigns]) => [id, [...(campaigns ?? [])].sort()]),
      );
    },

    async campaignMembers(campaignId, afterId) {
      const id = salesforceId18(campaignId);
      if (id === null) return { members: [], afterId: null };
      const after = afterId === null ? '' : ` AND Id > ${quoted(afterId)}`;
      const page = query(
        select({
          fields: ['Id', 'LeadId', 'ContactId'],
          from: 'CampaignMember',
          where: `CampaignId = ${quoted(id)}${after}`,
          orderBy: ['Id'],
          limit: PAGE,
        }),
      );
      const rows = await rowsOf(connection, await connection.send(page));
      const last = rows.at(-1);
      return {
        members: rows.map((row) =>
          idOf(row.ContactId) === ''
            ? { object: 'Lead', id: idOf(row.LeadId) }
            : { object: 'Contact', id: idOf(row.ContactId) },
        ),
        afterId: rows.length >= PAGE && last ? idOf(last.Id) : null,
      };
    },

    async memberships(object, id) {
      const asked = query(
        select({
          fields: ['CampaignId', 'Campaign.Name', 'Status', 'HasResponded'],
          from: 'CampaignMember',
          where: `${object}Id = ${quoted(id)}`,
          limit: PAGE,
        }),
      );
      const rows = await connection
        .send(asked)
        .then((answer) => rowsOf(connection, answer))
        .catch(noneIfHidden);
      return rows
        .map((row) => ({
          campaignId: idOf(row.CampaignId),
          name: nameIn(row.Campaign) ?? idOf(row.CampaignId),
          status: typeof row.Status === 'string' ? row.Status : null,
          hasResponded: row.HasResponded === true,
        }))
        .sort((one, other) => one.name.localeCompare(other.name, 'en'));
    },

    async campaignName(campaignId) {
      const id = salesforceId18(campaignId);
      if (id === null) return null;
      const asked = query(
        select({ fields: ['Name'], from: 'Campaign', where: `Id = ${quoted(id)}`, limit: 1 }),
      );
      try {
        const [row] = await rowsOf(connection, await connection.send(asked));
        return typeof row?.Name === 'string' ? row.Name : null;
      } catch (error) {
        // The user may not see campaigns at all.
        if (error instanceof CallRejected && error.code === 'INVALID_TYPE') return null;
        throw error;
      }
    },

    async countCampaignMembers(campaignId) {
      const id = salesforceId18(campaignId);
      if (id === null) return 0;
      const soql = `SELECT COUNT() FROM CampaignMember WHERE CampaignId = ${quoted(id)}`;
      return totalSizeOf(await connection.send(query(soql)));
    },
  };
}
