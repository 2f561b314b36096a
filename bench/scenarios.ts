// What is measured: which people are where, what happens to them, and the least calls it takes. Three worlds,
// and in the first one scenarios that follow on each other. The people of a world are the same for Tandem and for the bare loop.
import {
  campaignsFloor,
  hubspotChangesFloor,
  hubspotEchoFloor,
  importFloor,
  listFloor,
  LOOK,
  pairingFloor,
  pushFloor,
  salesforceChangesFloor,
  salesforceEchoFloor,
  type FloorTerm,
} from './floor.ts';
import { countSpread, type Spread } from './people.ts';

export type ScenarioKind =
  'import' | 'salesforceChanges' | 'hubspotChanges' | 'quietLook' | 'everythingAgain' | 'firstSync';

export interface Scenario {
  readonly kind: ScenarioKind;
  readonly name: string;
  /** People that something is to be done for. */
  readonly records: number;
  readonly terms: readonly FloorTerm[];
}

export interface ScenarioSizes {
  readonly people: number;
  readonly changes: number;
}

/** Everything again costs as much reading as a first sync: at the largest size it would only take time. */
const MOST_PEOPLE_AGAIN = 100_000;

export function scenariosOf(spread: Spread, { people, changes }: ScenarioSizes): Scenario[] {
  switch (spread) {
    case 'salesforce':
      return fromSalesforce(people, Math.min(changes, people));
    case 'hubspot':
      return [fromHubSpot(people)];
    case 'both':
      return [ofBoth(people)];
  }
}

/** Half leads, half contacts in Salesforce; HubSpot is empty. Then changes on both sides. */
function fromSalesforce(people: number, changes: number): Scenario[] {
  const { leads, contacts } = countSpread(people, 'salesforce');
  const again: Scenario = {
    kind: 'everythingAgain',
    name: 'everything again, without changes',
    records: people,
    terms: [
      ...listFloor(people),
      {
        why: 'read Salesforce, 2,000 a query',
        calls: Math.ceil(leads / 2_000) + Math.ceil(contacts / 2_000),
      },
      campaignsFloor(people),
      ...LOOK,
    ],
  };
  return [
    {
      kind: 'import',
      name: 'first import, people in Salesforce',
      records: people,
      terms: [
        ...importFloor({ leads, contacts, unknownToHubSpot: people }),
        ...listFloor(people),
        ...LOOK,
      ],
    },
    {
      kind: 'salesforceChanges',
      name: 'changes in Salesforce',
      records: changes,
      terms: [...salesforceChangesFloor(changes), ...LOOK],
    },
    {
      kind: 'hubspotChanges',
      name: 'changes in HubSpot',
      records: changes,
      terms: [...hubspotChangesFloor(changes), ...LOOK],
    },
    { kind: 'quietLook', name: 'a look without changes', records: people, terms: LOOK },
    ...(people <= MOST_PEOPLE_AGAIN ? [again] : []),
  ];
}

function fromHubSpot(people: number): Scenario {
  return {
    kind: 'firstSync',
    name: 'first sync, people in HubSpot',
    records: people,
    terms: [
      { why: 'an empty Salesforce, both objects', calls: 2 },
      ...listFloor(people),
      ...pushFloor(people),
      ...hubspotEchoFloor(people),
      ...salesforceEchoFloor(people),
      ...LOOK,
    ],
  };
}

/** Half on both sides, each side with something the other lacks; a quarter on either side alone. */
function ofBoth(people: number): Scenario {
  const { leads, contacts, onlyInSalesforce, onlyInHubSpot, inBoth } = countSpread(people, 'both');
  return {
    kind: 'firstSync',
    name: 'first sync, half on both sides, a quarter on either alone',
    records: people,
    terms: [
      ...importFloor({ leads, contacts, unknownToHubSpot: onlyInSalesforce }),
      ...pairingFloor(inBoth),
      ...listFloor(people),
      ...pushFloor(onlyInHubSpot),
      ...hubspotEchoFloor(onlyInHubSpot),
      ...salesforceEchoFloor(inBoth + onlyInHubSpot),
      ...LOOK,
    ],
  };
}
