import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX_QUEUE, SANDBOX_USERS } from '../../../src/sandbox/salesforce/stand-in.ts';
import { BASE, startSandbox, type Sandbox } from './fixture.ts';

const LEAD = { LastName: 'Lovelace', Company: 'Engines', Email: 'ada@example.com' };

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const create = (fields: Record<string, unknown>, headers?: Record<string, string>) =>
  sandbox.call('POST', '/sobjects/Lead', fields, headers);
const collect = (fields: Record<string, unknown>, headers?: Record<string, string>) =>
  sandbox.call(
    'POST',
    '/composite/sobjects',
    { records: [{ attributes: { type: 'Lead' }, ...fields }] },
    headers,
  );

describe('A validation rule (salesforce-api §5)', () => {
  it('refuses a row with its message, at its field', async () => {
    sandbox.org.addValidationRule('Lead', {
      name: 'Title_needs_a_rating',
      message: 'Give a rating first.',
      field: 'Rating',
      fails: (row) => row.Title === 'CEO' && (row.Rating ?? null) === null,
    });
    expect((await create({ ...LEAD, Title: 'CEO' })).json).toEqual([
      {
        message: 'Give a rating first.',
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        fields: ['Rating'],
      },
    ]);
    expect((await create({ ...LEAD, Title: 'CEO', Rating: 'Hot' })).status).toBe(201);
  });

  it('sees the version before, until it is removed', async () => {
    const remove = sandbox.org.addValidationRule('Lead', {
      name: 'Company_stays',
      message: 'The company may not change.',
      fails: (row, before) => before !== null && row.Company !== before.Company,
    });
    const id = sandbox.org.insert('Lead', LEAD);
    const change = (Company: string) => sandbox.call('PATCH', `/sobjects/Lead/${id}`, { Company });
    expect((await change('Other')).json).toMatchObject([
      { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: [] },
    ]);
    remove();
    expect((await change('Other')).status).toBe(204);
  });
});

