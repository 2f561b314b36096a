// How a bug is planted: something else stands between Tandem and one of its ports.
import type { HubSpotPort } from '../../src/hubspot/port.ts';
import type { SalesforcePort } from '../../src/salesforce/port.ts';
import type { LinkSave, LinkStore, Store } from '../../src/store/port.ts';
import type { LinkContent } from '../../src/engine/link.ts';
import type { Mutation } from './process.ts';
import type { SimWorld } from './world.ts';

export const onPorts = (ports: NonNullable<Mutation['ports']>): Mutation => ({ ports });

export const withLinks = (change: (links: LinkStore) => Partial<LinkStore>): Mutation => ({
  ports: (ports) => {
    // A proxy's methods don't spread: each is named.
    const { links } = ports.store;
    const all: LinkStore = {
      find: (ids) => links.find(ids),
      record: (batch) => links.record(batch),
      hold: (claims, holder) => links.hold(claims, holder),
      renew: (hold) => links.renew(hold),
      giveUp: (hold) => links.giveUp(hold),
      unrecorded: (recordIds) => links.unrecorded(recordIds),
      want: (ids) => links.want(ids),
      forgetHolds: (recordIds) => links.forgetHolds(recordIds),
      abandoned: (limit) => links.abandoned(limit),
      due: (now, limit) => links.due(now, limit),
      withValue: (key, after, limit) => links.withValue(key, after, limit),
      page: (which, after, limit) => links.page(which, after, limit),
      count: (which) => links.count(which),
      since: (linkIds) => links.since(linkIds),
      somePairs: (limit) => links.somePairs(limit),
      idsBetween: (side, after, upTo) => links.idsBetween(side, after, upTo),
      newestHubSpotStamp: () => links.newestHubSpotStamp(),
      summary: () => links.summary(),
      fieldSummary: () => links.fieldSummary(),
      history: (id, limit) => links.history(id, limit),
      recent: (limit) => links.recent(limit),
    };
    const store: Store = { ...ports.store, links: { ...all, ...change(links) } };
    return { ...ports, store };
  },
});

export const savingOtherwise = (change: (content: LinkContent) => LinkContent): Mutation =>
  withLinks((links) => ({
    record: (batch) =>
      links.record({
        ...batch,
        links: batch.links.map((save): LinkSave => ({ ...save, content: change(save.content) })),
      }),
  }));

export const withSalesforce = (
  change: (salesforce: SalesforcePort, world: SimWorld) => Partial<SalesforcePort['records']>,
): Mutation => ({
  ports: (ports, world) => ({
    ...ports,
    salesforce: {
      ...ports.salesforce,
      records: { ...ports.salesforce.records, ...change(ports.salesforce, world) },
    },
  }),
});

export const withContacts = (
  change: (hubspot: HubSpotPort) => Partial<HubSpotPort['contacts']>,
): Mutation => ({
  ports: (ports) => ({
    ...ports,
    hubspot: {
      ...ports.hubspot,
      contacts: { ...ports.hubspot.contacts, ...change(ports.hubspot) },
    },
  }),
});

/** What all processes of a world share, even over crashes. */
export function shared<Thing>(make: () => Thing): (world: SimWorld) => Thing {
  const things = new WeakMap<SimWorld, Thing>();
  return (world) => {
    const thing = things.get(world) ?? make();
    things.set(world, thing);
    return thing;
  };
}
