// A portal that is opened again from its journal is the same portal (hubspot-api §7).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileJournal } from '../../../src/sandbox/journal.ts';
import type { HubSpotStandIn } from '../../../src/sandbox/hubspot/stand-in.ts';
import { aPortal, servePortal } from './support.ts';

let folder: string;
const open: FileJournal[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-'));
});
afterEach(() => {
  for (const journal of open.splice(0)) journal.close();
  rmSync(folder, { recursive: true });
});

function journal(): FileJournal {
  for (const earlier of open.splice(0)) earlier.close();
  const next = new FileJournal(join(folder, 'portal.jsonl'));
  open.push(next);
  return next;
}

function reopened(): HubSpotStandIn {
  return aPortal({ journal: journal() }).hubspot;
}

describe('Opening a portal again', () => {
  it('keeps contacts, their e-mails, archival and the last id', () => {
    const before = reopened();
    const ada = before.portal.create({ email: 'ada@example.com', city: 'Oslo' });
    before.portal.addEmail(ada.id, 'countess@example.com');
    const [bob] = before.portal.seed([{ properties: { email: 'bob@example.com' } }]);
    before.portal.archive(bob?.id ?? '');

    const after = reopened();
    expect(after.portal.all()).toEqual(before.portal.all());
    expect(after.portal.byEmail('countess@example.com')?.id).toBe(ada.id);
    expect(after.portal.get(bob?.id ?? '')?.archived).toBe(true);
    const next = after.portal.create({ email: 'new@example.com' });
    expect(Number(next.id)).toBeGreaterThan(Number(bob?.id));
  });

  it('keeps merges, companies and what was erased', () => {
    const before = reopened();
    before.portal.addCompanyProperty('salesforceaccountid');
    const company = before.portal.createCompany({ name: 'Acme', salesforceaccountid: '001x' });
    const [ada, bob, eve] = ['ada', 'bob', 'eve'].map(
      (name) => before.portal.create({ email: `${name}@example.com` }).id,
    );
    before.portal.associateCompany(bob ?? '', company);
    const survivor = before.portal.merge(ada ?? '', bob ?? '');
    before.portal.gdprDelete(eve ?? '');

    const after = reopened();
    expect(after.portal.all()).toEqual(before.portal.all());
    expect(after.portal.get(bob ?? '')?.id).toBe(survivor.id);
    expect(after.portal.companiesOf(survivor.id)).toEqual([company]);
    expect(after.portal.get(eve ?? '')).toBeUndefined();
    expect(() => after.portal.create({ email: 'eve@example.com' })).toThrow(/permanently deleted/);
    after.portal.updateCompany(company, { salesforceaccountid: '001y' });
    expect(after.portal.createCompany({ name: 'Next' })).not.toBe(company);
  });

  it('keeps history, the index, created properties and unique values', async () => {
    const first = await servePortal({ journal: journal() });
    await first.call('POST', '/crm/v3/properties/contacts/groups', {
      name: 'tandem',
      label: 'Tandem',
    });
    await first.call('POST', '/crm/v3/properties/contacts', {
      name: 'sf_link',
      label: 'Link',
      type: 'string',
      fieldType: 'text',
      groupName: 'tandem',
      hasUniqueValue: true,
    });
    const { id } = first.hubspot.portal.create({ city: 'Oslo', sf_link: '00Q1' });
    first.hubspot.portal.update(id, { city: 'Rome' });

    const second = await servePortal({ journal: journal() });
    const read = await second.client.crm.contacts.basicApi.getById(
      '00q1',
      ['city'],
      ['city'],
      undefined,
      false,
      'sf_link',
    );
    expect(read).toMatchObject({ id, properties: { city: 'Rome' } });
    expect(read.propertiesWithHistory?.city?.map(({ value }) => value)).toEqual(['Rome', 'Oslo']);
    const found = await second.client.crm.contacts.searchApi.doSearch({});
    expect(found.total).toBe(1);
  });

  it('keeps lists with their members, opt-outs, and filters that HubSpot itself could keep', () => {
    const before = reopened();
    const isRich = ({ values }: { values: Readonly<Record<string, string>> }): boolean =>
      Number(values.score ?? 0) > 50;
    const { id } = before.portal.create({ email: 'ada@example.com', score: '90' });
    const manual = before.portal.createList({
      name: 'By hand',
      processingType: 'MANUAL',
      members: [id],
    });
    const rich = before.portal.createList({
      name: 'Rich',
      processingType: 'DYNAMIC',
      filter: isRich,
    });
    before.portal.unsubscribe('later@example.com');

    const { hubspot: after, clock } = aPortal({ journal: journal(), listLagMs: 0 });
    expect([after.portal.members(manual), after.portal.members(rich)]).toEqual([[id], [id]]);
    expect(
      after.portal.createList({ name: 'Rich', processingType: 'DYNAMIC', filter: isRich }),
    ).toBe(rich);
    after.portal.update(id, { score: '1' });
    clock.advance(1);
    expect(after.portal.members(rich)).toEqual([]);
    const later = after.portal.create({ email: 'later@example.com' });
    expect(later.properties.hs_email_optout).toBe('true');
  });

  it('keeps what a call had done when its answer was lost', async () => {
    const first = await servePortal({ journal: journal() });
    first.hubspot.faults.plan(/batch\/create/, { kind: 'resetAfterCommit' });
    const lost = first.call('POST', '/crm/objects/2026-09/contacts/batch/create', {
      inputs: [{ properties: { email: 'ada@example.com' } }],
    });
    await expect(lost).rejects.toThrow('fetch failed');
    expect(reopened().portal.byEmail('ada@example.com')).toBeDefined();
  });
});
