// A handful of Salesforce campaigns, and who is a member.
import type { Dice } from './dice.ts';
import { OWNERS } from './facts.ts';
import type { SalesforceRow } from './rows.ts';
import { stamps } from './salesforce-rows.ts';

const CAMPAIGNS = [
  ['Spring Webinar 2026', 'Webinar', 'Completed'],
  ['Autumn Fair', 'Trade Show', 'Completed'],
  ['Product Launch – 日本', 'Conference', 'In Progress'],
  ['Newsletter', 'Email', 'In Progress'],
  ['Partner Day; Invitations', 'Partners', 'Planned'],
] as const;

const DAY_MS = 86_400_000;

const campaignKey = (index: number): string => `campaign-${index}`;

/** Stand before all people, who may be members. */
export function campaignRows(now: Date): SalesforceRow[] {
  return CAMPAIGNS.map(([name, type, status], index) => {
    const at = new Date(now.getTime() - (index + 1) * 60 * DAY_MS);
    return {
      key: campaignKey(index),
      object: 'Campaign',
      fields: {
        Name: name,
        Type: type,
        Status: status,
        IsActive: status !== 'Completed',
        StartDate: at.toISOString().slice(0, 10),
        ...stamps({ createdAt: at, modifiedAt: at }),
      },
      refs: {},
      owner: OWNERS.maya,
    };
  });
}

/** Memberships of a lead or contact: most people are in no campaign, some in several. */
export function memberRows(row: SalesforceRow, dice: Dice): SalesforceRow[] {
  if (!dice.chance(25)) return [];
  const first = dice.between(0, CAMPAIGNS.length - 1);
  const campaigns = dice.chance(30) ? [first, (first + 1) % CAMPAIGNS.length] : [first];
  return campaigns.map((campaign) => ({
    key: `${row.key}-in-${campaignKey(campaign)}`,
    object: 'CampaignMember',
    fields: { Status: dice.chance(40) ? 'Responded' : 'Sent' },
    refs: {
      CampaignId: campaignKey(campaign),
      [row.object === 'Lead' ? 'LeadId' : 'ContactId']: row.key,
    },
    owner: null,
  }));
}
