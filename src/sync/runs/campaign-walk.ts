// Past the members of a Salesforce campaign.
import { z } from 'zod';
import type { Sighting } from '../sighting.ts';
import type { Walk } from './walk.ts';

const positionSchema = z.string().nullable();

export const campaignWalk = (campaignId: string): Walk => ({
  count: ({ ports }) => ports.salesforce.records.countCampaignMembers(campaignId),

  async page({ ports }, at) {
    const page = await ports.salesforce.records.campaignMembers(
      campaignId,
      positionSchema.parse(at),
    );
    return {
      sightings: page.members.map((member): Sighting => ({
        key: { side: 'salesforce', ...member },
        campaigns: true,
      })),
      next: page.afterId,
    };
  },
});
