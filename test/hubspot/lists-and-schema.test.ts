import { describe, expect, it } from 'vitest';
import type { JoinedPage } from '../../src/hubspot/port.ts';
import { people, rejectionOf, startPortal } from './fixture.ts';

const OWN = { name: 'salesforce_tandem', label: 'Salesforce (Tandem)' };
const LEAD_ID = {
  name: 'tandem_lead_id',
  label: 'Salesforce lead ID',
  type: 'string',
  fieldType: 'text',
} as const;
const STAGE = {
  name: 'tandem_stage',
  label: 'Stage',
  type: 'enumeration',
  fieldType: 'select',
  options: [
    { value: 'new', label: 'New' },
    { value: 'old', label: 'Old' },
  ],
} as const;

describe('Lists', () => {
  it('are all there, page after page, with size and kind', async () => {
    const { hubspot, standIn } = await startPortal();
    const [contact] = standIn.portal.seed(people(1));
    for (let index = 0; index < 501; index += 1)
      standIn.portal.createList({ name: `List ${index}`, processingType: 'MANUAL' });
    const id = standIn.portal.createList({
      name: 'Sync these',
      processingType: 'SNAPSHOT',
      members: [contact?.id ?? ''],
    });
    const lists = await hubspot.lists.all();
    expect(lists).toHaveLength(502);
    expect(lists.find((list) => list.id === id)).toEqual({
      id,
      name: 'Sync these',
      size: 1,
      processingType: 'SNAPSHOT',
    });
    expect(standIn.calls.total).toBe(2);
  });

  it('are null when they never existed or were deleted (hubspot-api §2.3)', async () => {
    const { hubspot, standIn } = await startPortal();
    const id = standIn.portal.createList({ name: 'Short-lived', processingType: 'MANUAL' });
    await expect(hubspot.lists.get(id)).resolves.toMatchObject({ id, name: 'Short-lived' });
    standIn.portal.deleteList(id);
    await expect(hubspot.lists.get(id)).resolves.toBeNull();
    await expect(hubspot.lists.get('999')).resolves.toBeNull();
  });

  it('tell members of many contacts at once, 100 a call', async () => {
    const { hubspot, standIn } = await startPortal();
    const ids = standIn.portal.seed(people(150)).map(({ id }) => id);
    const members = ids.filter((_, index) => index % 3 === 0);
    const list = standIn.portal.createList({
      name: 'Thirds',
      processingType: 'MANUAL',
      members,
    });
    standIn.portal.createList({ name: 'All', processingType: 'MANUAL', members: ids });
    const found = await hubspot.lists.members(list, [...ids, ids[0] ?? '']);
    expect([...found].sort()).toEqual([...members].sort());
    expect(standIn.calls.total).toBe(2);
  });
});

describe('A list that Tandem may not read', () => {
  it('is as good as missing, until it may', async () => {
    const { hubspot, standIn } = await startPortal();
    const id = standIn.portal.createList({ name: 'Board only', processingType: 'MANUAL' });
    standIn.portal.hideList(id);
    await expect(hubspot.lists.get(id)).resolves.toBeNull();
    await expect(hubspot.lists.all()).resolves.toEqual([]);
    standIn.portal.hideList(id, false);
    await expect(hubspot.lists.get(id)).resolves.toMatchObject({ id });
  });

  it('is not one that is there for another token', async () => {
    const { hubspot } = await startPortal({}, { accessToken: 'pat-na1-wrong' });
    expect(await rejectionOf(hubspot.lists.get('1'))).toMatchObject({ name: 'Unauthorized' });
  });

  it('is back when its deletion was undone', async () => {
    const { hubspot, standIn } = await startPortal();
    const id = standIn.portal.createList({ name: 'Regretted', processingType: 'MANUAL' });
    standIn.portal.deleteList(id);
    standIn.portal.restoreList(id);
    await expect(hubspot.lists.get(id)).resolves.toMatchObject({ id });
  });
});

const idsOf = ({ members }: JoinedPage): string[] => members.map(({ id }) => id);

