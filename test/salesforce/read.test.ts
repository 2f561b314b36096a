import { describe, expect, it } from 'vitest';
import { FIELDS, rejectionOf, seedContacts, seedLeads, startSignedIn } from './fixture.ts';

const nothing = { Lead: [], Contact: [] };

describe('Reading by id', () => {
  it('takes 2,000 leads and 2,000 contacts in one call (salesforce-api §3)', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const ids = { Lead: seedLeads(org, 2_000), Contact: seedContacts(org, 2_000) };
    const records = await salesforce.records.read({ ids, emails: [] }, FIELDS);
    expect(records).toHaveLength(4_000);
    expect(standIn.calls.total).toBe(1);
    expect(standIn.apiUsage.used).toBe(1);
  });

  it('leaves out deleted, unknown, foreign and malformed ids, and takes 15 characters', async () => {
    const { salesforce, org } = await startSignedIn();
    const [kept = '', deleted = ''] = seedLeads(org, 2);
    const [contact = ''] = seedContacts(org, 1);
    org.remove('Lead', deleted);
    const ids = {
      Lead: [kept.slice(0, 15), kept, deleted, contact, '00Q000000000999', 'nonsense', ''],
      Contact: [],
    };
    const records = await salesforce.records.read({ ids, emails: [] }, FIELDS);
    expect(records.map(({ id }) => id)).toEqual([kept]);
  });

  it('tells versions in ISO, and what a converted lead became', async () => {
    const { salesforce, org } = await startSignedIn();
    const [contactId = ''] = seedContacts(org, 1);
    const [leadId = ''] = seedLeads(org, 1, () => ({
      IsConverted: true,
      ConvertedContactId: contactId,
      CreatedDate: '2026-01-02T03:04:05.000Z',
      SystemModstamp: '2026-02-03T04:05:06.000Z',
    }));
    const [record] = await salesforce.records.read(
      { ids: { Lead: [leadId], Contact: [] }, emails: [] },
      FIELDS,
    );
    expect(record).toMatchObject({
      object: 'Lead',
      id: leadId,
      createdAt: '2026-01-02T03:04:05.000Z',
      modifiedAt: '2026-02-03T04:05:06.000Z',
      isDeleted: false,
      isConverted: true,
      convertedContactId: contactId,
    });
    expect(record?.fields).toMatchObject({
      LastName: 'Lead 0',
      Email: 'lead0@example.com',
      Company: 'Acme',
    });
  });
});

