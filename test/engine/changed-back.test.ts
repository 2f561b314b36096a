// An automation of one CRM that changes what is written there, against each rule: it is believed, or written
// over once and then left alone with a reason. Nobody writes the same value for ever.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Link } from '../../src/engine/link.ts';
import { NOTHING_SENT } from '../../src/engine/outcome.ts';
import { plan } from '../../src/engine/plan.ts';
import { holdsNothingNew } from '../../src/engine/plan-fields.ts';
import { explain } from '../../src/engine/reasons.ts';
import { CHOOSABLE_RULES } from '../../src/engine/rules.ts';
import { settle } from '../../src/engine/settle.ts';
import { contact, context, lead, link, NOW, tableFor } from './fixtures.ts';
import { LEAD, pairOf } from './support/one-field.ts';

type Automation = (city: string | null) => string | null;
const asEntered: Automation = (city) => city;
const shouted: Automation = (city) => city?.toUpperCase() ?? null;
const blanked: Automation = () => null;
const defaulted: Automation = (city) => city ?? 'Nowhere';
const AUTOMATIONS = { asEntered, shouted, blanked, defaulted };

const wrote = (id: string, sent: object) =>
  Object.keys(sent).length === 0
    ? { result: null, dropped: new Map() }
    : { result: { ok: true as const, id, modifiedAt: null }, dropped: new Map() };

/** One pair whose city both CRMs hold, and may change as it is saved. */
function pairWithCity(rule: string, inHubSpot: Automation, inSalesforce: Automation) {
  const settings = { mappings: { defaultRules: { city: rule } } };
  const table = tableFor(settings);
  const city: { hubspot: string | null; salesforce: string | null } = {
    hubspot: 'Bonn',
    salesforce: 'Bonn',
  };
  let known: Link = link({
    hubspotId: '1',
    salesforceId: LEAD,
    salesforceObject: 'Lead',
    base: { city: 'Bonn' },
  });
  const both = () => ({
    contact: contact('1', { email: 'a@b.co', city: city.hubspot }),
    record: lead(LEAD, { Email: 'a@b.co', City: city.salesforce }),
  });
  return {
    city,
    reason: () => known.fieldReasons.city && explain(known.fieldReasons.city).sentence,
    holdsNothingNew: () =>
      holdsNothingNew(table, 'Lead', known, { side: 'hubspot', contact: both().contact }, false) &&
      holdsNothingNew(table, 'Lead', known, { side: 'salesforce', record: both().record }, false),
    /** Plans, applies and remembers once; what was written to which side, for this field. */
    look(): { hubspot?: string | null; salesforce?: string | null } {
      const seen = both();
      const pair = pairOf({ link: known, hubspot: seen.contact, salesforce: seen.record });
      // Last changed on both sides at once: Salesforce wins ties.
      const planned = plan(pair, context({ table, propertyTimes: new Map([['1', {}]]) }, settings));
      if (planned.kind !== 'update') throw new Error(`planned ${planned.kind}`);
      const { hubspot, salesforce } = planned;
      const sent = { ...('city' in hubspot && { hubspot: hubspot.city || null }) };
      const written = {
        ...sent,
        ...('City' in salesforce && { salesforce: salesforce.City as string | null }),
      };
      if (written.hubspot !== undefined) city.hubspot = inHubSpot(written.hubspot);
      if (written.salesforce !== undefined) city.salesforce = inSalesforce(written.salesforce);
      const outcome = {
        ...NOTHING_SENT,
        hubspot: wrote('1', hubspot),
        salesforce: wrote(LEAD, salesforce),
      };
      known = link(settle(pair, planned, outcome, NOW).content);
      return written;
    },
  };
}

describe('an automation that changes what Tandem writes', () => {
  it('in Salesforce, against a rule of HubSpot’s: is written over once, then left with its reason', () => {
    const pair = pairWithCity('alwaysHubSpot', asEntered, shouted);
    pair.city.hubspot = 'Ulm';
    expect(pair.look()).toEqual({ salesforce: 'Ulm' });
    expect(pair.look()).toEqual({ salesforce: 'Ulm' });
    expect(pair.look()).toEqual({});
    expect(pair.reason()).toBe(
      'Salesforce turns “Ulm” back into “ULM” whenever it is written to City, so it is not sent again.',
    );
    expect(pair.holdsNothingNew()).toBe(true);
    pair.city.hubspot = 'Kiel';
    expect(pair.look()).toEqual({ salesforce: 'Kiel' });
  });

  it('in HubSpot, against a rule of Salesforce’s: the same', () => {
    const pair = pairWithCity('alwaysSalesforce', blanked, asEntered);
    pair.city.salesforce = 'Ulm';
    expect([pair.look(), pair.look(), pair.look()]).toEqual([
      { hubspot: 'Ulm' },
      { hubspot: 'Ulm' },
      {},
    ]);
    expect(pair.reason()).toBe(
      'HubSpot turns “Ulm” back into blank whenever it is written to city, so it is not sent again.',
    );
  });

  it('is tried again once it is gone and the value is another on either side', () => {
    let automation = shouted;
    const pair = pairWithCity('alwaysHubSpot', asEntered, (city) => automation(city));
    pair.city.hubspot = 'Ulm';
    for (let looks = 0; looks < 3; looks += 1) pair.look();
    automation = asEntered;
    pair.city.salesforce = 'Kiel';
    expect(pair.look()).toEqual({ salesforce: 'Ulm' });
    expect(pair.look()).toEqual({});
    expect(pair.reason()).toBeUndefined();
  });

  it('is not taken for a person who makes the same edit twice: each is set back', () => {
    const pair = pairWithCity('preferSalesforceUnlessBlank', asEntered, asEntered);
    for (let edits = 0; edits < 3; edits += 1) {
      pair.city.hubspot = 'Ulm';
      expect(pair.look()).toEqual({ hubspot: 'Bonn' });
      // The write itself is looked at, though both sides hold what they agreed on.
      expect(pair.holdsNothingNew()).toBe(false);
      expect(pair.look()).toEqual({});
      expect(pair.holdsNothingNew()).toBe(true);
    }
  });

  it('of either CRM comes to rest under every rule, whoever edits what', () => {
    const automations = fc.constantFrom(
      ...(Object.keys(AUTOMATIONS) as (keyof typeof AUTOMATIONS)[]),
    );
    const edits = fc.array(
      fc.tuple(
        fc.constantFrom('hubspot' as const, 'salesforce' as const),
        fc.constantFrom('Ulm', 'ULM', 'Bonn', null),
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...CHOOSABLE_RULES),
        automations,
        fc.constantFrom('hubspot' as const, 'salesforce' as const),
        edits,
        (rule, automation, side, people) => {
          const changing = AUTOMATIONS[automation];
          const pair = pairWithCity(
            rule,
            side === 'hubspot' ? changing : asEntered,
            side === 'salesforce' ? changing : asEntered,
          );
          for (const [edited, city] of people) {
            pair.city[edited] = (edited === side ? changing : asEntered)(city);
            pair.look();
          }
          for (let looks = 0; looks < 4; looks += 1) pair.look();
          expect(pair.look()).toEqual({});
          expect(pair.holdsNothingNew()).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
