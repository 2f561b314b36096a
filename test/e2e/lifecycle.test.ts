// What happens to a pair besides edits of fields: deletes, restores, conversion, e-mails that move, rules that
// are switched. Nothing is made twice, nothing is wiped, and the link says where it stands.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from './support/world.ts';

let world: World;
let sequence = 0;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Somebody both CRMs have, paired. */
async function aPair(fields: Record<string, string> = {}) {
  sequence += 1;
  const email = `pair${sequence}@example.com`;
  const leadId = world.salesforce.org.insert('Lead', {
    LastName: `Pair ${sequence}`,
    Company: 'Acme',
    Email: email,
    ...fields,
  });
  await world.settle();
  return { email, leadId, contactId: world.hubspot.portal.byEmail(email)?.id ?? '' };
}

const standing = async (contactId: string) => {
  const [link] = await world.pipeline.ports.store.links.find({
    hubspot: [contactId],
    salesforce: [],
  });
  return { state: link?.state, code: link?.reason?.code, salesforceId: link?.salesforceId };
};
const inSalesforce = (email: string) =>
  [...world.salesforce.org.all('Lead'), ...world.salesforce.org.all('Contact')].filter(
    ({ Email }) => Email === email,
  );

describe('a lead that is deleted in Salesforce', () => {
  it('leaves the contact, is not made again, and goes on when it is restored', async () => {
    const { email, leadId, contactId } = await aPair({ City: 'Bonn' });
    world.salesforce.org.remove('Lead', leadId);
    await world.settle();
    expect(await standing(contactId)).toMatchObject({
      state: 'skipped',
      code: 'SALESFORCE_RECORD_DELETED',
    });
    world.hubspot.portal.update(contactId, { jobtitle: 'Chief' });
    await world.settle();
    expect(world.hubspot.portal.get(contactId)?.properties.city).toBe('Bonn');
    world.salesforce.org.undelete('Lead', leadId);
    await world.settle();
    expect(inSalesforce(email)).toHaveLength(1);
    expect(inSalesforce(email)[0]).toMatchObject({ Title: 'Chief', City: 'Bonn' });
    expect(await standing(contactId)).toMatchObject({ state: 'inSync', salesforceId: leadId });
  });
});

describe('a contact that is deleted in HubSpot', () => {
  it('is not made again, and its lead is left as it is', async () => {
    const { email, leadId, contactId } = await aPair({ City: 'Bonn' });
    world.hubspot.portal.archive(contactId);
    world.salesforce.org.update('Lead', leadId, { City: 'Köln' });
    await world.settle();
    expect(world.hubspot.portal.byEmail(email)).toBeUndefined();
    expect(await standing(contactId)).toMatchObject({
      state: 'skipped',
      code: 'HUBSPOT_CONTACT_DELETED',
    });
  });
});

describe('an e-mail that another record has', () => {
  it('is left out with its reason while the rest goes', async () => {
    const one = await aPair();
    const other = await aPair();
    world.salesforce.org.update('Lead', one.leadId, { Email: other.email, City: 'Ulm' });
    await world.settle();
    expect(world.hubspot.portal.get(one.contactId)?.properties).toMatchObject({
      email: one.email,
      city: 'Ulm',
    });
    const [link] = await world.pipeline.ports.store.links.find({
      hubspot: [one.contactId],
      salesforce: [],
    });
    expect(link?.fieldReasons.email).toMatchObject({
      code: 'EMAIL_TAKEN',
      details: { id: other.contactId },
    });
    expect(await standing(other.contactId)).toMatchObject({
      state: 'inSync',
      salesforceId: other.leadId,
    });
    world.resetCalls();
    await world.settle();
    expect(
      Object.keys(world.hubspot.calls.byEndpoint()).filter((endpoint) =>
        /batch\/(update|create)/.test(endpoint),
      ),
    ).toEqual([]);
  });
});

describe('a person without e-mail', () => {
  it('waits with a reason, and syncs once there is one', async () => {
    const { id } = world.hubspot.portal.create({ lastname: 'Later', city: 'Trier' });
    await world.settle();
    expect(await standing(id)).toMatchObject({ state: 'skipped', code: 'NO_EMAIL' });
    world.hubspot.portal.update(id, { email: 'later@example.com' });
    await world.settle();
    expect(inSalesforce('later@example.com')).toMatchObject([{ LastName: 'Later', City: 'Trier' }]);
  });
});

describe('a rule that is switched off and on again', () => {
  it('does not take what happened meanwhile for a clearing', async () => {
    const { leadId, contactId } = await aPair({ City: 'Bonn' });
    await world.configure({ mappings: { defaultRules: { city: 'off' } } });
    world.salesforce.org.update('Lead', leadId, { City: '' });
    world.hubspot.portal.update(contactId, { city: 'Mainz' });
    await world.settle();
    expect(world.hubspot.portal.get(contactId)?.properties.city).toBe('Mainz');
    await world.configure({});
    world.hubspot.portal.update(contactId, { jobtitle: 'Awake' });
    await world.settle();
    expect(world.hubspot.portal.get(contactId)?.properties.city).toBe('Mainz');
    expect(world.salesforce.org.get('Lead', leadId)?.City).toBe('Mainz');
  });
});

describe('many edits', () => {
  it('of one person within one second all arrive', async () => {
    const { leadId, contactId } = await aPair();
    for (const city of ['A', 'B', 'C']) {
      world.salesforce.org.update('Lead', leadId, { City: city });
      await world.live.tick();
    }
    await world.settle();
    expect(world.hubspot.portal.get(contactId)?.properties.city).toBe('C');
  });

  it('of the same people on both sides at once end in agreement', async () => {
    const people = [];
    for (let index = 0; index < 40; index += 1)
      people.push(
        world.salesforce.org.insert('Lead', {
          LastName: `Crowd ${index}`,
          Company: 'C',
          Email: `crowd${index}@example.com`,
        }),
      );
    await world.settle();
    for (const [index, leadId] of people.entries()) {
      world.salesforce.org.update('Lead', leadId, { City: `S${index}`, Title: 'From Salesforce' });
      world.hubspot.portal.update(
        world.hubspot.portal.byEmail(`crowd${index}@example.com`)?.id ?? '',
        { city: `H${index}`, phone: `+49 ${index}` },
      );
    }
    await world.settle();
    for (const [index, leadId] of people.entries()) {
      const contact = world.hubspot.portal.byEmail(`crowd${index}@example.com`)?.properties;
      expect(contact).toMatchObject({
        city: `S${index}`,
        jobtitle: 'From Salesforce',
        phone: `+49 ${index}`,
      });
      expect(world.salesforce.org.get('Lead', leadId)).toMatchObject({
        City: `S${index}`,
        Phone: `+49 ${index}`,
      });
    }
  });
});

describe('odd values', () => {
  it.each([
    ['emoji', 'Zoë 🧡 O’Neil'],
    ['markup', '<b>&amp; "quoted" \\ back\\slash</b>'],
    ['right to left', 'مرحبا بالعالم'],
    ['quotes of SOQL', "x' OR Name LIKE '%"],
  ])('%s go both ways unchanged', async (_, text) => {
    const { leadId, contactId } = await aPair();
    world.salesforce.org.update('Lead', leadId, { Title: text });
    world.hubspot.portal.update(contactId, {
      website: 'https://example.com/ü?a=b&c',
      state: text.slice(0, 40),
    });
    await world.settle();
    expect(world.hubspot.portal.get(contactId)?.properties.jobtitle).toBe(text);
    expect(world.salesforce.org.get('Lead', leadId)?.State).toBe(text.slice(0, 40).trim());
  });
});
