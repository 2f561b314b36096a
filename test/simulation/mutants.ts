// Planted bugs: each breaks one thing that keeps a promise, from outside, by standing between Tandem and
// its ports. The simulation has to notice every one of them.
import { MemoryLedger } from '../../src/budget/ledger.ts';
import type { Run } from '../../src/store/runs-port.ts';
import type { Store } from '../../src/store/port.ts';
import type { HubSpotContact } from '../../src/engine/records.ts';
import {
  onPorts,
  savingOtherwise,
  shared,
  withContacts,
  withLinks,
  withSalesforce,
} from './planting.ts';
import type { Mutation } from './process.ts';

const reached = shared(() => ({ hubspot: 0, salesforce: 0 }));
const membersOnce = shared(() => new Map<string, boolean>());
const campaignsOnce = shared(() => new Map<string, readonly string[]>());

export const MUTANTS: Readonly<Record<string, Mutation>> = {
  'the base is not stored': savingOtherwise((content) => ({ ...content, base: {} })),

  'reasons are not stored': savingOtherwise((content) => ({ ...content, reason: null })),

  'nothing is ever tried again': savingOtherwise((content) => ({ ...content, retryAt: null })),

  'whoever lost a race goes on as if nothing were': withLinks((links) => ({
    hold: (claims) => Promise.resolve(claims.map(() => true)),
    record: async (batch) => {
      const outcome = await links.record(batch);
      return outcome.map((link, index) => {
        const content = batch.links[index]?.content;
        return link ?? (content ? { ...content, id: '0', version: 1 } : null);
      });
    },
  })),

  'a feed moves on before its changes are dealt with': onPorts((ports, world) => ({
    ...ports,
    hubspot: {
      ...ports.hubspot,
      contacts: {
        ...ports.hubspot.contacts,
        searchModified: async (window, properties) => {
          const since = new Date(Math.max(window.since.getTime(), reached(world).hubspot));
          const page = await ports.hubspot.contacts.searchModified(
            { ...window, since },
            properties,
          );
          reached(world).hubspot = world.clock.now();
          return page;
        },
        // What a look missed is gone for good: nobody looks at everything once more.
        list: () => Promise.resolve({ contacts: [], after: null }),
      },
    },
    salesforce: {
      ...ports.salesforce,
      records: {
        ...ports.salesforce.records,
        changed: async (cursors, until, fields) => {
          const stamp = new Date(reached(world).salesforce).toISOString();
          const later = Object.fromEntries(
            Object.entries(cursors).map(([name, cursor]) => [
              name,
              cursor.stamp > stamp ? cursor : { stamp, id: '' },
            ]),
          ) as typeof cursors;
          const page = await ports.salesforce.records.changed(later, until, fields);
          reached(world).salesforce = world.clock.now();
          return page;
        },
        list: async (object, afterId, fields) => ({
          ...(await ports.salesforce.records.list(object, afterId, fields)),
          records: [],
        }),
      },
    },
  })),

  'a lost answer to a create is taken for a refusal, and the record made again': withSalesforce(
    ({ records }) => ({
      read: (wanted, fields) => records.read({ ...wanted, emails: [] }, fields),
      write: async (writes) => {
        const outcomes = await records.write(writes);
        const again = writes.filter((write, index) => {
          const outcome = outcomes[index];
          return write.kind === 'create' && outcome?.ok === false && outcome.error.retryable;
        });
        return again.length === 0 ? outcomes : records.write(writes);
      },
    }),
  ),

  'membership is remembered from an earlier event': onPorts((ports, world) => {
    const remembered = membersOnce(world);
    return {
      ...ports,
      hubspot: {
        ...ports.hubspot,
        lists: {
          ...ports.hubspot.lists,
          members: async (listId, ids) => {
            const members = await ports.hubspot.lists.members(listId, ids);
            return new Set(
              ids.filter((id) => {
                const was = remembered.get(id) ?? members.has(id);
                remembered.set(id, was);
                return was;
              }),
            );
          },
        },
      },
    };
  }),

  'a list that nobody is in lets everybody pass': onPorts((ports) => ({
    ...ports,
    hubspot: {
      ...ports.hubspot,
      lists: {
        ...ports.hubspot.lists,
        members: async (listId, ids) => {
          const members = await ports.hubspot.lists.members(listId, ids);
          return members.size === 0 ? new Set(ids) : members;
        },
      },
    },
  })),

  'merges in HubSpot go unnoticed': withContacts(({ contacts }) => ({
    readByIds: async (ids, properties) => {
      const found = await contacts.readByIds(ids, properties);
      return new Map(
        [...found].flatMap(([asked, contact]) =>
          asked === contact.id ? [[asked, withoutMerges(contact)] as const] : [],
        ),
      );
    },
    readByEmails: async (emails, properties) => {
      const found = await contacts.readByEmails(emails, properties);
      return new Map([...found].map(([email, contact]) => [email, withoutMerges(contact)]));
    },
    searchModified: async (window, properties) => {
      const page = await contacts.searchModified(window, properties);
      return { ...page, contacts: page.contacts.map(withoutMerges) };
    },
    list: async (after, properties) => {
      const page = await contacts.list(after, properties);
      return { ...page, contacts: page.contacts.map(withoutMerges) };
    },
    fates: async (ids) => {
      const fates = await contacts.fates(ids);
      return new Map([...fates].filter(([, fate]) => fate.kind !== 'mergedInto'));
    },
  })),

  'campaigns are never read again': withSalesforce(({ records }, world) => {
    const first = campaignsOnce(world);
    return {
      campaigns: async (ids) => {
        const campaigns = await records.campaigns(ids);
        for (const [id, members] of campaigns) if (!first.has(id)) first.set(id, members);
        return new Map([...campaigns.keys()].map((id) => [id, first.get(id) ?? []]));
      },
    };
  }),

  'opting out is believed without being done': withContacts(() => ({
    unsubscribeAll: (emails) =>
      Promise.resolve(
        emails.map((id) => ({ ok: true as const, id, modifiedAt: new Date(0).toISOString() })),
      ),
  })),

  'every process keeps the budget by itself, and forgets what it used when it dies': {
    ledger: () => new MemoryLedger(),
  },

  'nobody minds that a pair is in other hands': withLinks(() => ({
    hold: (claims) => Promise.resolve(claims.map(() => true)),
  })),

  'a run tells how far it has come before it has dealt with the page': onPorts((ports) => {
    const { runs } = ports.store;
    const { records } = ports.salesforce;
    let taken: { readonly run: Run; readonly holder: string } | null = null;
    const eager: Store['runs'] = new Proxy(runs, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (name !== 'take') return member;
        return async (id: string, holder: string) => {
          const run = await runs.take(id, holder);
          taken = run && { run, holder };
          return run;
        };
      },
    });
    return {
      ...ports,
      store: { ...ports.store, runs: eager },
      salesforce: {
        ...ports.salesforce,
        records: {
          ...records,
          list: async (object, afterId, fields, where) => {
            const page = await records.list(object, afterId, fields, where);
            const next = object === 'Contact' ? { object: 'Lead', afterId: null } : null;
            if (taken && page.afterId === null)
              await runs.advance(taken.run.id, taken.holder, {
                checkpoint: { walk: next ? 0 : 1, at: next, since: null },
                counts: taken.run.counts,
                total: null,
                workedMs: 0,
                records: [],
                ends: next === null && taken.run.kind === 'import',
              });
            return page;
          },
        },
      },
    };
  }),

  'records that an expired session hides are taken for deleted': onPorts((ports, world) => {
    const { records } = ports.salesforce;
    // For as long as it takes to sign in again.
    const isHiding = (): boolean =>
      world.expiredAt > 0 && world.clock.now() < world.expiredAt + 10_000;
    return {
      ...ports,
      salesforce: {
        ...ports.salesforce,
        records: {
          ...records,
          read: async (wanted, fields) => (isHiding() ? [] : records.read(wanted, fields)),
          fates: async (ids) =>
            isHiding()
              ? new Map(
                  [...ids.Lead, ...ids.Contact].map((id) => [
                    id,
                    { isDeleted: true, masterRecordId: null },
                  ]),
                )
              : records.fates(ids),
        },
      },
    };
  }),
};

const withoutMerges = (contact: HubSpotContact): HubSpotContact => ({
  ...contact,
  properties: { ...contact.properties, hs_merged_object_ids: null },
});
