import { describe, expect, it } from 'vitest';
import { seededRandom, VirtualClock } from '../../../src/sandbox/clock.ts';
import { createHubSpotStandIn } from '../../../src/sandbox/hubspot/stand-in.ts';
import { createSalesforceStandIn } from '../../../src/sandbox/salesforce/stand-in.ts';
import { samplePeople } from '../../../src/sandbox/sample/people.ts';
import { seedSample } from '../../../src/sandbox/sample/seed.ts';

const NOW = Date.UTC(2026, 10, 23, 10);
const options = { count: 1_100, seed: 1, now: NOW };

function emptyCrms() {
  const clock = new VirtualClock(NOW);
  return {
    salesforce: createSalesforceStandIn({ clock, random: seededRandom(1) }),
    hubspot: createHubSpotStandIn({ clock, random: seededRandom(2) }),
  };
}

describe('Seeding both stand-ins', () => {
  const { salesforce, hubspot } = emptyCrms();
  seedSample({ salesforce, hubspot }, options);
  const rows = [...samplePeople(options)].flatMap((one) => one.salesforce);
  const contacts = [...samplePeople(options)].flatMap((one) => one.hubspot);

  it.each(['Lead', 'Contact', 'Account', 'CampaignMember'])('puts every %s in', (object) => {
    expect(salesforce.org.all(object)).toHaveLength(
      rows.filter((row) => row.object === object).length,
    );
  });

  it('fills two segments, with some of the contacts each', () => {
    for (const id of ['1', '2']) {
      const { length } = hubspot.portal.members(id);
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThan(contacts.length);
    }
  });

  it('puts every HubSpot contact in', () => {
    expect(hubspot.portal.all()).toHaveLength(contacts.length);
  });

  const row = (object: string, id: unknown) =>
    typeof id === 'string' ? salesforce.org.get(object, id) : null;

  it('turns keys into ids', () => {
    const { org } = salesforce;
    const converted = org.all('Lead').filter(({ IsConverted }) => IsConverted === true);
    expect(converted.length).toBeGreaterThan(20);
    for (const lead of converted) {
      expect(row('Contact', lead['ConvertedContactId'])?.['LastName']).toBe(lead['LastName']);
    }
    const accountIds = org
      .all('Contact')
      .map(({ AccountId }) => AccountId)
      .filter((id) => id !== null);
    expect(accountIds.length).toBeGreaterThan(100);
    for (const id of accountIds) expect(row('Account', id)).not.toBeNull();
  });

  it('turns owners into users, queues and HubSpot owners', () => {
    const owners = new Set(salesforce.org.all('Lead').map(({ OwnerId }) => OwnerId));
    const names = [...owners].map((id) => row('User', id)?.['Email'] ?? row('Group', id)?.['Name']);
    expect(names.sort()).toEqual([
      'Inbound Leads',
      'jonas.lindqvist@example.com',
      'maya.okafor@example.com',
      'priya.raman@example.com',
      'tom.becker@example.com',
    ]);
    const ownerIds = hubspot.portal.all().map(({ properties }) => properties['hubspot_owner_id']);
    // Five owners, and nobody.
    expect(new Set(ownerIds).size).toBe(6);
  });
});

describe('The sample keeps the CRMs’ own rules', () => {
  it('Salesforce would take every lead and contact from its API', () => {
    const { org } = emptyCrms().salesforce;
    for (const { object, fields } of [...samplePeople(options)].flatMap((one) => one.salesforce)) {
      if ((object !== 'Lead' && object !== 'Contact') || fields['IsConverted'] === true) continue;
      const writable = without(fields, ['CreatedDate', 'LastModifiedDate', 'SystemModstamp']);
      expect(org.get(object, org.insert(object, writable))).toMatchObject(writable);
    }
  });

  it('HubSpot would take every contact from its API', () => {
    const { portal } = emptyCrms().hubspot;
    for (const { properties } of [...samplePeople(options)].flatMap((one) => one.hubspot)) {
      // Read-only: opting out goes another way (hubspot-api §2.1).
      const writable = without(properties, ['hs_email_optout']);
      expect(portal.create(writable).properties).toMatchObject(writable);
    }
  });
});

function without<Value>(
  fields: Readonly<Record<string, Value>>,
  names: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
