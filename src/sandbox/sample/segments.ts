// Segments to choose from: one that keeps itself by two conditions, and one that somebody fills by hand.
import type { FilterBranch } from '../hubspot/lists/filter-branch.ts';
import type { HubSpotStandIn } from '../hubspot/stand-in.ts';

const isKnown = (property: string) => ({
  filterType: 'PROPERTY' as const,
  property,
  operation: { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' },
});

const WITH_PHONE_AND_COMPANY: FilterBranch = {
  filterBranchType: 'OR',
  filters: [],
  filterBranches: [
    {
      filterBranchType: 'AND',
      filterBranches: [],
      filters: [isKnown('phone'), isKnown('company')],
    },
  ],
};

/** Of ten contacts. */
const ONE_READER = 10;

export function seedSegments(portal: HubSpotStandIn['portal']): void {
  portal.createList({
    name: 'Sales-ready',
    processingType: 'DYNAMIC',
    filterBranch: WITH_PHONE_AND_COMPANY,
  });
  const members = portal
    .all()
    .filter((_, index) => index % ONE_READER === 0)
    .map(({ id }) => id);
  portal.createList({ name: 'Newsletter readers', processingType: 'MANUAL', members });
}
