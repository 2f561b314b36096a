// Who belongs with whom never depends on which of the records somebody happened to touch (native-connector §7).
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecordKey } from '../../src/engine/records.ts';
import { linkOf, linkOfRecord } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.configure({ creation: { inSalesforce: 'nothing' } });
});
afterAll(() => world.close());

const wake = (key: RecordKey): Promise<unknown> =>
  world.pipeline.sync([{ key }], { cause: 'live', runId: null, recheck: true });
const aLead = (fields: Record<string, string>): string =>
  world.salesforce.org.insert('Lead', { LastName: 'Lead', Company: 'Acme', ...fields });

it('A contact goes with the record it remembers, though another with its e-mail address wakes first', async () => {
  const remembered = aLead({});
  const { id } = world.hubspot.portal.create({
    email: 'ada@example.com',
    tandem_lead_id: remembered,
  });
  const other = aLead({ Email: 'ada@example.com' });
  await wake({ side: 'salesforce', object: 'Lead', id: other });
  expect(await linkOf(world, id)).toMatchObject({ salesforceId: remembered, state: 'inSync' });
  expect(await linkOfRecord(world, other)).toMatchObject({
    hubspotId: null,
    reason: { code: 'DUPLICATE_IN_SALESFORCE' },
  });
});

it('A contact with two e-mail addresses goes with the better of two records, whichever wakes', async () => {
  const one = world.hubspot.portal.create({ email: 'bea@example.com' });
  const other = world.hubspot.portal.create({ email: 'bea@home.example.com' });
  const { id } = world.hubspot.portal.merge(one.id, other.id);
  const lead = aLead({ Email: 'bea@example.com' });
  const contact = world.salesforce.org.insert('Contact', {
    LastName: 'Contact',
    Email: 'bea@home.example.com',
  });
  await wake({ side: 'salesforce', object: 'Lead', id: lead });
  expect(await linkOf(world, id)).toMatchObject({ salesforceId: contact, state: 'inSync' });
  expect(await linkOfRecord(world, lead)).toMatchObject({
    hubspotId: null,
    reason: { code: 'DUPLICATE_IN_SALESFORCE' },
  });
});