describe('Reading by e-mail', () => {
  it('looks 800 e-mails up among leads and contacts in one call (salesforce-api §7)', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    seedLeads(org, 800);
    const emails = Array.from({ length: 800 }, (_, index) => `lead${index}@example.com`);
    const records = await salesforce.records.read({ ids: nothing, emails }, FIELDS);
    expect(records).toHaveLength(800);
    expect(standIn.calls.total).toBe(1);
  });

  it('keeps addresses below what Salesforce takes, however long the e-mails are', async () => {
    const { salesforce, standIn, org } = await startSignedIn();
    const emails = Array.from(
      { length: 400 },
      (_, index) => `${'x'.repeat(40)}${index}@${'y'.repeat(25)}.example.com`,
    );
    seedLeads(org, 400, (index) => ({ Email: emails[index] ?? '' }));
    const records = await salesforce.records.read({ ids: nothing, emails }, FIELDS);
    expect(records).toHaveLength(400);
    expect(standIn.calls.total).toBeLessThanOrEqual(2);
  });

  it('finds every record that holds one, whatever its case, each once', async () => {
    const { salesforce, org } = await startSignedIn();
    const leads = seedLeads(org, 2, () => ({ Email: 'ada@example.com' }));
    const contacts = org.seed([
      { object: 'Contact', fields: { LastName: 'Ada', Email: 'ada@example.com' } },
    ]);
    const records = await salesforce.records.read(
      {
        ids: { Lead: leads, Contact: [] },
        emails: ['Ada@Example.com', 'ada@example.com', 'nobody@example.com', ''],
      },
      FIELDS,
    );
    expect(records.map(({ id }) => id).sort()).toEqual([...leads, ...contacts].sort());
  });

  it('includes converted leads and leaves out deleted rows', async () => {
    const { salesforce, org } = await startSignedIn();
    const [converted = '', deleted = ''] = seedLeads(org, 2, (index) => ({
      Email: 'ada@example.com',
      IsConverted: index === 0,
    }));
    org.remove('Lead', deleted);
    const records = await salesforce.records.read(
      { ids: nothing, emails: ['ada@example.com'] },
      FIELDS,
    );
    expect(records.map(({ id, isConverted }) => [id, isConverted])).toEqual([[converted, true]]);
  });

  it.each([
    "o'brien@example.com",
    'back\\slash@example.com',
    'quo"te@example.com',
    'a+b&c=d%20#e@example.com',
    'müller@exämple.de',
    "') OR Name != ('",
  ])('finds exactly %s', async (email) => {
    const { salesforce, org } = await startSignedIn();
    seedLeads(org, 3);
    const [id] = seedLeads(org, 1, () => ({ Email: email }));
    const records = await salesforce.records.read({ ids: nothing, emails: [email] }, FIELDS);
    expect(records.map((record) => record.id)).toEqual([id]);
  });

  it('reads on when more rows hold an e-mail than fit on a page', async () => {
    const { salesforce, org } = await startSignedIn();
    seedLeads(org, 2_100, () => ({ Email: 'shared@example.com' }));
    const records = await salesforce.records.read(
      { ids: nothing, emails: ['shared@example.com'] },
      FIELDS,
    );
    expect(records).toHaveLength(2_100);
  });
});

it('Reading nothing calls nobody', async () => {
  const { salesforce, standIn } = await startSignedIn();
  await expect(salesforce.records.read({ ids: nothing, emails: [] }, FIELDS)).resolves.toEqual([]);
  expect(standIn.calls.total).toBe(0);
});

it('Reading a field that is gone is refused with Salesforce’s own code', async () => {
  const { salesforce, org } = await startSignedIn();
  const ids = { Lead: seedLeads(org, 1), Contact: seedContacts(org, 1) };
  const fields = { ...FIELDS, Lead: ['LastName', 'Gone__c'] };
  expect(await rejectionOf(salesforce.records.read({ ids, emails: [] }, fields))).toMatchObject({
    name: 'CallRejected',
    code: 'INVALID_FIELD',
  });
});

describe('A person account (salesforce-api §6)', () => {
  it('is told from other contacts, by id, by e-mail and walking through all', async () => {
    const { salesforce, standIn, org } = await startSignedIn({ personAccounts: true });
    const { contactId } = org.insertPerson({ LastName: 'Ada', Email: 'ada@example.com' });
    const [other = ''] = seedContacts(org, 1);
    const ids = { Lead: [], Contact: [contactId, other] };
    const byId = await salesforce.records.read({ ids, emails: [] }, FIELDS);
    const wanted = { ids: nothing, emails: ['ada@example.com'] };
    const byEmail = await salesforce.records.read(wanted, FIELDS);
    const { records: all } = await salesforce.records.list('Contact', null, FIELDS.Contact);
    const persons = [byId, byEmail, all].map((records) =>
      records.map(({ id, fields }) => [id, fields.IsPersonAccount]),
    );
    expect(persons).toEqual([
      [
        [contactId, true],
        [other, false],
      ],
      [[contactId, true]],
      [
        [contactId, true],
        [other, false],
      ],
    ]);
    expect(standIn.calls.total).toBe(3);
  });

  it('is nothing to ask for where there are none', async () => {
    const { salesforce, org } = await startSignedIn();
    const ids = { Lead: [], Contact: seedContacts(org, 1) };
    const [record] = await salesforce.records.read({ ids, emails: [] }, FIELDS);
    expect(record?.fields).not.toHaveProperty('IsPersonAccount');
  });
});
