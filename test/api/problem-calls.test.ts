// The calls about problems, served against both stand-ins over HTTP: what is wrong with whom, in words and as CSV, and
// trying one record again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../e2e/support/world.ts';
import { callsOf } from './support/calls.ts';

let world: World;
let nameless: string;
beforeAll(async () => {
  world = await createWorld();
  const { org } = world.salesforce;
  const { portal } = world.hubspot;
  nameless = portal.create({ firstname: 'Nameless', lastname: 'Visitor' }).id;
  portal.create({ firstname: '=HYPERLINK("http://example.com")', lastname: 'Trick, "quoted"' });
  org.insert('Lead', { FirstName: 'Silent', LastName: 'Walker', Company: 'Acme' });
  portal.create({
    email: 'ada@example.com',
    lastname: 'Lovelace',
    company: 'Acme',
    jobtitle: 'x'.repeat(200),
  });
  org.addValidationRule('Lead', {
    name: 'Frozen',
    message: 'Leads of Frost are frozen.',
    fails: ({ Company }) => Company === 'Frost',
  });
  for (const lastname of ['Snow', 'Winter'])
    portal.create({ email: `${lastname}@example.com`.toLowerCase(), lastname, company: 'Frost' });
  await world.settle();
});
afterAll(() => world.close());

const { call, value } = callsOf(() => world, null);

const noEmail = { of: 'reason', state: 'skipped', code: 'NO_EMAIL' } as const;

describe('Problems', () => {
  it('are counted by category and reason, in words', async () => {
    const { problems, leftOut } = await value('get-problems', {});
    expect(problems).toMatchObject([
      {
        category: 'customSalesforceCode',
        label: 'Custom Salesforce code',
        count: 2,
        reasons: [
          { state: 'problem', code: 'SALESFORCE_VALIDATION_RULE', count: 2, isExample: true },
        ],
      },
    ]);
    expect(problems[0]?.reasons[0]?.reason.sentence).toContain('Leads of Frost are frozen.');
    expect(leftOut).toMatchObject([
      {
        category: 'propertyValue',
        label: 'Property value',
        count: 3,
        reasons: [{ state: 'skipped', code: 'NO_EMAIL', count: 3, isExample: false }],
      },
    ]);
    expect(leftOut[0]?.reasons[0]?.reason).toMatchObject({
      sentence: expect.stringContaining('no e-mail address') as string,
      fix: expect.stringContaining('Add an e-mail address') as string,
    });
  });

  it('of single fields are counted by mapping, with the labels of both sides', async () => {
    const { fields } = await value('get-problems', {});
    expect(fields.find(({ mapping }) => mapping === 'jobtitle')).toMatchObject({
      hubspotLabel: 'Job Title',
      salesforceLabel: 'Title',
      count: 1,
      reason: { code: 'VALUE_TOO_LONG' },
      isExample: false,
    });
    const which = { of: 'field', mapping: 'jobtitle', code: 'VALUE_TOO_LONG' } as const;
    expect(await value('get-problem-records', { which })).toMatchObject({
      records: [{ email: 'ada@example.com', name: 'Lovelace', since: null }],
      after: null,
    });
  });

  it('are told record by record: who, why, since when, and where to look', async () => {
    const { records, after } = await value('get-problem-records', { which: noEmail });
    expect(after).toBeNull();
    expect(records).toHaveLength(3);
    expect(records.find(({ hubspotId }) => hubspotId === nameless)).toMatchObject({
      name: 'Nameless Visitor',
      email: null,
      salesforceUrl: null,
      reason: { code: 'NO_EMAIL' },
      since: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      retryAt: null,
    });
    expect(records.find(({ hubspotId }) => hubspotId === null)).toMatchObject({
      name: 'Silent Walker',
      salesforceObject: 'Lead',
      salesforceUrl: expect.stringMatching(/\/lightning\/r\/Lead\/00Q\w+\/view$/) as string,
    });
  });

  it('are told without names while a CRM does not answer', async () => {
    world.hubspot.faults.plan(/contacts\/batch\/read/, { kind: 'timeout' }, 100);
    const { records } = await value('get-problem-records', { which: noEmail });
    world.hubspot.faults.clear();
    expect(records.find(({ hubspotId }) => hubspotId === nameless)).toMatchObject({ name: null });
  });

  it('come as CSV that no spreadsheet runs', async () => {
    const { csv, rows, after } = await value('export-problems', { which: { of: 'leftOut' } });
    expect({ rows, after }).toEqual({ rows: 3, after: null });
    expect(csv.split('\n')[0]).toMatch(/^Name,E-mail,State,Category,Reason,/);
    expect(csv).toContain('Nameless Visitor,,Left out,Property value,');
    expect(csv).toContain(`"'=HYPERLINK(""http://example.com"") Trick, ""quoted"""`);
    expect(await value('export-problems', { which: { of: 'problems' } })).toMatchObject({
      rows: 2,
    });
  });

  it('come in pages', async () => {
    for (let index = 0; index < 24; index += 1)
      world.hubspot.portal.create({ lastname: `Silent ${index}` });
    await world.settle();
    const first = await value('get-problem-records', { which: noEmail });
    expect(first.records).toHaveLength(25);
    const rest = await value('get-problem-records', { which: noEmail, after: first.after });
    expect(rest.records).toHaveLength(2);
    expect(rest.after).toBeNull();
  });

  it('are not those of a reason that isn’t there', async () => {
    const which = { of: 'reason', state: 'problem', code: 'NOTHING' } as never;
    expect(await call('get-problem-records', { which })).toMatchObject({
      error: { code: 'INVALID_PARAMETERS' },
    });
  });
});

describe('One record', () => {
  it('is tried again, and says what still keeps it', async () => {
    expect(await value('retry-record', { hubspotId: nameless, salesforceId: null })).toMatchObject({
      isSolved: false,
      reason: { code: 'NO_EMAIL' },
    });
    world.hubspot.portal.update(nameless, { email: 'named@example.com' });
    expect(await value('retry-record', { hubspotId: nameless, salesforceId: null })).toEqual({
      isSolved: true,
      reason: null,
    });
    const leads = world.salesforce.org.all('Lead');
    expect(leads.filter(({ Email }) => Email === 'named@example.com')).toHaveLength(1);
  });

  it('is tried again where only Salesforce has it', async () => {
    const lead = world.salesforce.org.all('Lead').find(({ LastName }) => LastName === 'Walker');
    const salesforceId = String(lead?.Id);
    world.salesforce.org.update('Lead', salesforceId, { Email: 'silent@example.com' });
    expect(await value('retry-record', { hubspotId: null, salesforceId })).toMatchObject({
      isSolved: true,
    });
    expect(world.hubspot.portal.byEmail('silent@example.com')).not.toBeNull();
  });

  it('that nobody knows is refused', async () => {
    expect(await call('retry-record', { hubspotId: '404', salesforceId: null })).toMatchObject({
      error: { code: 'RECORD_NOT_FOUND' },
    });
    expect(await call('retry-record', { hubspotId: null, salesforceId: null })).toMatchObject({
      error: { code: 'INVALID_PARAMETERS' },
    });
  });
});