describe('A duplicate rule (salesforce-api §5)', () => {
  const sameEmail = (row: Readonly<Record<string, unknown>>, other: typeof row): boolean =>
    row.Email === other.Email;

  it('blocks, and names the records it found', async () => {
    const existing = sandbox.org.insert('Lead', LEAD);
    sandbox.org.addDuplicateRule('Lead', { action: 'block', matches: sameEmail });
    const headers = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
    const found = {
      allowSave: false,
      duplicateRuleEntityType: 'Lead',
      matchResults: [{ entityType: 'Lead', matchRecords: [{ record: { Id: existing } }] }],
    };
    expect((await create(LEAD, headers)).json).toMatchObject([
      { errorCode: 'DUPLICATES_DETECTED', duplicateResut: found },
    ]);
    expect((await collect(LEAD, headers)).json).toMatchObject([
      { errors: [{ statusCode: 'DUPLICATES_DETECTED', fields: [], duplicateResult: found }] },
    ]);
    expect(sandbox.org.all('Lead')).toHaveLength(1);
  });

  it('that only warns lets through who says allowSave', async () => {
    sandbox.org.insert('Lead', LEAD);
    sandbox.org.addDuplicateRule('Lead', { action: 'alert', matches: sameEmail });
    expect((await create(LEAD)).json).toMatchObject([
      { errorCode: 'DUPLICATES_DETECTED', duplicateResut: { allowSave: true } },
    ]);
    const saved = await create(LEAD, { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' });
    expect(saved.status).toBe(201);
  });

  it('finds neither the row itself nor deleted ones, but other objects’ if it is about them', async () => {
    const own = sandbox.org.insert('Lead', LEAD);
    const deleted = sandbox.org.insert('Lead', LEAD);
    sandbox.org.remove('Lead', deleted);
    sandbox.org.addDuplicateRule('Lead', { action: 'block', matches: sameEmail });
    const touch = () => sandbox.call('PATCH', `/sobjects/Lead/${own}`, { Title: 'x' });
    expect((await touch()).status).toBe(204);
    sandbox.org.addDuplicateRule('Lead', {
      action: 'block',
      matches: sameEmail,
      against: 'Contact',
    });
    expect((await touch()).status).toBe(204);
    sandbox.org.insert('Contact', { LastName: 'A', Email: LEAD.Email });
    expect((await touch()).json).toMatchObject([{ errorCode: 'DUPLICATES_DETECTED' }]);
  });
});

describe('A trigger', () => {
  it('rewrites values on their way in, seen by validation rules (order of execution)', async () => {
    sandbox.org.addTrigger('Lead', (row) => ({ Phone: String(row.Phone).replaceAll(' ', '') }));
    const seen: unknown[] = [];
    sandbox.org.addValidationRule('Lead', {
      name: 'Looks',
      message: '',
      fails: (row) => {
        seen.push(row.Phone);
        return false;
      },
    });
    await create({ ...LEAD, Phone: '030 123 45' });
    expect(sandbox.org.all('Lead')).toMatchObject([{ Phone: '03012345' }]);
    expect(seen).toEqual(['03012345']);
  });

  it('may fill a required field, and blank one, which is refused', async () => {
    sandbox.org.addTrigger('Lead', (_, before) =>
      before === null ? { Company: 'Unknown' } : { Company: null },
    );
    const { json } = await create({ LastName: 'A' });
    const { id } = json as { id: string };
    expect(sandbox.org.get('Lead', id)).toMatchObject({ Company: 'Unknown' });
    const refused = await sandbox.call('PATCH', `/sobjects/Lead/${id}`, { Title: 'x' });
    expect(refused.json).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING' }]);
  });

  it('that throws refuses the row (salesforce-api §5)', async () => {
    const remove = sandbox.org.addTrigger('Lead', () => {
      throw new Error('no such territory');
    });
    expect((await create(LEAD)).json).toMatchObject([
      {
        errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
        message: expect.stringMatching(/BeforeInsert[^]*no such territory/) as string,
        fields: [],
      },
    ]);
    remove();
    expect((await create(LEAD)).status).toBe(201);
  });
});

describe('The lead assignment rule (salesforce-api §4: Sforce-Auto-Assign)', () => {
  const { jonas, priya, integration } = SANDBOX_USERS;
  const ownerAfter = async (
    fields: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<unknown> => {
    const { json } = await create({ ...LEAD, ...fields }, headers);
    return sandbox.org.get('Lead', (json as { id: string }).id)?.OwnerId;
  };

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['runs when nothing is said', {}, {}, SANDBOX_QUEUE.id],
    ['runs over an owner that is given', { OwnerId: jonas.id }, {}, SANDBOX_QUEUE.id],
    ['runs when asked for', {}, { 'Sforce-Auto-Assign': 'TRUE' }, SANDBOX_QUEUE.id],
    ['stays out when told to', {}, { 'Sforce-Auto-Assign': 'FALSE' }, integration.id],
    ['keeps a given owner', { OwnerId: jonas.id }, { 'Sforce-Auto-Assign': 'false' }, jonas.id],
    ['leaves leads alone that it says nothing of', { Company: 'Other' }, {}, integration.id],
  ])('%s', async (_, fields, headers, owner) => {
    sandbox.org.setAssignmentRule(({ Company }) =>
      Company === 'Engines' ? SANDBOX_QUEUE.id : null,
    );
    expect(await ownerAfter(fields, headers)).toBe(owner);
  });

  it('runs on updates too, until there is none', async () => {
    const id = sandbox.org.insert('Lead', LEAD);
    const touch = (headers?: Record<string, string>) =>
      sandbox.call('PATCH', `/sobjects/Lead/${id}`, { Title: 'x' }, headers);
    sandbox.org.setAssignmentRule(() => priya.id);
    await touch({ 'Sforce-Auto-Assign': 'FALSE' });
    expect(sandbox.org.get('Lead', id)?.OwnerId).toBe(SANDBOX_USERS.maya.id);
    await touch();
    expect(sandbox.org.get('Lead', id)?.OwnerId).toBe(priya.id);
    sandbox.org.setAssignmentRule(null);
    expect(await ownerAfter({})).toBe(integration.id);
  });

  it.each([
    ['the call around it has the header', { 'Sforce-Auto-Assign': 'FALSE' }, {}, SANDBOX_QUEUE.id],
    ['it has the header itself', {}, { 'Sforce-Auto-Assign': 'FALSE' }, integration.id],
  ])('for a subrequest of a composite when %s', async (_, outer, httpHeaders, owner) => {
    sandbox.org.setAssignmentRule(() => SANDBOX_QUEUE.id);
    const subrequest = {
      method: 'POST',
      url: `${BASE}/sobjects/Lead`,
      referenceId: 'lead',
      httpHeaders,
      body: LEAD,
    };
    await sandbox.call('POST', '/composite', { compositeRequest: [subrequest] }, outer);
    expect(sandbox.org.all('Lead')).toMatchObject([{ OwnerId: owner }]);
  });
});
