// Values that mean the same and are spelt differently, and days that depend on where one is: value maps, the
// default map of lead statuses, the range of employees, the time zone (native-connector §3.2, §3.3).
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/reasons.ts';
import { hubspotUserIn } from './support/crm-users.ts';
import { aPerson, linkOf, properties, type Person } from './support/people.ts';
import { createWorld, type World } from './support/world.ts';

const GRADES = ['a', 'b', 'c'].map((value) => ({ value, label: `Grade ${value.toUpperCase()}` }));

let world: World;
beforeAll(async () => {
  world = await createWorld();
  const inHubSpot = hubspotUserIn(world);
  await inHubSpot.addProperty({
    name: 'grade',
    label: 'Grade',
    type: 'enumeration',
    fieldType: 'select',
    options: GRADES,
  });
  await inHubSpot.addProperty({
    name: 'demo_day',
    label: 'Demo day',
    type: 'date',
    fieldType: 'date',
  });
  await inHubSpot.addProperty({
    name: 'renewal_time',
    label: 'Renewal time',
    type: 'datetime',
    fieldType: 'date',
  });
  world.refresh();
});
afterAll(() => world.close());
afterEach(() => world.configure({}));

const mapped = (hubspotProperty: string, leadField: string, valueMap: object[] = []) => ({
  hubspotProperty,
  leadField,
  contactField: null,
  rule: 'twoWay',
  valueMap,
});
const lead = ({ salesforceId }: Person) => world.salesforce.org.get('Lead', salesforceId);
const inOrg = (person: Person, fields: Record<string, string | null>): void => {
  world.salesforce.org.update('Lead', person.salesforceId, fields);
};

describe('A value map', () => {
  const GRADE_IS_COLOR = [
    { hubspot: 'a', salesforce: 'Green' },
    { hubspot: 'b', salesforce: 'Blue' },
    { hubspot: 'c', salesforce: 'Blue' },
  ];
  const use = () =>
    world.configure({
      mappings: { custom: [mapped('grade', 'Favorite_Color__c', GRADE_IS_COLOR)] },
    });

  it('translates both ways', async () => {
    await use();
    const person = await aPerson(world, { Favorite_Color__c: 'Green' });
    expect(properties(world, person.contactId).grade).toBe('a');
    world.hubspot.portal.update(person.contactId, { grade: 'b' });
    await world.settle();
    expect(lead(person)?.Favorite_Color__c).toBe('Blue');
    inOrg(person, { Favorite_Color__c: 'Green' });
    await world.settle();
    expect(properties(world, person.contactId).grade).toBe('a');
  });

  it('that knows two words for one leaves the word that is there', async () => {
    await use();
    const person = await aPerson(world, { Favorite_Color__c: 'Green' });
    world.hubspot.portal.update(person.contactId, { grade: 'c' });
    await world.settle();
    expect(lead(person)?.Favorite_Color__c).toBe('Blue');
    await world.settle();
    expect(properties(world, person.contactId).grade).toBe('c');
  });

  it('without a word for a value says so, and the rest goes', async () => {
    await use();
    const person = await aPerson(world, { Favorite_Color__c: 'Green' });
    inOrg(person, { Favorite_Color__c: 'Red', Title: 'Painter' });
    await world.settle();
    expect(properties(world, person.contactId)).toMatchObject({ grade: 'a', jobtitle: 'Painter' });
    const [why] = Object.values((await linkOf(world, person.contactId))?.fieldReasons ?? {});
    expect(why && explain(why)).toMatchObject({
      category: 'propertyValue',
      sentence: expect.stringContaining('Red') as string,
    });
  });
});

describe('Lead statuses without a map of one’s own', () => {
  it.each([
    ['NEW', 'Open - Not Contacted'],
    ['ATTEMPTED_TO_CONTACT', 'Working - Contacted'],
  ])('%s is %s', async (hubspot, salesforce) => {
    await world.configure({ mappings: { defaultRules: { hs_lead_status: 'twoWay' } } });
    const person = await aPerson(world, { Status: 'Closed - Not Converted' });
    world.hubspot.portal.update(person.contactId, { hs_lead_status: hubspot });
    await world.settle();
    expect(lead(person)?.Status).toBe(salesforce);
    expect(properties(world, person.contactId).hs_lead_status).toBe(hubspot);
  });

  it('are what the admin says once there is one', async () => {
    await world.configure({
      mappings: {
        defaultRules: { hs_lead_status: 'twoWay' },
        defaultValueMaps: {
          hs_lead_status: [{ hubspot: 'NEW', salesforce: 'Working - Contacted' }],
        },
      },
    });
    const person = await aPerson(world, { Status: 'Working - Contacted' });
    expect(properties(world, person.contactId).hs_lead_status).toBe('NEW');
  });
});

describe('A day on one side and a moment on the other', () => {
  const use = (timeZone: string) =>
    world.configure({
      timeZone,
      mappings: {
        custom: [mapped('demo_day', 'Last_Demo__c'), mapped('renewal_time', 'Renewal_Date__c')],
      },
    });

  it.each([
    ['UTC', '2026-11-23T23:30:00.000Z', '2026-11-23'],
    ['Europe/Berlin', '2026-11-23T23:30:00.000Z', '2026-11-24'],
    ['America/Los_Angeles', '2026-11-24T07:30:00.000Z', '2026-11-23'],
    ['Asia/Kolkata', '2026-11-23T18:29:00.000Z', '2026-11-23'],
    ['Asia/Kolkata', '2026-11-23T18:30:00.000Z', '2026-11-24'],
  ])('in %s, %s is on %s, from either side', async (timeZone, moment, day) => {
    await use(timeZone);
    const person = await aPerson(world, { Last_Demo__c: moment });
    expect(properties(world, person.contactId).demo_day).toBe(day);
    world.hubspot.portal.update(person.contactId, { renewal_time: moment });
    await world.settle();
    expect(lead(person)?.Renewal_Date__c).toBe(day);
    // Neither the time of day nor the day is written over by the other.
    await world.settle();
    expect(Date.parse(String(lead(person)?.Last_Demo__c))).toBe(Date.parse(moment));
    expect(Date.parse(properties(world, person.contactId).renewal_time ?? '')).toBe(
      Date.parse(moment),
    );
  });

  it('moves the moment when somebody chooses another day', async () => {
    await use('Europe/Berlin');
    const person = await aPerson(world, { Last_Demo__c: '2026-11-23T23:30:00.000Z' });
    world.hubspot.portal.update(person.contactId, { demo_day: '2026-12-01' });
    await world.settle();
    const moment = Date.parse(String(lead(person)?.Last_Demo__c));
    expect(moment).toBeGreaterThanOrEqual(Date.parse('2026-11-30T23:00:00Z'));
    expect(moment).toBeLessThan(Date.parse('2026-12-01T23:00:00Z'));
    expect(properties(world, person.contactId).demo_day).toBe('2026-12-01');
  });
});

describe('The number of employees', () => {
  it('comes as its range, and is never written back as a number', async () => {
    const person = await aPerson(world, { NumberOfEmployees: '37' });
    expect(properties(world, person.contactId).numemployees).toBe('25-50');
    world.hubspot.portal.update(person.contactId, { numemployees: '1-5' });
    await world.settle();
    expect(lead(person)?.NumberOfEmployees).toBe(37);
  });
});
