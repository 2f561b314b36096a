import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX_QUEUE, SANDBOX_USERS } from '../../../src/sandbox/salesforce/stand-in.ts';
import { refusalOf, startSandbox, type Sandbox } from './fixture.ts';

describe('SOQL (salesforce-api §8)', () => {
  let sandbox: Sandbox;
  let ids: string[];

  beforeAll(async () => {
    sandbox = await startSandbox();
    const [account = ''] = sandbox.org.seed([{ object: 'Account', fields: { Name: 'Acme' } }]);
    const [campaign = ''] = sandbox.org.seed([{ object: 'Campaign', fields: { Name: 'Spring' } }]);
    ids = sandbox.org.seed([
      {
        object: 'Contact',
        fields: {
          LastName: "O'Hara",
          Email: 'Ann@Example.com',
          AccountId: account,
          OwnerId: SANDBOX_USERS.maya.id,
          Score__c: 10,
          Birthdate: '1980-05-01',
          Interests__c: 'Chess;Sailing',
          SystemModstamp: '2026-11-20T08:00:00Z',
        },
      },
      {
        object: 'Contact',
        fields: {
          LastName: 'Berg_1',
          Email: 'bo@example.com',
          Score__c: 2.5,
          HasOptedOutOfEmail: true,
          SystemModstamp: '2026-11-21T08:00:00Z',
        },
      },
      {
        object: 'Contact',
        fields: { LastName: 'Bergx1', Title: '100%', SystemModstamp: '2026-11-21T08:00:00Z' },
      },
      {
        object: 'Contact',
        fields: { LastName: 'Gone', IsDeleted: true, SystemModstamp: '2026-11-22T08:00:00Z' },
      },
    ]);
    sandbox.org.seed([
      { object: 'CampaignMember', fields: { CampaignId: campaign, ContactId: ids[0] ?? null } },
      {
        object: 'Lead',
        fields: { LastName: 'Queued', Company: 'C', OwnerId: SANDBOX_QUEUE.id },
      },
    ]);
  });
  afterAll(() => sandbox.close());

  const names = async (where: string): Promise<unknown[]> => {
    const result = await sandbox.connection.query(`SELECT LastName FROM Contact ${where}`);
    return result.records.map((record) => record.LastName as unknown);
  };

  it.each([
    ["WHERE Email = 'ann@example.com'", ["O'Hara"]],
    ["WHERE email IN ('ANN@EXAMPLE.COM', 'bo@example.com')", ["O'Hara", 'Berg_1']],
    ["WHERE Email NOT IN ('ann@example.com')", ['Berg_1', 'Bergx1']],
    ["WHERE Email != 'ann@example.com'", ['Berg_1', 'Bergx1']],
    ['WHERE Email = null', ['Bergx1']],
    ['WHERE Email != null', ["O'Hara", 'Berg_1']],
    ["WHERE LastName = 'O\\'Hara'", ["O'Hara"]],
    ["WHERE LastName LIKE 'berg%'", ['Berg_1', 'Bergx1']],
    ["WHERE LastName LIKE 'berg\\_1'", ['Berg_1']],
    ["WHERE LastName LIKE 'berg_1'", ['Berg_1', 'Bergx1']],
    ["WHERE Title LIKE '%\\%'", ['Bergx1']],
    ['WHERE HasOptedOutOfEmail = true', ['Berg_1']],
    ['WHERE Score__c > 2.5', ["O'Hara"]],
    ['WHERE Score__c >= 2.5 AND Score__c < 10', ['Berg_1']],
    ['WHERE Score__c <= 2.5', ['Berg_1']],
    ['WHERE Birthdate = 1980-05-01', ["O'Hara"]],
    ['WHERE Birthdate > 1980-05-01', []],
    ['WHERE SystemModstamp > 2026-11-20T09:00:00+01:00', ['Berg_1', 'Bergx1']],
    ['WHERE SystemModstamp >= 2026-11-20T08:00:00.000Z', ["O'Hara", 'Berg_1', 'Bergx1']],
    ['WHERE SystemModstamp > 2026-11-20T07:59:59.500Z', ["O'Hara", 'Berg_1', 'Bergx1']],
    ["WHERE NOT LastName LIKE 'Berg%'", ["O'Hara"]],
    ["WHERE NOT (LastName LIKE 'Berg%' AND Score__c != null) AND Score__c = null", ['Bergx1']],
    ["WHERE (Score__c = 10 OR Email = null) AND LastName != 'x'", ["O'Hara", 'Bergx1']],
    ["WHERE Interests__c INCLUDES ('Chess;Sailing', 'Music')", ["O'Hara"]],
    ["WHERE Account.Name = 'acme'", ["O'Hara"]],
    [`WHERE Owner.Email = '${SANDBOX_USERS.maya.email}' AND Account.Name != null`, ["O'Hara"]],
    ['ORDER BY Score__c', ['Bergx1', 'Berg_1', "O'Hara"]],
    ['ORDER BY Score__c DESC', ['Bergx1', "O'Hara", 'Berg_1']],
    ['ORDER BY Score__c DESC NULLS LAST', ["O'Hara", 'Berg_1', 'Bergx1']],
    ['ORDER BY SystemModstamp DESC, LastName DESC', ['Bergx1', 'Berg_1', "O'Hara"]],
    ['ORDER BY LastName LIMIT 1', ['Berg_1']],
    ['ORDER BY LastName LIMIT 1 OFFSET 2', ["O'Hara"]],
    ['WHERE IsDeleted = true', []],
  ])('SELECT LastName FROM Contact %s', async (where, expected) => {
    expect(await names(where)).toEqual(expected);
  });

  it('compares ids of 15 and 18 characters, telling case apart', async () => {
    const id = ids[1] ?? '';
    expect(await names(`WHERE Id = '${id.slice(0, 15)}'`)).toEqual(['Berg_1']);
    expect(await names(`WHERE Id IN ('${id}', '${ids[2] ?? ''}')`)).toEqual(['Berg_1', 'Bergx1']);
    expect(await names(`WHERE Id > '${id}' ORDER BY Id`)).toEqual(['Bergx1']);
  });

  it('keeps the keyset on (SystemModstamp, Id) (salesforce-api §3)', async () => {
    const where = `WHERE (SystemModstamp > 2026-11-21T08:00:00Z OR (SystemModstamp = 2026-11-21T08:00:00Z AND Id > '${ids[1] ?? ''}')) ORDER BY SystemModstamp, Id`;
    expect(await names(where)).toEqual(['Bergx1']);
  });

  it('reads parents, children and compound fields', async () => {
    const { records } = await sandbox.connection.query(
      `SELECT Id, Name, mailingaddress, Account.Name, Owner.Email, Account.Owner.Email, (SELECT CampaignId, Campaign.Name FROM CampaignMembers) FROM Contact WHERE Id = '${ids[0] ?? ''}'`,
    );
    expect(records[0]).toMatchObject({
      attributes: { type: 'Contact', url: `/services/data/v60.0/sobjects/Contact/${ids[0] ?? ''}` },
      Name: "O'Hara",
      MailingAddress: null,
      Account: { attributes: { type: 'Account' }, Name: 'Acme' },
      Owner: { attributes: { type: 'User' }, Email: SANDBOX_USERS.maya.email },
      CampaignMembers: { totalSize: 1, done: true, records: [{ Campaign: { Name: 'Spring' } }] },
    });
  });

  it("calls a lead's owner a Name, since it may be a queue", async () => {
    const { records } = await sandbox.connection.query(
      'SELECT Owner.Name, Owner.Email, (SELECT Id FROM CampaignMembers) FROM Lead',
    );
    expect(records[0]).toMatchObject({
      Owner: { attributes: { type: 'Name' }, Name: SANDBOX_QUEUE.name, Email: null },
      CampaignMembers: null,
    });
  });

  it('counts', async () => {
    expect(await sandbox.connection.query('SELECT COUNT() FROM Contact')).toMatchObject({
      totalSize: 3,
      done: true,
      records: [],
    });
  });

  it('shows deleted rows to queryAll only', async () => {
    const { records } = await sandbox.connection.query(
      'SELECT LastName, IsDeleted FROM Contact WHERE IsDeleted = true AND SystemModstamp >= 2026-11-01T00:00:00Z',
      { scanAll: true },
    );
    expect(records).toMatchObject([{ LastName: 'Gone', IsDeleted: true }]);
  });

  it('points at the column that does not exist', async () => {
    expect(await refusalOf(sandbox.connection.query('SELECT Foo FROM Lead'))).toEqual({
      errorCode: 'INVALID_FIELD',
      message:
        "\nSELECT Foo FROM Lead\n       ^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Lead'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
    });
  });

  it.each([
    ['SELECT Id FROM Lead WHERE', 'MALFORMED_QUERY', 'unexpected token'],
    ['SELECT Id, FROM Lead', 'MALFORMED_QUERY', 'unexpected token'],
    ['SELEC Id FROM Lead', 'MALFORMED_QUERY', "unexpected token: 'SELEC'"],
    ["SELECT Id FROM Lead WHERE City='a' AND State='b' OR Fax='c'", 'MALFORMED_QUERY', "'OR'"],
    ['SELECT Id, id FROM Lead', 'MALFORMED_QUERY', 'duplicate field selected'],
    ['SELECT Id FROM Leads', 'INVALID_TYPE', "sObject type 'Leads' is not supported"],
    ['SELECT Id FROM Lead WHERE Nope = null', 'INVALID_FIELD', "No such column 'Nope'"],
    ['SELECT Boss.Name FROM Lead', 'INVALID_FIELD', "Didn't understand relationship 'Boss'"],
    ['SELECT (SELECT Id FROM Foos) FROM Lead', 'INVALID_TYPE', "relationship 'Foos' in FROM part"],
    [
      "SELECT Id FROM Lead WHERE Id = 'abc'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid ID field: abc',
    ],
    [
      'SELECT Id FROM Lead WHERE LastName = 5',
      'INVALID_FIELD',
      "field 'LastName' must be of type string and should be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Lead WHERE CreatedDate > '2026-01-01'",
      'INVALID_FIELD',
      'must be of type dateTime and should not be enclosed in quotes',
    ],
    ["SELECT Id FROM Lead WHERE Description = 'x'", 'INVALID_FIELD', 'can not be filtered'],
  ])('refuses %s', async (soql, errorCode, sentence) => {
    const refusal = await refusalOf(sandbox.connection.query(soql));
    expect(refusal.errorCode).toBe(errorCode);
    expect(refusal.message).toContain(sentence);
  });

  it('answers 414 in HTML when the address is over 16 KB (salesforce-api §3)', () => {
    // In process: Node's own server refuses such a request before anybody sees it.
    const soql = `SELECT Id FROM Lead WHERE Id IN (${Array.from({ length: 900 }, () => `'${ids[0] ?? ''}'`).join()})`;
    const answer = sandbox.standIn.handle({
      method: 'GET',
      path: '/services/data/v60.0/query',
      query: new URLSearchParams({ q: soql }),
      headers: { authorization: `Bearer ${sandbox.connection.accessToken ?? ''}` },
      body: '',
    });
    expect(answer).toMatchObject({
      status: 414,
      body: '<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>',
    });
  });
});