describe('Who joined a list', () => {
  it('comes oldest first, 250 a page, and goes on from a kept position', async () => {
    const { hubspot, standIn, clock } = await startPortal();
    const ids = standIn.portal.seed(people(300)).map(({ id }) => id);
    const list = standIn.portal.createList({ name: 'Joiners', processingType: 'MANUAL' });
    const join = (id: string): void => {
      standIn.portal.addMembers(list, [id]);
      clock.advance(1);
    };
    const inOrder = [...ids.slice(100), ...ids.slice(0, 70)];
    inOrder.forEach(join);
    const first = await hubspot.lists.joined(list, null);
    expect(idsOf(first)).toEqual(inOrder.slice(0, 250));
    const position = first.after;
    const second = await hubspot.lists.joined(list, position);
    expect(idsOf(second)).toEqual(inOrder.slice(250));
    expect(second.after).toBeNull();

    const late = ids[99] ?? '';
    const again = ids[100] ?? '';
    join(late);
    standIn.portal.removeMembers(list, [again]);
    join(again);
    const later = await hubspot.lists.joined(list, position);
    expect(idsOf(later)).toEqual([...inOrder.slice(250), late, again]);
    const timeOf = (page: JoinedPage, id: string) =>
      page.members.find((member) => member.id === id)?.joinedAt ?? '';
    expect(timeOf(later, again) > timeOf(first, again)).toBe(true);
    expect(timeOf(later, again)).toBe(new Date(timeOf(later, again)).toISOString());
  });

  it('is nobody for an empty list, and an error for one that is gone', async () => {
    const { hubspot, standIn } = await startPortal();
    const list = standIn.portal.createList({ name: 'Nobody', processingType: 'MANUAL' });
    await expect(hubspot.lists.joined(list, null)).resolves.toEqual({ members: [], after: null });
    standIn.portal.deleteList(list);
    expect(await rejectionOf(hubspot.lists.joined(list, null))).toMatchObject({
      name: 'CallRejected',
      status: 404,
    });
  });
});

describe('Contact properties', () => {
  it('tell what can be written and what refers to owners', async () => {
    const { hubspot } = await startPortal();
    const properties = new Map(
      (await hubspot.schema.contactProperties()).map((property) => [property.name, property]),
    );
    expect(properties.get('firstname')).toMatchObject({
      type: 'string',
      fieldType: 'text',
      readOnly: false,
    });
    expect(properties.get('createdate')?.readOnly).toBe(true);
    expect(properties.get('hs_email_optout')).toMatchObject({ type: 'bool', readOnly: true });
    expect(properties.get('hubspot_owner_id')?.referencedObjectType).toBe('OWNER');
  });

  it('are created with their group, once', async () => {
    const { hubspot, standIn } = await startPortal();
    await hubspot.schema.ensureProperties(OWN, [LEAD_ID]);
    await hubspot.schema.ensureProperties(OWN, [LEAD_ID, STAGE]);
    standIn.calls.reset();
    await hubspot.schema.ensureProperties(OWN, [LEAD_ID, STAGE]);
    expect(standIn.calls.total).toBe(1);
    const properties = await hubspot.schema.contactProperties();
    expect(properties.find(({ name }) => name === STAGE.name)).toMatchObject({
      type: 'enumeration',
      options: STAGE.options,
    });
  });

  it('may be created by two starts at the same time', async () => {
    const { hubspot } = await startPortal();
    await Promise.all([
      hubspot.schema.ensureProperties(OWN, [LEAD_ID, STAGE]),
      hubspot.schema.ensureProperties(OWN, [LEAD_ID, STAGE]),
    ]);
    const properties = await hubspot.schema.contactProperties();
    expect(properties.filter(({ name }) => name.startsWith('tandem_'))).toHaveLength(2);
  });

  it('are created though the answer for their group was lost', async () => {
    const { hubspot, standIn } = await startPortal();
    standIn.faults.plan(/groups/, { kind: 'slow', milliseconds: 0 });
    standIn.faults.plan(/groups/, { kind: 'resetAfterCommit' });
    await hubspot.schema.ensureProperties(OWN, [LEAD_ID]);
    const properties = await hubspot.schema.contactProperties();
    expect(properties.some(({ name }) => name === LEAD_ID.name)).toBe(true);
  });

  it('are created one by one in a group of the portal; a taken name is refused', async () => {
    const { hubspot } = await startPortal();
    const groups = await hubspot.schema.propertyGroups();
    expect(groups).toContainEqual({ name: 'contactinformation', label: 'Contact information' });
    await hubspot.schema.createProperty('contactinformation', STAGE);
    const properties = await hubspot.schema.contactProperties();
    expect(properties.find(({ name }) => name === STAGE.name)).toMatchObject({
      options: STAGE.options,
    });
    expect(
      await rejectionOf(hubspot.schema.createProperty('contactinformation', STAGE)),
    ).toMatchObject({ name: 'CallRejected', status: 409 });
  });

  it('that HubSpot refuses are told', async () => {
    const { hubspot } = await startPortal();
    const failure = await rejectionOf(
      hubspot.schema.ensureProperties(OWN, [{ ...LEAD_ID, fieldType: 'calculation_equation' }]),
    );
    expect(failure).toMatchObject({ name: 'CallRejected' });
  });
});

describe('Owners', () => {
  it('are all there, archived ones too, with a name to show', async () => {
    const { hubspot, standIn } = await startPortal();
    const owners = await hubspot.schema.owners();
    expect(owners.length).toBeGreaterThan(0);
    expect(owners.some(({ archived }) => archived)).toBe(true);
    expect(owners.every(({ name }) => name !== '')).toBe(true);
    expect(standIn.calls.total).toBe(2);
  });
});

it('The account tells its portal id', async () => {
  const { hubspot, standIn } = await startPortal();
  await expect(hubspot.schema.account()).resolves.toEqual({ portalId: standIn.portalId });
});
